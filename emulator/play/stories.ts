import { findStory } from "../cdn/media-url";
import type { Emulator } from "../emulator";
import { Refusal } from "../http";
import { storyId } from "../ids";
import type { Input } from "../input";
import { STORY_LIFE_MS } from "../world/seed";
import type { Business, Customer, Story } from "../world/types";
import { eventTime, theBusiness, theCustomer } from "./find";
import { storyMedia } from "./pictures";
import { businessView, customerView, storyView } from "./views";

/** Posts a story that lives 24 hours from `at`. */
export function postStory(
  emulator: Emulator,
  owner: Business | Customer,
  picture: string,
  at: number,
  mentions: string[],
): Story {
  const id = storyId();
  const story = {
    id,
    mediaId: storyMedia(emulator, picture, id).id,
    postedAt: at,
    endsAt: at + STORY_LIFE_MS,
    mentions,
  };
  owner.stories.unshift(story);
  emulator.changed();
  return story;
}

export function postBusinessStory(emulator: Emulator, input: Input) {
  const business = theBusiness(emulator, input);
  const story = postStory(emulator, business, input.textOr("image") ?? "vase", eventTime(emulator, input), []);
  emulator.stream.businessChanged(business.igId);
  return { business: businessView(emulator, business), story: storyView(emulator, story) };
}

/** A customer posts a story of their own, mentioning nobody. */
export function postCustomerStory(emulator: Emulator, input: Input) {
  const customer = theCustomer(emulator, input);
  const story = postStory(emulator, customer, input.textOr("image") ?? "sunset", eventTime(emulator, input), []);
  emulator.stream.customerChanged(customer.id);
  return { customer: customerView(emulator, customer), story: storyView(emulator, story) };
}

/** Ends a story now: from this moment its media is gone. */
export function endStory(emulator: Emulator, input: Input) {
  const found = findStory(emulator, input.text("storyId"));
  if (!found) throw new Refusal(404, "There is no such story.");
  found.story.endsAt = Math.min(found.story.endsAt, emulator.now());
  const { business, customer } = found.owner;
  if (business) emulator.stream.businessChanged(business.igId);
  if (customer) emulator.stream.customerChanged(customer.id);
  for (const thread of emulator.world.threads) {
    if (thread.messages.some((message) => message.story?.storyId === found.story.id))
      emulator.stream.threadChanged(thread);
  }
  emulator.changed();
  return { story: storyView(emulator, found.story) };
}

/** The story a reply belongs to: the one named, or its owner's newest that lived at that time. */
export function storyToReplyTo(owner: Business | Customer, wanted: string | null, at: number): Story {
  const living = owner.stories.filter((story) => story.postedAt <= at && at < story.endsAt);
  const story = wanted ? living.find((one) => one.id === wanted) : living.sort((a, b) => b.postedAt - a.postedAt)[0];
  if (!story)
    throw new Refusal(
      409,
      `@${owner.username} had no such story at that time. Let ${"igId" in owner ? "the business" : "them"} post one first.`,
    );
  return story;
}
