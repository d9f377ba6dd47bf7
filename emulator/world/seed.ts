import { randomBytes } from "node:crypto";
import { assetId, digits, igIdFor, personIdFor, portfolioIdFor, storyId } from "../ids";
import { seedCustomers } from "./seed-customers";
import { seedPages } from "./seed-pages";
import type { App, Business, Media, Person, Story, World } from "./types";

export const STORY_LIFE_MS = 24 * 60 * 60 * 1000;

/** The world of the first start. Ids of people, Pages, accounts and customers are the same every time. */
export function seedWorld(apps: App[], now: number, clockOffsetMs: number): World {
  const media: Media[] = [];
  const avatar = (owner: string, shape: "avatar" | "logo" = "avatar"): string => {
    const id = digits(`avatar:${owner}`, 16);
    media.push({
      id,
      kind: "avatar",
      contentType: "image/png",
      source: { drawing: `${shape}:${owner}` },
      storyId: null,
    });
    return id;
  };
  const story = (sample: string): Story => {
    const id = storyId();
    const mediaId = assetId();
    media.push({
      id: mediaId,
      kind: "story",
      contentType: "image/png",
      source: { drawing: `story:${sample}` },
      storyId: id,
    });
    return { id, mediaId, postedAt: now, endsAt: now + STORY_LIFE_MS, mentions: [] };
  };

  const people = seedPeople();
  const [nora, ingrid] = people;
  const { pages, usernames } = seedPages(nora?.id ?? "", ingrid?.id ?? "");
  const businesses: Business[] = [...usernames].map(([username, draft]) => ({
    igId: igIdFor(username),
    username,
    name: draft.name,
    avatarId: avatar(username, "logo"),
    followers: 200 + ((username.length * 977) % 9000),
    allowMessages: true,
    professional: true,
    routedTo: null,
    follows: username === "nora.ceramics" ? ["ana.lima", "ole.nilsen"] : [],
    stories: username === "nora.ceramics" ? [story("vase")] : username === "fjord.knits" ? [story("knit")] : [],
  }));
  for (const person of people) avatar(person.id);

  return {
    version: 1,
    clockOffsetMs,
    apps,
    people,
    portfolios: [
      { id: portfolioIdFor("Keller Group"), name: "Keller Group", members: [nora?.id ?? ""], clientPages: [] },
    ],
    pages,
    businesses,
    customers: seedCustomers((customer) => avatar(customer)),
    threads: [],
    grants: [],
    removed: [],
    tokens: [],
    codes: [],
    subscriptions: [],
    media,
    ledger: [],
    pending: [],
    cdnKey: randomBytes(32).toString("hex"),
  };
}

function seedPeople(): Person[] {
  return [
    { name: "Nora Keller", email: "nora.keller@example.com" },
    { name: "Ingrid Berg", email: "ingrid.berg@example.com" },
    { name: "Tomás Silva", email: "tomas.silva@example.com" },
    { name: "Sam Stranger", email: null },
  ].map((person) => ({ id: personIdFor(person.name), ...person }));
}
