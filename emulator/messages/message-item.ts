import { findStory, mediaUrl } from "../cdn/media-url";
import type { Emulator } from "../emulator";
import type { Attachment, Message, Side, Thread } from "../world/types";

/** The sender, recipient and time members every webhook item starts with. */
export function itemHead(thread: Thread, from: Side, timestamp: number) {
  const customer = { id: thread.igsid };
  const business = { id: thread.igId };
  return from === "customer"
    ? { sender: customer, recipient: business, timestamp }
    : { sender: business, recipient: customer, timestamp };
}

/** A message as a webhook item; absent members are left out. */
export function messageItem(emulator: Emulator, thread: Thread, message: Message): Record<string, unknown> {
  if (message.postback) return postbackItem(thread, message, message.postback);
  const body: Record<string, unknown> = { mid: message.mid };
  if (message.from === "business") body.is_echo = true;
  if (message.text !== null) body.text = message.text;
  if (message.unsupported) body.is_unsupported = true;
  const attachments = message.attachments.map((one) => attachmentItem(emulator, one));
  if (message.story?.relation === "mention") {
    attachments.push({ type: "story_mention", payload: { url: storyUrl(emulator, message.story.storyId) ?? "" } });
  }
  if (attachments.length > 0) body.attachments = attachments;
  if (message.quickReply !== null) body.quick_reply = { payload: message.quickReply };
  if (message.story?.relation === "reply") {
    body.reply_to = { story: { id: message.story.storyId, url: storyUrl(emulator, message.story.storyId) ?? "" } };
  } else if (message.replyTo !== null) body.reply_to = { mid: message.replyTo };
  if (message.referral) body.referral = message.referral;
  return { ...itemHead(thread, message.from, message.at), message: body };
}

/** Ice breakers come without a message id. */
function postbackItem(
  thread: Thread,
  message: Message,
  { title, payload, iceBreaker }: NonNullable<Message["postback"]>,
) {
  const postback = iceBreaker ? { title, payload } : { mid: message.mid, title, payload };
  return { ...itemHead(thread, message.from, message.at), postback };
}

export function attachmentItem(emulator: Emulator, attachment: Attachment): Record<string, unknown> {
  const payload: Record<string, unknown> = { ...attachment.payload };
  if (attachment.title !== undefined) payload.title = attachment.title;
  if (attachment.mediaId !== null) payload[attachment.urlMember ?? "url"] = mediaUrl(emulator, attachment.mediaId);
  return Object.keys(payload).length > 0 ? { type: attachment.type, payload } : { type: attachment.type };
}

/** The CDN address of a story's medium, whether it still lives or not; null for an unknown story. */
export function storyUrl(emulator: Emulator, storyId: string): string | null {
  const found = findStory(emulator, storyId);
  return found ? mediaUrl(emulator, found.story.mediaId) : null;
}
