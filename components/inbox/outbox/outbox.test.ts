import { describe, expect, test } from "vitest";
import { messageRow } from "../inbox-rows.fixture";
import { Outbox, type OutboxEntry } from "./outbox";

type Answer = "ok" | "lost" | { refused: string };

/** An outbox before a server that answers as told; each post waits until `answer` is called. */
function desk(store = new Map<string, OutboxEntry>()) {
  const posts: { entry: OutboxEntry; answer: (answer: Answer) => Promise<void> }[] = [];
  const sent: string[] = [];
  const outbox = new Outbox({
    store: {
      load: () => [...store.values()],
      save: (entry) => void store.set(entry.id, entry),
      forget: (id) => void store.delete(id),
    },
    post: (entry) =>
      new Promise((resolve, reject) => {
        posts.push({
          entry,
          answer: async (answer) => {
            if (answer === "ok") resolve([messageRow({ id: entry.id, text: entry.text, direction: "out" })]);
            else reject(answer === "lost" ? new Error("lost") : Object.assign(new Error("no"), answer));
            await settled();
          },
        });
      }),
    refusalOf: (error) =>
      error instanceof Error && "refused" in error ? { code: "invalid", text: String(error.refused) } : null,
    onSent: (rows) => void sent.push(...rows.map(({ id }) => id)),
    pause: () => Promise.resolve(),
  });
  let written = 0;
  const write = (id: string, conversationId = "c1") =>
    outbox.send({
      id,
      conversationId,
      text: `text of ${id}`,
      parts: [
        { type: "media", media: "image", uploadIds: [`upload of ${id}`] },
        { type: "text", text: `text of ${id}` },
      ],
      files: [{ uploadId: `upload of ${id}`, media: "image", name: "a.png", bytes: 1 }],
      quote: null,
      writtenAt: ++written,
    });
  return { outbox, posts, sent, store, write, asked: () => posts.map(({ entry }) => entry.id).join(" ") };
}

/** Lets everything that was already decided happen. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("the outbox", () => {
  test("sends one message at a time per conversation, in the order of the clicks", async () => {
    const { posts, sent, write, asked, store } = desk();
    write("a1");
    write("a2");
    write("b1", "c2");
    expect(asked()).toBe("a1 b1");
    await posts[0]?.answer("ok");
    expect(asked()).toBe("a1 b1 a2");
    await posts[2]?.answer("ok");
    await posts[1]?.answer("ok");
    expect(sent).toEqual(["a1", "a2", "b1"]);
    expect(store.size).toBe(0);
  });

  test("a lost connection repeats the same id and lets nothing overtake", async () => {
    const { posts, write, asked, outbox } = desk();
    write("a1");
    write("a2");
    await posts[0]?.answer("lost");
    await posts[1]?.answer("lost");
    expect(asked()).toBe("a1 a1 a1");
    // A file that went up once is not sent up again.
    expect(posts.map(({ entry }) => entry.parts[0])).toEqual(
      Array(3).fill({ type: "media", media: "image", uploadIds: ["upload of a1"] }),
    );
    expect(outbox.all.map(({ id, refusal }) => [id, refusal])).toEqual([
      ["a1", null],
      ["a2", null],
    ]);
    await posts[2]?.answer("ok");
    expect(asked()).toBe("a1 a1 a1 a2");
  });

  test("a refusal keeps the text with its reason and lets the next one go", async () => {
    const { posts, write, asked, outbox, store } = desk();
    write("a1");
    write("a2");
    await posts[0]?.answer({ refused: "Instagram closed this conversation." });
    expect(asked()).toBe("a1 a2");
    expect(outbox.all[0]).toMatchObject({
      text: "text of a1",
      refusal: { text: "Instagram closed this conversation." },
    });
    expect(store.get("a1")?.refusal?.code).toBe("invalid");
  });

  test("a refused message goes again under its id, or comes back as text", async () => {
    const { posts, write, asked, outbox } = desk();
    write("a1");
    await posts[0]?.answer({ refused: "Not now." });
    outbox.retry("a1");
    expect(asked()).toBe("a1 a1");
    await posts[1]?.answer({ refused: "Not now." });
    expect(outbox.remove("a1")).toMatchObject({ text: "text of a1", files: [{ uploadId: "upload of a1" }] });
    expect(outbox.all).toEqual([]);
  });

  test("a reload takes up what had no answer, and leaves refused ones refused", async () => {
    const before = desk();
    before.write("a1");
    before.write("a2");
    before.write("a3");
    await before.posts[0]?.answer({ refused: "Too long." });
    const after = desk(before.store);
    after.outbox.restore();
    expect(after.outbox.all.map(({ id }) => id)).toEqual(["a1", "a2", "a3"]);
    expect(after.asked()).toBe("a2");
    await after.posts[0]?.answer("ok");
    expect(after.asked()).toBe("a2 a3");
  });
});
