import type { Emulator } from "../emulator";
import { Refusal } from "../http";
import type { Input } from "../input";
import type { Fault } from "./faults";

/** One fault for so many calls (one, unless told), or with `times: null` or a time for all until it ends. */
export function addFault(emulator: Emulator, input: Input) {
  const until = endOf(emulator, input);
  const endless = input.raw.times === null || (until !== null && !input.has("times"));
  emulator.faults.add({
    ...describe(emulator, input),
    path: input.textOr("path"),
    times: endless ? null : input.number("times", 1),
    until,
    storm: false,
  });
  return { waiting: emulator.faults.list().length };
}

/** Trouble for every Send call of one account that stays until it is ended or its time has passed. */
export function startStorm(emulator: Emulator, input: Input) {
  const storm = describe(emulator, input);
  if (storm.igId === null) throw new Refusal(400, `"account" has to name an account.`);
  emulator.faults.add({
    ...storm,
    path: input.raw.path === null ? null : (input.textOr("path") ?? "send"),
    times: null,
    until: endOf(emulator, input),
    storm: true,
  });
  return storms(emulator);
}

export function storms(emulator: Emulator) {
  return { storms: emulator.faults.list().filter((fault) => fault.storm) };
}

function describe(emulator: Emulator, input: Input): Omit<Fault, "path" | "times" | "until" | "storm"> {
  const kind = input.oneOf("kind", ["error", "close", "hang", "html", "delay", "ignore"]);
  return {
    kind,
    method: input.textOr("method"),
    recipient: input.textOr("recipient"),
    igId: accountOf(emulator, input.textOr("account")),
    accept: input.flag("accept", false),
    status: input.number("status", kind === "html" ? 502 : 400),
    code: input.number("code", 2),
    subcode: input.has("subcode") ? input.number("subcode", 0) : null,
    message: input.textOr("message") ?? "An unexpected error has occurred. Please retry your request later.",
    transient: input.has("transient") ? input.flag("transient", false) : null,
    regainMinutes: input.number("regainMinutes", 0),
    ms: input.number("ms", 1000),
  };
}

/** An account by its id, its username or its Page's id. */
export function accountOf(emulator: Emulator, name: string | null): string | null {
  if (name === null) return null;
  for (const business of emulator.world.businesses) {
    if (business.igId === name || business.username === name) return business.igId;
  }
  const igId = emulator.index.pages.get(name)?.igId;
  if (!igId) throw new Refusal(404, `There is no account "${name}".`);
  return igId;
}

function endOf(emulator: Emulator, input: Input): number | null {
  if (input.has("forMs")) return emulator.now() + input.number("forMs", 0);
  return input.has("until") ? input.number("until", 0) : null;
}
