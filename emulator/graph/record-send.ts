import type { Business, LedgerEntry, Page, Thread } from "../world/types";
import type { Access, GraphCall } from "./graph-call";

export interface Accepted {
  answer: Record<string, unknown>;
  /** Sends the echo, if the switch says so; resolves once it was attempted. */
  echo: () => Promise<void>;
}

/** Writes an accepted send into the ledger. */
export function record(
  call: GraphCall,
  access: Access,
  page: Page,
  business: Business,
  thread: Thread,
  sent: Pick<LedgerEntry, "kind" | "text" | "tag" | "mid">,
): void {
  const { world } = call.emulator;
  world.ledger.push({
    n: (world.ledger.at(-1)?.n ?? 0) + 1,
    at: call.emulator.now(),
    appId: access.app.id,
    pageId: page.id,
    igId: business.igId,
    recipient: thread.igsid,
    customerId: thread.customerId,
    messagingType: call.text("messaging_type"),
    raw: call.raw(),
    ...sent,
  });
  call.emulator.changed();
}
