import type { Emulator } from "../emulator";
import { Refusal } from "../http";
import type { Input } from "../input";
import { itemHead } from "../messages/message-item";
import { type Published, publish } from "../webhooks/publish";
import type { Thread } from "../world/types";
import { theMessage, theThread } from "./find";
import { deliveryOf, VIEW_MESSAGES } from "./say";
import { threadView } from "./views";

/** Instagram lets a message be changed so often. */
const MAX_EDITS = 5;
const REACTION_NAMES: Record<string, string> = {
  "❤": "love",
  "😂": "smile",
  "😮": "wow",
  "😢": "sad",
  "😡": "angry",
  "👍": "like",
  "👎": "dislike",
};

/** Somebody opened the thread. The customer's look is a `read` with the business's newest message. */
export function seen(emulator: Emulator, input: Input) {
  const thread = theThread(emulator, input);
  const now = emulator.now();
  if (input.oneOf("by", ["customer", "business"]) === "business") {
    thread.seenByBusinessAt = now;
    return answer(emulator, thread, { sent: false, reason: "Instagram tells apps nothing when the business reads." });
  }
  const newest = thread.messages.findLast((message) => message.from === "business" && !message.unsent);
  const news = newest !== undefined && newest.at > (thread.seenByCustomerAt ?? 0);
  thread.seenByCustomerAt = now;
  if (!newest || !news) return answer(emulator, thread, { sent: false, reason: "There was nothing new to see." });
  const item = { ...itemHead(thread, "customer", now), read: { mid: newest.mid } };
  return answer(emulator, thread, publish(emulator, thread.igId, thread.key, "messaging_seen", item));
}

/** Whoever wrote a message takes it back: text and media are forgotten here too. */
export function unsend(emulator: Emulator, input: Input) {
  const { thread, message } = theMessage(emulator, input);
  message.unsent = true;
  message.text = null;
  message.attachments = [];
  message.story = null;
  message.reactions = [];
  message.quickReply = null;
  delete message.quickReplies;
  delete message.postback;
  delete message.referral;
  const flags = message.from === "business" ? { is_echo: true, is_deleted: true } : { is_deleted: true };
  const item = { ...itemHead(thread, message.from, emulator.now()), message: { mid: message.mid, ...flags } };
  return answer(emulator, thread, publish(emulator, thread.igId, thread.key, "messages", item));
}

/** A new text; with `empty: true` the event that an app without proper access gets instead: number 0 and no text. */
export function edit(emulator: Emulator, input: Input) {
  const { thread, message } = theMessage(emulator, input);
  if (input.flag("empty", false)) {
    const empty = {
      ...itemHead(thread, message.from, emulator.now()),
      message_edit: { mid: message.mid, num_edit: 0 },
    };
    return answer(emulator, thread, publish(emulator, thread.igId, thread.key, "message_edit", empty));
  }
  if (message.text === null || message.postback) throw new Refusal(409, "Only a text can be changed.");
  if (message.edits >= MAX_EDITS) throw new Refusal(409, `A message can be changed ${MAX_EDITS} times.`);
  message.text = input.text("text");
  message.edits++;
  const item = {
    ...itemHead(thread, message.from, emulator.now()),
    message_edit: { mid: message.mid, text: message.text, num_edit: String(message.edits) },
  };
  return answer(emulator, thread, publish(emulator, thread.igId, thread.key, "message_edit", item));
}

/** One reaction a person and message; the business's own reaction tells apps nothing. */
export function react(emulator: Emulator, input: Input) {
  const { thread, message } = theMessage(emulator, input);
  const by = input.oneOf("by", ["customer", "business"], "customer");
  const emoji = input.textOr("emoji");
  message.reactions = message.reactions.filter((one) => one.by !== by);
  const reaction = emoji === null ? "" : (REACTION_NAMES[emoji.replaceAll("\ufe0f", "")] ?? "other");
  if (emoji !== null) message.reactions.push({ by, emoji, reaction });
  if (by === "business") {
    return answer(emulator, thread, {
      sent: false,
      reason: "Instagram sends no webhook for the business's own reactions.",
    });
  }
  const omitted = input.texts("omit") ?? [];
  const change = Object.fromEntries(
    Object.entries(
      emoji === null ? { mid: message.mid, action: "unreact" } : { mid: message.mid, action: "react", reaction, emoji },
    ).filter(([member]) => !omitted.includes(member)),
  );
  const item = { ...itemHead(thread, "customer", emulator.now()), reaction: change };
  return answer(emulator, thread, publish(emulator, thread.igId, thread.key, "message_reactions", item));
}

function answer(emulator: Emulator, thread: Thread, published: Pick<Published, "sent" | "reason">) {
  emulator.stream.threadChanged(thread);
  emulator.changed();
  return {
    thread: threadView(emulator, thread, VIEW_MESSAGES),
    delivery: deliveryOf(published),
  };
}
