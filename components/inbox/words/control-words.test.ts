import { expect, test } from "vitest";
import { answeredElsewhere, callsPeople } from "@/lib/inbox/switchboard";
import type { ControlRow, Responder } from "@/lib/inbox/types";
import { controlWords } from "./control-words";

const bot: Responder = { id: "1", name: "faq-bot", kind: "bot" };
const desk: Responder = { id: "2", name: "other-desk", kind: "program" };
const people: Responder = { id: "3", name: "people", kind: "inbox" };
const control = (values: Partial<ControlRow> = {}): ControlRow => ({
  holder: bot,
  offeredTo: null,
  nextHolder: bot,
  handBackTo: bot,
  inboxAnswers: true,
  ...values,
});

test("who answers is told with what one can do about it", () => {
  expect(controlWords(null)).toBeNull();
  expect(controlWords(control())).toEqual({
    text: "faq-bot is answering",
    hint: "Your reply takes over",
    action: { does: "take_over", label: "Take over" },
    asks: false,
  });
  expect(controlWords(control({ offeredTo: desk }))?.text).toBe("faq-bot is answering, offered to other-desk");
  expect(controlWords(control({ holder: people }))).toMatchObject({
    text: "Your team is answering",
    action: { does: "hand_back", label: "Hand to faq-bot" },
  });
  expect(controlWords(control({ holder: null }))?.text).toBe("faq-bot answers the next message");
  expect(controlWords(control({ holder: null, nextHolder: people }))?.text).toBe("Your team answers next");
});

test("an offer asks for an answer, and a desk of people alone has nothing to tell", () => {
  expect(controlWords(control({ offeredTo: people }))).toMatchObject({
    text: "faq-bot offers you this conversation",
    action: { does: "take_over", label: "Accept" },
    asks: true,
  });
  expect(controlWords(control({ holder: people, nextHolder: people, handBackTo: null }))).toBeNull();
  expect(controlWords(control({ holder: null, nextHolder: null }))).toBeNull();
});

test("without a place at the switchboard people can only watch", () => {
  expect(controlWords(control({ inboxAnswers: false }))).toMatchObject({
    hint: "The inbox has no place at the switchboard",
    action: null,
  });
  expect([null, control(), control({ holder: people }), control({ holder: null })].map(answeredElsewhere)).toEqual([
    false,
    true,
    false,
    false,
  ]);
});

test("what a program answers is nobody's to read here until it is theirs or offered to them", () => {
  expect(callsPeople({ unread: 1, control: null })).toBe(true);
  expect(callsPeople({ unread: 0, control: null })).toBe(false);
  expect(callsPeople({ unread: 1, control: control() })).toBe(false);
  expect(callsPeople({ unread: 1, control: control({ offeredTo: people }) })).toBe(true);
  expect(callsPeople({ unread: 1, control: control({ holder: people }) })).toBe(true);
});
