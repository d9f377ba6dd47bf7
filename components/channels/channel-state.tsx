import { Badge, type Tone } from "@/components/ui/badge";
import type { ChannelRow } from "@/lib/inbox/types";

const STATES: Record<ChannelRow["state"], { tone: Tone; words: string }> = {
  connecting: { tone: "neutral", words: "Connecting" },
  healthy: { tone: "good", words: "Connected" },
  broken: { tone: "bad", words: "Needs attention" },
  disconnected: { tone: "neutral", words: "Not connected" },
};

export function ChannelState({ state }: { state: ChannelRow["state"] }) {
  const { tone, words } = STATES[state];
  return <Badge tone={tone}>{words}</Badge>;
}
