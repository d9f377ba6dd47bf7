import type { Emulator } from "../emulator";
import type { Input } from "../input";
import { openThread } from "../messages/open-thread";
import { eventTime, theBusiness, theCustomer } from "./find";
import { say } from "./say";
import { readSpoken, replyTarget } from "./spoken";
import { postStory, storyToReplyTo } from "./stories";
import { storyView } from "./views";

/** A customer writes a text, sends pictures, or both, perhaps as a reply. */
export function customerSend(emulator: Emulator, input: Input) {
  const thread = openThread(emulator, theBusiness(emulator, input).igId, theCustomer(emulator, input).id);
  return say(emulator, thread, {
    from: "customer",
    at: eventTime(emulator, input),
    ...readSpoken(emulator, input),
    replyTo: replyTarget(thread, input.textOr("replyToMid")),
    quickReply: input.textOr("quickReply"),
  });
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
