import { addMessage, deliverMessage } from "../messages/add-message";
import type { Page } from "../world/types";
import type { Access, GraphCall } from "./graph-call";
import type { Accepted } from "./record-send";
import { record } from "./record-send";
import { checkSender, checkWindow, findRecipient, requireReachable } from "./send-checks";
import { readContent } from "./send-content";
import { isSenderAction, senderAction } from "./sender-action";

/** `POST /{page-id}/messages`: checks as Meta does, writes the ledger, and leaves the echo to the caller. */
export async function sendMessage(call: GraphCall, access: Access, page: Page): Promise<Accepted> {
  const business = checkSender(call, access, page);
  const recipient = call.object("recipient");
  const thread = findRecipient(call, business, recipient);
  requireReachable(access, business, thread);
  if (isSenderAction(call)) return senderAction(call, access, page, business, thread);

  const tag = checkWindow(call, access, thread);
  const content = await readContent(call, business, thread);
  const message = addMessage(call.emulator, thread, {
    from: "business",
    via: "api",
    at: call.emulator.now(),
    appId: access.app.id,
    tag,
    text: content.text,
    attachments: content.attachments,
    quickReplies: content.quickReplies,
    replyTo: content.replyTo,
  });
  record(call, access, page, business, thread, { kind: content.kind, text: content.text, tag, mid: message.mid });
  return {
    answer: { recipient_id: thread.igsid, message_id: message.mid },
    echo: () => deliverMessage(call.emulator, thread, message).attempted,
  };
}
