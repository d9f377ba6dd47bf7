import type { Emulator } from "../emulator";
import type { Thread } from "../world/types";

const HOUR_MS = 60 * 60 * 1000;
const STANDARD_WINDOW_MS = 24 * HOUR_MS;
const HUMAN_AGENT_WINDOW_MS = 7 * 24 * HOUR_MS;

/** What the business may send now, counted from the customer's last message. */
export function messagingWindow(emulator: Emulator, thread: Thread): "open" | "human_agent" | "closed" {
  if (thread.lastCustomerAt === null) return "closed";
  const since = emulator.now() - thread.lastCustomerAt;
  if (since < STANDARD_WINDOW_MS) return "open";
  return since < HUMAN_AGENT_WINDOW_MS ? "human_agent" : "closed";
}
