import { expect, test } from "vitest";
import { listOfPage } from "../cache/conversation-list";
import { threadOfPage } from "../cache/thread";
import { changes, conversationPage, conversationRow, messageRow, threadPage } from "../inbox-rows.fixture";
import { arrivalsIn } from "./arrivals";

const mo = { id: "p2", displayName: "Mo Okafor", username: null, hasPicture: false };
const known = messageRow({ id: "m1" });
const before = {
  open: threadOfPage(threadPage({ messages: [known] })),
  list: listOfPage(
    conversationPage({ conversations: [conversationRow(), conversationRow({ id: "c2", contact: mo, unread: 1 })] }),
  ),
};

test("a customer's new message in the open conversation is news, its later versions and own ones are not", () => {
  const fresh = messageRow({ id: "m2", text: "And you?" });
  const arrivals = arrivalsIn(
    changes({ messages: [known, fresh, messageRow({ direction: "out" }), messageRow({ unsent: true })] }),
    before,
  );
  expect(arrivals.open).toEqual([{ messageId: "m2", version: 1, text: "Ana Lima: And you?", unsent: false }]);
});

test("another conversation is named when its unread count grew, not when it was read or answered", () => {
  const grown = conversationRow({ id: "c2", contact: mo, unread: 2 });
  expect(arrivalsIn(changes({ conversations: [grown] }), before).elsewhere).toEqual(["Mo Okafor"]);
  expect(arrivalsIn(changes({ conversations: [{ ...grown, unread: 0 }] }), before).elsewhere).toEqual([]);
});

test("a message of a page that is not loaded has changed without having come", () => {
  const open = threadOfPage(threadPage({ messages: [messageRow({ sentAt: 5_000 })], older: "cursor" }));
  const old = messageRow({ id: "old", sentAt: 10, version: 2, reactions: [{ by: "customer", emoji: "❤️" }] });
  expect(arrivalsIn(changes({ messages: [old] }), { ...before, open }).open).toEqual([]);
});

test("what a program answers is no news until it gives it to people, or offers it", () => {
  const bot = { id: "1", name: "faq-bot", kind: "bot" as const };
  const people = { id: "2", name: "people", kind: "inbox" as const };
  const control = { holder: bot, offeredTo: null, nextHolder: bot, handBackTo: bot, inboxAnswers: true };
  const row = (values: object, unread = 1) =>
    conversationRow({ id: "c2", contact: mo, unread, control: { ...control, ...values } });
  const held = { ...before, list: listOfPage(conversationPage({ conversations: [row({})] })) };
  const told = (next: ReturnType<typeof row>) => arrivalsIn(changes({ conversations: [next] }), held);
  expect(told(row({}, 2))).toMatchObject({ elsewhere: [], handed: [] });
  expect(told(row({ offeredTo: people })).handed).toEqual(["faq-bot offers you the conversation with Mo Okafor"]);
  expect(told(row({ holder: people })).handed).toEqual(["Your team is answering Mo Okafor now"]);
});
