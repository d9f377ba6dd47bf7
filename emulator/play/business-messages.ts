import type { Emulator } from "../emulator";
import { Refusal } from "../http";
import type { Input } from "../input";
import { openThread } from "../messages/open-thread";
import { eventTime, theBusiness, theCustomer } from "./find";
import { say } from "./say";
import { readSpoken, replyTarget } from "./spoken";
import { postStory, storyToReplyTo } from "./stories";
import { storyView } from "./views";

/** The business writes on its own phone: an echo goes out. */
export function businessSend(emulator: Emulator, input: Input) {
  const business = theBusiness(emulator, input);
  const customer = theCustomer(emulator, input);
  const thread = openThread(emulator, business.igId, customer.id);
  return say(emulator, thread, {
    from: "business",
    at: eventTime(emulator, input),
    ...readSpoken(emulator, input),
    replyTo: replyTarget(thread, input.textOr("replyToMid")),
  });
}

/** The business answers a customer's story on its own phone: an echo that names the story. */
export function businessStoryReply(emulator: Emulator, input: Input) {
  const business = theBusiness(emulator, input);
  const customer = theCustomer(emulator, input);
  if (customer.private && !business.follows.includes(customer.id))
    throw new Refusal(409, `@${customer.username} is private and not followed: their stories cannot be seen.`);
  const at = eventTime(emulator, input);
  const story = storyToReplyTo(customer, input.textOr("storyId"), at);
  const thread = openThread(emulator, business.igId, customer.id);
  return say(emulator, thread, {
    from: "business",
    at,
    text: input.text("text"),
    story: { relation: "reply", storyId: story.id },
  });
}

/** The business mentions a customer in its story: an echo of the mention. */
export function businessStoryMention(emulator: Emulator, input: Input) {
  const business = theBusiness(emulator, input);
  const customer = theCustomer(emulator, input);
  const at = eventTime(emulator, input);
  const story = postStory(emulator, business, input.textOr("image") ?? "vase", at, [customer.id]);
  emulator.stream.businessChanged(business.igId);
  const thread = openThread(emulator, business.igId, customer.id);
  const said = say(emulator, thread, { from: "business", at, story: { relation: "mention", storyId: story.id } });
  return { ...said, story: storyView(emulator, story) };
}
