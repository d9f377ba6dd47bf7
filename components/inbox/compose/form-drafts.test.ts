import { beforeEach, expect, test, vi } from "vitest";
import { EMPTY_FORM } from "./form-draft";
import { FormDrafts, isBlank, withoutSent } from "./form-drafts";

let kept: Map<string, string>;

beforeEach(() => {
  kept = new Map();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
});

test("what is written in a form is there after a reload, for its own conversation and member alone", () => {
  new FormDrafts("nora").set("c1", { ...EMPTY_FORM, kind: "buttons", text: "How may we help?" });
  expect(new FormDrafts("nora").get("c1")).toMatchObject({ kind: "buttons", text: "How may we help?" });
  expect(isBlank(new FormDrafts("nora").get("c2"))).toBe(true);
  expect(isBlank(new FormDrafts("ben").get("c1"))).toBe(true);
});

test("what is sent leaves, the other forms stay, and nothing is left of an empty one", () => {
  const drafts = new FormDrafts("nora");
  const written = { ...EMPTY_FORM, quickReplies: ["Red"], text: "How may we help?" };
  drafts.set("c1", withoutSent(written, "quick-replies"));
  expect(drafts.get("c1")).toMatchObject({ quickReplies: [""], text: "How may we help?" });
  drafts.set("c1", withoutSent(drafts.get("c1"), "buttons"));
  expect(kept.size).toBe(0);
});

test("another version's bytes under our name are passed over", () => {
  for (const bytes of ["{", "null", '{"kind":"cards"}', JSON.stringify({ ...EMPTY_FORM, cards: [{ title: 1 }] })]) {
    kept.set("replydesk:form:nora:c1", bytes);
    expect(isBlank(new FormDrafts("nora").get("c1"))).toBe(true);
  }
});
