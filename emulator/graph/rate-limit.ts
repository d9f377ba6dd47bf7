import type { GraphCall } from "./graph-call";
import { GraphError } from "./graph-error";

const calls = new WeakMap<object, Map<string, number[]>>();

/** The Conversations API's calls a second and account, when the switch is on. Counted in real time. */
export function limitRate(call: GraphCall, igId: string): void {
  const { conversationsPerSecond } = call.emulator.switches;
  if (conversationsPerSecond <= 0) return;
  const ofEmulator = calls.get(call.emulator) ?? new Map<string, number[]>();
  calls.set(call.emulator, ofEmulator);
  const now = Date.now();
  const recent = (ofEmulator.get(igId) ?? []).filter((at) => now - at < 1000);
  if (recent.length >= conversationsPerSecond) {
    throw new GraphError(613, "(#613) Calls to this api have exceeded the rate limit.", {
      subcode: 2534040,
      transient: true,
    });
  }
  ofEmulator.set(igId, [...recent, now]);
}
