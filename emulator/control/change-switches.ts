import type { Emulator } from "../emulator";
import { Refusal } from "../http";
import type { Input } from "../input";
import type { MediaKind } from "../world/types";

const KINDS: MediaKind[] = ["avatar", "story", "image", "video", "audio", "file", "share"];

export function changeSwitches(emulator: Emulator, input: Input) {
  const { switches } = emulator;
  switches.echo = input.oneOf("echo", ["normal", "before", "never", "delayed"], switches.echo);
  switches.echoDelayMs = input.number("echoDelayMs", switches.echoDelayMs);
  switches.conversationsPerSecond = input.number("conversationsPerSecond", switches.conversationsPerSecond);
  switches.serverMayFetch = (input.texts("serverMayFetch") ?? switches.serverMayFetch).map((name) => {
    const kind = KINDS.find((one) => one === name);
    if (!kind) throw new Refusal(400, `"serverMayFetch" takes: ${KINDS.join(", ")}.`);
    return kind;
  });
  if (input.has("poisonedThread")) switches.poisonedThread = input.textOr("poisonedThread");
  return switches;
}
