import { describe, expect, test } from "vitest";
import { conversationRow, messageRow, threadPage } from "../inbox-rows.fixture";
import { appendPage, applyToThread, prependPage, threadAtRest, threadOfPage } from "./thread";

const message = (id: string, sentAt: number, values = {}) => messageRow({ id, sentAt, ...values });
const ids = (thread: { messages: { id: string }[] }) => thread.messages.map(({ id }) => id).join(" ");
const none = { conversations: [], contacts: [], messages: [], removed: [] };

describe("the loaded thread", () => {
  const thread = threadOfPage(threadPage({ messages: [message("b", 20), message("d", 40)], older: "cursor" }));

  test("a message that arrives late stands where its time puts it", () => {
    expect(ids(applyToThread(thread, { ...none, messages: [message("c", 30)] }))).toBe("b c d");
  });

  test("messages of the same time keep one order in every tab", () => {
    const forwards = applyToThread(thread, { ...none, messages: [message("x", 40), message("c", 40)] });
    const backwards = applyToThread(thread, { ...none, messages: [message("c", 40), message("x", 40)] });
    expect(ids(forwards)).toBe("b c d x");
    expect(ids(backwards)).toBe(ids(forwards));
  });

  test("a message of another conversation or of a part not loaded yet is left alone", () => {
    const foreign = message("z", 50, { conversationId: "c2" });
    expect(applyToThread(thread, { ...none, messages: [foreign, message("a", 10)] })).toBe(thread);
    const whole = { ...thread, older: null };
    expect(ids(applyToThread(whole, { ...none, messages: [message("a", 10)] }))).toBe("a b d");
  });

  test("an unsend is not undone by an older copy of the message", () => {
    const gone = message("d", 40, { version: 3, unsent: true, text: null });
    const unsent = applyToThread(thread, { ...none, messages: [gone] });
    const replayed = applyToThread(unsent, { ...none, messages: [message("d", 40, { version: 2, text: "secret" })] });
    expect(replayed.messages.at(-1)).toMatchObject({ unsent: true, text: null });
  });

  test("an unsend leaves no word in the quotes of it, also when it is not loaded itself", () => {
    const quote = { messageId: "far", kind: "text", text: "secret", direction: "in" } as const;
    const answered = applyToThread(thread, { ...none, messages: [message("e", 50, { quote })] });
    const gone = message("far", 1, { version: 3, unsent: true, text: null });
    const unsent = applyToThread(answered, { ...none, messages: [gone] });
    expect(ids(unsent)).toBe("b d e");
    expect(unsent.messages.at(-1)?.quote).toMatchObject({ kind: "unsent", text: null });
  });

  test("a message that is sent again moves to its new place", () => {
    const again = message("b", 60, { version: 2 });
    expect(ids(applyToThread(thread, { ...none, messages: [again] }))).toBe("d b");
  });

  test("a message that turned out to be another one leaves", () => {
    expect(ids(applyToThread(thread, { ...none, removed: ["b", "unknown"] }))).toBe("d");
  });

  test("an older page joins in front without setting anything back", () => {
    const page = threadPage({
      messages: [message("a", 10), message("b", 20, { version: 0, text: "stale" })],
      conversation: conversationRow({ version: 0, unread: 9 }),
      older: null,
    });
    const grown = prependPage(thread, page);
    expect(ids(grown)).toBe("a b d");
    expect(grown.messages[1]?.text).toBe("Hello");
    expect(grown.conversation.unread).toBe(0);
    expect(grown.older).toBeNull();
  });

  test("while newer messages are left out, what arrives live waits with them", () => {
    const middle = threadOfPage(threadPage({ messages: [message("b", 20)], older: "cursor", newer: true }));
    expect(applyToThread(middle, { ...none, messages: [message("z", 90)] })).toBe(middle);
    const edited = applyToThread(middle, { ...none, messages: [message("b", 20, { version: 2, text: "edited" })] });
    expect(edited.messages[0]?.text).toBe("edited");
  });
});

describe("a very long conversation", () => {
  const stretch = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => message(`m${String(from + at).padStart(5, "0")}`, from + at));

  test("reading back drops what lies far below, and reading on brings it again", () => {
    let thread = threadOfPage(threadPage({ messages: stretch(950, 1000), older: "m00950" }));
    for (let from = 900; from >= 0; from -= 50) {
      const older = from === 0 ? null : `m${String(from).padStart(5, "0")}`;
      thread = prependPage(thread, threadPage({ messages: stretch(from, from + 50), older, newer: true }));
      expect(thread.messages.length).toBeLessThanOrEqual(300);
    }
    expect([thread.messages[0]?.id, thread.messages.at(-1)?.id]).toEqual(["m00000", "m00299"]);
    expect([thread.older, thread.newer]).toEqual([null, true]);
    for (let from = 300; from < 1000; from += 50) {
      thread = appendPage(thread, threadPage({ messages: stretch(from, from + 50), older: "x", newer: from < 950 }));
      expect(thread.messages.length).toBeLessThanOrEqual(300);
    }
    expect([thread.messages[0]?.id, thread.messages.at(-1)?.id]).toEqual(["m00700", "m00999"]);
    expect([thread.older, thread.newer]).toEqual(["m00700", false]);
  });

  test("left alone it keeps its end, or nothing where the end was not loaded", () => {
    const whole = threadOfPage(threadPage({ messages: stretch(0, 200), older: null }));
    const rest = threadAtRest(whole);
    expect([rest?.messages.length, rest?.older]).toEqual([50, "m00150"]);
    expect(threadAtRest({ ...whole, newer: true })).toBeNull();
  });
});
