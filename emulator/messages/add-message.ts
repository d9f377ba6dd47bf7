import type { Emulator } from "../emulator";
import { messageId } from "../ids";
import { type Published, publish } from "../webhooks/publish";
import type { Attachment, Message, QuickReply, Side, Thread } from "../world/types";
import { messageItem } from "./message-item";

export interface NewMessage {
  from: Side;
  at: number;
  via?: "phone" | "api";
  appId?: string | null;
  tag?: string | null;
  text?: string | null;
  attachments?: Attachment[];
  story?: Message["story"];
  replyTo?: string | null;
  quickReply?: string | null;
  quickReplies?: QuickReply[];
  postback?: Message["postback"];
  referral?: Message["referral"];
  unsupported?: boolean;
}

/** Puts a message into a thread by its time. No webhook is sent: see `deliverMessage`. */
export function addMessage(emulator: Emulator, thread: Thread, given: NewMessage): Message {
  const message: Message = {
    mid: messageId(thread.igId, thread.key, given.at),
    at: given.at,
    from: given.from,
    via: given.via ?? "phone",
    appId: given.appId ?? null,
    tag: given.tag ?? null,
    text: given.text ?? null,
    attachments: given.attachments ?? [],
    story: given.story ?? null,
    replyTo: given.replyTo ?? null,
    quickReply: given.quickReply ?? null,
    ...(given.quickReplies ? { quickReplies: given.quickReplies } : {}),
    ...(given.postback ? { postback: given.postback } : {}),
    ...(given.referral ? { referral: given.referral } : {}),
    reactions: [],
    unsupported: given.unsupported ?? false,
    unsent: false,
    edits: 0,
    notDelivered: null,
  };
  insertByTime(thread.messages, message);
  emulator.index.messages.set(message.mid, { thread, message });
  thread.updatedAt = Math.max(thread.updatedAt, message.at);
  if (message.from === "customer") {
    thread.lastCustomerAt = Math.max(thread.lastCustomerAt ?? 0, message.at);
  } else {
    thread.seenByBusinessAt = Math.max(thread.seenByBusinessAt ?? 0, message.at);
    thread.typingUntil = 0;
  }
  emulator.stream.threadChanged(thread);
  emulator.changed();
  return message;
}

/** Sends the webhook of a message: `message` or `postback` from a customer, an echo from the business. */
export function deliverMessage(emulator: Emulator, thread: Thread, message: Message): Published {
  const field = message.postback ? "messaging_postbacks" : "messages";
  const published = publish(emulator, thread.igId, thread.key, field, messageItem(emulator, thread, message));
  message.notDelivered = published.reason ?? null;
  emulator.stream.threadChanged(thread);
  return published;
}

function insertByTime(messages: Message[], message: Message): void {
  let at = messages.length;
  while (at > 0 && (messages[at - 1]?.at ?? 0) > message.at) at--;
  messages.splice(at, 0, message);
}
