import { describe, expect, test } from "vitest";
import type { MessageRow } from "@/lib/inbox/types";
import { messageRow } from "../inbox-rows.fixture";
import { messageNews } from "./message-news";

const arrives = (values: Partial<MessageRow>) => messageNews(undefined, messageRow(values), "Ana");
const attachment = (type: string, title: string | null = null) => ({ type, url: null, title, permalink: null });

describe("what ears hear of a message that comes", () => {
  test.each<[string, Partial<MessageRow>]>([
    ["Ana: Hello", { text: "Hello" }],
    ["Ana: 3 photos: Look", { kind: "image", text: "Look", attachments: Array(3).fill(attachment("image")) }],
    ["Ana: Voice message", { kind: "audio", text: null, attachments: [attachment("audio")] }],
    [
      "Ana: Shared a reel: How we glaze",
      { kind: "share", text: null, attachments: [attachment("reel", "How we glaze")] },
    ],
    ["Ana: Replied to your story: This blue!!", { kind: "story_reply", text: "This blue!!" }],
    ["Ana: Mentioned you in their story", { kind: "story_mention", text: null }],
    ["Ana: Disappearing photo or video", { kind: "view_once", text: null }],
    ["Ana: A message that Instagram does not share with apps", { kind: "unsupported", text: null }],
    ["Ana: Tapped “Opening hours”", { kind: "postback", text: "Opening hours" }],
    ["Ana: Tapped a quick reply: Cobalt", { text: "Cobalt", payload: "C" }],
    ["Ana: Came from your ad: Spring", { kind: "referral", text: null, referral: { adTitle: "Spring" } }],
    [
      "Ana: Replied to a message: This one?",
      { text: "This one?", quote: { messageId: "q", kind: "text", text: "Two left", direction: "out" } },
    ],
  ])("%s", (words, values) => {
    expect(arrives(values)).toBe(words);
  });

  test("own messages and what was taken back before it came are silent", () => {
    expect(arrives({ direction: "out" })).toBeNull();
    expect(arrives({ unsent: true })).toBeNull();
  });
});

describe("what ears hear of a message that changes", () => {
  const before = messageRow({ id: "m1", text: "Friday" });
  const changed = (values: Partial<MessageRow>) => messageNews(before, { ...before, version: 2, ...values }, "Ana");

  test("a reaction of the customer, changed and taken back, but not one's own", () => {
    const heart = { by: "customer", emoji: "❤️" } as const;
    expect(changed({ reactions: [heart] })).toBe("Ana reacted ❤️ to “Friday”");
    expect(messageNews({ ...before, reactions: [heart] }, { ...before, version: 2 }, "Ana")).toBe(
      "Ana took back a reaction to “Friday”",
    );
    expect(changed({ reactions: [{ by: "business", emoji: "❤️" }] })).toBeNull();
  });

  test("an edit and an unsend, without the words that were taken back", () => {
    expect(changed({ text: "Saturday", editedAt: 9 })).toBe("Ana edited a message: Saturday");
    expect(changed({ text: null, unsent: true })).toBe("Ana unsent a message");
    expect(
      messageNews({ ...before, version: 3 }, { ...before, version: 2, text: "stale", editedAt: 5 }, "Ana"),
    ).toBeNull();
  });
});
