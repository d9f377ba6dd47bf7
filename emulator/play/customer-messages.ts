import type { Emulator } from "../emulator";
import { Refusal } from "../http";
import type { Input } from "../input";
import { addMessage, deliverMessage, type NewMessage } from "../messages/add-message";
import { openThread } from "../messages/open-thread";
import type { Thread } from "../world/types";
import { eventTime, theBusiness, theCustomer } from "./find";
import { pictureMedia } from "./pictures";
import { postStory, storyToReplyTo } from "./stories";
import { storyView, threadView } from "./views";

const MAX_IMAGES = 10;
const VIEW_MESSAGES = 50;

/** A customer writes a text, sends pictures, or both, perhaps as a reply. */
export function customerSend(emulator: Emulator, input: Input) {
  const thread = openThread(emulator, theBusiness(emulator, input).igId, theCustomer(emulator, input).id);
  return say(emulator, thread, {
    from: "customer",
    at: eventTime(emulator, input),
    ...content(emulator, input),
    replyTo: replyTarget(thread, input.textOr("replyToMid")),
    quickReply: input.textOr("quickReply"),
  });
}

/** The business writes on its own phone: an echo goes out. */
export function businessSend(emulator: Emulator, input: Input) {
  const business = theBusiness(emulator, input);
  const customer = theCustomer(emulator, input);
  const thread =
    emulator.index.threadOf(business.igId, customer.id) ?? openThread(emulator, business.igId, customer.id);
  return say(emulator, thread, { from: "business", at: eventTime(emulator, input), ...content(emulator, input) });
}

export function storyReply(emulator: Emulator, input: Input) {
  const business = theBusiness(emulator, input);
  const at = eventTime(emulator, input);
  const story = storyToReplyTo(business, input.textOr("storyId"), at);
  const thread = openThread(emulator, business.igId, theCustomer(emulator, input).id);
  return say(emulator, thread, {
    from: "customer",
    at,
    text: input.text("text"),
    story: { relation: "reply", storyId: story.id },
  });
}

/** The customer mentions the business in a story. Instagram tells nobody when the account is private and not followed. */
export function storyMention(emulator: Emulator, input: Input) {
  const business = theBusiness(emulator, input);
  const customer = theCustomer(emulator, input);
  const at = eventTime(emulator, input);
  const story = postStory(emulator, customer, input.textOr("image") ?? "sunset", at, [business.igId]);
  emulator.stream.customerChanged(customer.id);
  if (customer.private && !business.follows.includes(customer.id)) {
    const reason = `@${customer.username} is private and @${business.username} does not follow them: Instagram tells the business nothing.`;
    return { mid: null, thread: null, story: storyView(emulator, story), delivery: { sent: false, reason } };
  }
  const thread = openThread(emulator, business.igId, customer.id);
  const said = say(emulator, thread, { from: "customer", at, story: { relation: "mention", storyId: story.id } });
  return { ...said, story: storyView(emulator, story) };
}

/** Adds a message and sends its webhook. */
export function say(emulator: Emulator, thread: Thread, message: NewMessage) {
  const added = addMessage(emulator, thread, message);
  const published = deliverMessage(emulator, thread, added);
  return {
    mid: added.mid,
    thread: threadView(emulator, thread, VIEW_MESSAGES),
    delivery: published.sent ? { sent: true } : { sent: false, reason: published.reason },
  };
}

function content(emulator: Emulator, input: Input): Pick<NewMessage, "text" | "attachments"> {
  const text = input.textOr("text");
  const images = input.texts("images") ?? [];
  if (text === null && images.length === 0) throw new Refusal(400, "Write a text or choose a picture.");
  if (images.length > MAX_IMAGES) throw new Refusal(400, `At most ${MAX_IMAGES} pictures can be sent at once.`);
  return { text, attachments: images.map((name) => ({ type: "image", mediaId: pictureMedia(emulator, name).id })) };
}

function replyTarget(thread: Thread, mid: string | null): string | null {
  if (mid !== null && !thread.messages.some((message) => message.mid === mid)) {
    throw new Refusal(404, "The message to reply to is not in this conversation.");
  }
  return mid;
}
