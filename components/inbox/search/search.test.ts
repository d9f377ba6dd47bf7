import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SearchPage } from "@/lib/inbox/types";
import { changes, conversationRow, messageRow } from "../inbox-rows.fixture";
import { Search } from "./search";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

type Asked = { question: string; after: string | null; signal: AbortSignal; answer: (page: SearchPage) => void };

function watched() {
  const asked: Asked[] = [];
  const search = new Search(
    (question, { after, signal }) => new Promise((answer) => asked.push({ question, after, signal, answer })),
  );
  return { search, asked };
}

const found = (id: string, text: string, next: string | null = null): SearchPage => ({
  people: [],
  messages: [{ message: messageRow({ id, text }), conversation: conversationRow({}), text, ranges: [[0, 4]] }],
  total: null,
  next,
});
const textsOf = (search: Search) => search.current.messages.map(({ text }) => text);
const settle = () => vi.advanceTimersByTimeAsync(1_000);

test("asks once typing rests, and an older answer never replaces a newer one", async () => {
  const { search, asked } = watched();
  for (const typed of ["v", "va", "vas"]) search.set(typed);
  await settle();
  expect(asked.map(({ question }) => question)).toEqual(["vas"]);
  search.set("cup");
  await settle();
  expect(asked[0]?.signal.aborted).toBe(true);
  asked[1]?.answer(found("1", "cups"));
  asked[0]?.answer(found("2", "vase"));
  await settle();
  expect(textsOf(search)).toEqual(["cups"]);
});

test("a message that is unsent leaves, and one whose edit lost the word", async () => {
  const { search, asked } = watched();
  search.set("vase");
  await settle();
  const [one, two] = [found("1", "vase one"), found("2", "vase two")];
  asked[0]?.answer({ ...one, messages: [...one.messages, ...two.messages] });
  await settle();
  search.apply(changes({ messages: [messageRow({ id: "1", text: null, version: 2, unsent: true })] }));
  expect(textsOf(search)).toEqual(["vase two"]);
  search.apply(changes({ messages: [messageRow({ id: "2", text: "cup two", version: 2 })] }));
  expect(textsOf(search)).toEqual([]);
});

test("a message that arrives and belongs to the results is looked for again", async () => {
  const { search, asked } = watched();
  search.set("vase");
  await settle();
  asked[0]?.answer(found("1", "vase one"));
  await settle();
  search.apply(changes({ messages: [messageRow({ id: "2", text: "a cup" })] }));
  await settle();
  expect(asked).toHaveLength(1);
  search.apply(changes({ messages: [messageRow({ id: "3", text: "another vase" })] }));
  await settle();
  expect(asked).toHaveLength(2);
});

test("an empty page that goes on is followed by itself", async () => {
  const { search, asked } = watched();
  search.set("vase");
  await settle();
  asked[0]?.answer({ people: [], messages: [], total: null, next: "further" });
  await settle();
  expect(asked[1]?.after).toBe("further");
  asked[1]?.answer(found("1", "vase"));
  await settle();
  expect(textsOf(search)).toEqual(["vase"]);
});

test("without a word nothing is asked, and it says so", async () => {
  const { search, asked } = watched();
  search.set("??");
  await settle();
  expect(search.current.status).toBe("nothing");
  expect(asked).toEqual([]);
  search.set("");
  expect(search.current.status).toBe("idle");
});
