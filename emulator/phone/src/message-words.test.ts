import { expect, test } from "vitest";
import { wordsOf } from "./message-words";
import type { Attachment, Message } from "./wire";

const blank: Message = {
  mid: "m",
  at: 0,
  from: "customer",
  via: "phone",
  tag: null,
  text: null,
  attachments: [],
  story: null,
  replyTo: null,
  quickReplies: [],
  cards: [],
  pressed: false,
  referral: null,
  unsupported: false,
  reactions: [],
  unsent: false,
  edited: false,
  seen: false,
  notDelivered: null,
};
const of = (type: string, contentType: string | null = null): Attachment => ({ type, url: null, contentType });

test.each<[string, Partial<Message>]>([
  ["Hello", { text: "Hello" }],
  ["Message unsent", { unsent: true }],
  ["Photo", { attachments: [of("image", "image/png")] }],
  ["GIF", { attachments: [of("image", "image/gif")] }],
  ["3 photos", { attachments: [of("image"), of("image"), of("image")] }],
  ["Voice note", { attachments: [of("audio")] }],
  ["Reel", { attachments: [of("ig_reel")] }],
  ["View-once photo", { attachments: [of("ephemeral")] }],
  ["hologram from space", { attachments: [of("hologram_from_space")] }],
  ["Something apps cannot read", { unsupported: true }],
  [
    "Sea-green vase",
    {
      cards: [{ title: "Sea-green vase", subtitle: null, imageUrl: null, url: null, buttons: [] }],
      attachments: [of("template")],
    },
  ],
  ["Story mention", { story: { relation: "mention", id: "1", url: "", endsAt: 0, available: true } }],
])("%s", (words, message) => {
  expect(wordsOf({ ...blank, ...message })).toBe(words);
});
