import type { GraphCall } from "./graph-call";
import { GraphError } from "./graph-error";

/** The Conversations API's calls a second and account, when the switch is on. Counted in real time. */
export function limitRate(call: GraphCall, igId: string): void {
  const { switches, conversationCalls } = call.emulator;
  const { conversationsPerSecond } = switches;
  if (conversationsPerSecond <= 0) return;
  const now = Date.now();
  const recent = (conversationCalls.get(igId) ?? []).filter((at) => now - at < 1000);
  call.usedPercent = Math.min(100, Math.round(((recent.length + 1) / conversationsPerSecond) * 100));
  if (recent.length >= conversationsPerSecond) {
    throw new GraphError(613, "(#613) Calls to this api have exceeded the rate limit.", {
      subcode: 2534040,
      transient: true,
    });
  }
  conversationCalls.set(igId, [...recent, now]);
}
