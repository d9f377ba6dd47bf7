import type { Emulator } from "../emulator";
import { addMessage, deliverMessage } from "../messages/add-message";
import type { Business, LedgerEntry, Message, Page, Thread } from "../world/types";
import type { Access, GraphCall } from "./graph-call";
import { GraphError } from "./graph-error";
import { checkSender, checkWindow, findRecipient } from "./send-checks";
import { readContent } from "./send-content";
import { isSenderAction, senderAction } from "./sender-action";

export interface Accepted {
  answer: Record<string, unknown>;
  /** Sends the echo, if the switch says so; resolves once it was attempted. */
  echo: () => Promise<void>;
}

/** `POST /{page-id}/messages`: checks as Meta does, writes the ledger, and leaves the echo to the caller. */
export async function sendMessage(call: GraphCall, access: Access, page: Page): Promise<Accepted> {
  const business = checkSender(call, access, page);
  const recipient = call.object("recipient");
  const thread = findRecipient(call, business, recipient);
  if (isSenderAction(call)) return senderAction(call, access, page, business, thread);

  const tag = checkWindow(call, access, thread);
  const content = await readContent(call, thread);
  const message = addMessage(call.emulator, thread, {
    from: "business",
    via: "api",
    at: call.emulator.now(),
    appId: access.app.id,
    tag,
    text: content.text,
    attachments: content.attachments,
    replyTo: content.replyTo,
  });
  record(call, access, page, business, thread, { kind: content.kind, text: content.text, tag, mid: message.mid });
  return {
    answer: { recipient_id: thread.igsid, message_id: message.mid },
    echo: () => deliverMessage(call.emulator, thread, message).attempted,
  };
}

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

/** The message that a reply or a reaction names; it has to belong to the same thread. */
export function messageInThread(emulator: Emulator, thread: Thread, mid: string): Message {
  const found = emulator.index.messages.get(mid);
  if (!found || found.thread !== thread || found.message.unsent) {
    throw new GraphError(100, "(#100) Invalid message data: the message does not exist in this conversation.", {
      subcode: 2534015,
    });
  }
  return found.message;
}
