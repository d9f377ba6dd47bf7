import type { Emulator } from "../emulator";
import type { Input } from "../input";

export function addFault(emulator: Emulator, input: Input) {
  const kind = input.oneOf("kind", ["error", "close", "hang", "html", "delay"]);
  emulator.faults.add({
    kind,
    path: input.textOr("path"),
    method: input.textOr("method"),
    recipient: input.textOr("recipient"),
    times: input.number("times", 1),
    accept: input.flag("accept", false),
    status: input.number("status", kind === "html" ? 502 : 400),
    code: input.number("code", 2),
    subcode: input.has("subcode") ? input.number("subcode", 0) : null,
    message: input.textOr("message") ?? "An unexpected error has occurred. Please retry your request later.",
    ms: input.number("ms", 1000),
  });
  return { waiting: emulator.faults.list().length };
}
