import { expect, test } from "vitest";
import type { CompositionStore, KeptComposition } from "./composition-store";
import { Compositions } from "./compositions";
import type { OutgoingFile } from "./outgoing-files";

type Running = { name: string; done: (file: OutgoingFile) => void; fail: (error: Error) => void; signal: AbortSignal };

/** Keeps as a browser does, for the pages that come after. */
function browser(): CompositionStore {
  const kept = new Map<string, KeptComposition>();
  const sources = new Map<string, File>();
  return {
    load: async () => ({ kept: [...kept.values()], sources }),
    save: (composition, source) => {
      kept.set(composition.conversationId, composition);
      for (const { key } of composition.files) {
        const file = source(key);
        if (file) sources.set(key, file);
      }
    },
    keeps: () => true,
  };
}

/** Compositions before a server that answers as told. */
function desk(store = browser()) {
  const running: Running[] = [];
  const compositions = new Compositions(
    (_conversation, file, { signal }) =>
      new Promise((done, fail) => {
        running.push({ name: file.name, done, fail, signal });
      }),
    store,
  );
  const states = () => compositions.get("c1").files.map(({ name, state }) => `${name} ${state.is}`);
  return { compositions, running, states };
}

const picture = (name: string) => new File(["x"], name, { type: "image/png" });
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
const uploaded = (uploadId: string): OutgoingFile => ({ uploadId, media: "image", name: uploadId, bytes: 1 });

test("two go up at once, the next when one has arrived", async () => {
  const { compositions, running, states } = desk();
  compositions.attach("c1", [picture("a"), picture("b"), picture("c")]);
  expect(states()).toEqual(["a uploading", "b uploading", "c waiting"]);
  running[0]?.done(uploaded("u1"));
  await settled();
  expect(states()).toEqual(["a ready", "b uploading", "c uploading"]);
});

test("what is refused says why and whether another try may help", async () => {
  const { compositions, running } = desk();
  compositions.attach("c1", [picture("a"), picture("b")]);
  running[0]?.fail(Object.assign(new Error("It is damaged."), { status: 400 }));
  running[1]?.fail(new Error("The connection broke off. Try again."));
  await settled();
  expect(compositions.get("c1").files.map(({ state }) => state)).toEqual([
    { is: "failed", words: "It is damaged.", again: false },
    { is: "failed", words: "The connection broke off. Try again.", again: true },
  ]);
});

test("a file taken out is cancelled and leaves no trace", async () => {
  const { compositions, running } = desk();
  compositions.attach("c1", [picture("a")]);
  compositions.detach("c1", compositions.get("c1").files[0]?.key ?? "");
  running[0]?.fail(new DOMException("Cancelled", "AbortError"));
  await settled();
  expect(running[0]?.signal.aborted).toBe(true);
  expect(compositions.get("c1").files).toEqual([]);
});

test("the eleventh file and a wrong type are refused in words; the others stay", () => {
  const { compositions } = desk();
  compositions.attach("c1", [new File(["x"], "song.mp3", { type: "audio/mpeg" })]);
  expect(compositions.get("c1").problem).toMatch(/^song\.mp3: Instagram takes sound as M4A/);
  compositions.attach(
    "c1",
    Array.from({ length: 11 }, (_, at) => picture(`p${at}`)),
  );
  expect(compositions.get("c1").files).toHaveLength(10);
  expect(compositions.get("c1").problem).toMatch(/^10 files go in one message/);
});

test("what was refused after sending comes back with its uploads", () => {
  const { compositions } = desk();
  compositions.putBack("c1", { files: [uploaded("u1")], quote: null, quickReplies: [] });
  expect(compositions.finish("c1").files).toMatchObject([{ state: { is: "ready", uploadId: "u1" } }]);
  expect(compositions.get("c1").files).toEqual([]);
});

test("a reload finds files and quick replies again: what has gone up is ready, the rest goes up now", async () => {
  const store = browser();
  const before = desk(store);
  before.compositions.attach("c1", [picture("a"), picture("b"), picture("c")]);
  before.compositions.offer("c1", ["Red"]);
  before.running[0]?.done(uploaded("u1"));
  await settled();
  before.compositions.detach("c1", before.compositions.get("c1").files[2]?.key ?? "");

  const after = desk(store);
  await after.compositions.restore();
  expect(after.states()).toEqual(["a ready", "b uploading"]);
  expect(after.compositions.get("c1")).toMatchObject({ quickReplies: ["Red"], files: [{ name: "a" }, { name: "b" }] });
  after.compositions.finish("c1");

  const last = desk(store);
  await last.compositions.restore();
  expect(last.compositions.get("c1")).toMatchObject({ files: [], quickReplies: [] });
});

test("what this browser does not keep is asked about before the page is left", () => {
  const { compositions } = desk({ ...browser(), keeps: () => false });
  expect(compositions.wouldLoseFiles).toBe(false);
  compositions.attach("c1", [picture("a")]);
  expect(compositions.wouldLoseFiles).toBe(true);
  compositions.finish("c1");
  expect(compositions.wouldLoseFiles).toBe(false);
});

test("a message that was unsent is quoted no more", () => {
  const { compositions } = desk();
  compositions.quote("c1", { messageId: "m1", kind: "text", text: "Hello", direction: "in" });
  compositions.forgetQuote("c1", "m2");
  expect(compositions.get("c1").quote?.text).toBe("Hello");
  compositions.forgetQuote("c1", "m1");
  expect(compositions.get("c1").quote).toBeNull();
});
