import { expect, test } from "vitest";
import { Compositions } from "./compositions";
import type { OutgoingFile } from "./outgoing-files";

type Running = { name: string; done: (file: OutgoingFile) => void; fail: (error: Error) => void; signal: AbortSignal };

/** Compositions before a server that answers as told. */
function desk() {
  const running: Running[] = [];
  const compositions = new Compositions(
    (_conversation, file, { signal }) =>
      new Promise((done, fail) => {
        running.push({ name: file.name, done, fail, signal });
      }),
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
