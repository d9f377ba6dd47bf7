import { describe, expect, test } from "vitest";
import { conversationPage, conversationRow, threadPage } from "../inbox-rows.fixture";
import { appendPage, applyToList, listOfPage } from "./conversation-list";

const row = (id: string, lastMessageAt: number, version = 1) => conversationRow({ id, lastMessageAt, version });
const ids = (list: { rows: { id: string }[] }) => list.rows.map(({ id }) => id).join(" ");

describe("the loaded list", () => {
  const list = listOfPage(conversationPage({ conversations: [row("b", 20), row("a", 10)], next: "cursor" }));

  test("a conversation that gets a message moves to the top", () => {
    expect(ids(applyToList(list, { conversations: [row("a", 30, 2)], contacts: [], erased: [], unread: null }))).toBe(
      "a b",
    );
  });

  test("an older version never replaces a newer one, in whatever order they arrive", () => {
    const updated = applyToList(list, { conversations: [row("a", 30, 3)], contacts: [], erased: [], unread: null });
    expect(applyToList(updated, { conversations: [row("a", 5, 2)], contacts: [], erased: [], unread: null })).toBe(
      updated,
    );
  });

  test("an unknown conversation enters when it belongs among the loaded ones, and waits when it lies beyond them", () => {
    const changed = applyToList(list, {
      conversations: [row("new", 40), row("deep", 1)],
      contacts: [],
      erased: [],
      unread: null,
    });
    expect(ids(changed)).toBe("new b a");
    const complete = { ...list, next: null };
    expect(
      ids(applyToList(complete, { conversations: [row("deep", 1)], contacts: [], erased: [], unread: null })),
    ).toBe("b a deep");
  });

  test("a page that was read before a change neither doubles the row nor sets it back", () => {
    const live = applyToList(list, { conversations: [row("c", 50, 2)], contacts: [], erased: [], unread: null });
    const grown = appendPage(live, conversationPage({ conversations: [row("c", 5, 1), row("d", 4)], next: null }));
    expect(ids(grown)).toBe("c b a d");
    expect(grown.next).toBeNull();
  });

  test("a contact that got its name shows it without a new conversation row", () => {
    const contact = { ...threadPage().contact, displayName: "Ana Lima Souza" };
    const named = applyToList(list, { conversations: [], contacts: [contact], erased: [], unread: null });
    expect(named.rows.every(({ contact: { displayName } }) => displayName === "Ana Lima Souza")).toBe(true);
  });

  test("what changes nothing keeps the very same list", () => {
    expect(applyToList(list, { conversations: [row("a", 10)], contacts: [], erased: [], unread: null })).toBe(list);
  });
});
