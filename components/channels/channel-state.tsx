import { Badge, type Tone } from "@/components/ui/badge";
import type { ChannelRow } from "@/lib/inbox/types";

const STATES: Record<ChannelRow["state"], { tone: Tone; words: string }> = {
  connecting: { tone: "neutral", words: "Connecting" },
  healthy: { tone: "good", words: "Connected" },
  broken: { tone: "bad", words: "Needs attention" },
  disconnected: { tone: "neutral", words: "Not connected" },
};

/** Connected, and yet something is to be mended: messages may not arrive, or late replies are refused. */
const FAULTY: (typeof STATES)["healthy"] = { tone: "warn", words: "Needs attention" };

export function ChannelState({ state, problem }: Pick<ChannelRow, "state" | "problem">) {
  const { tone, words } = state === "healthy" && problem ? FAULTY : STATES[state];
  return <Badge tone={tone}>{words}</Badge>;
}
