import { expect, test } from "vitest";
import { messageRow } from "../inbox-rows.fixture";
import { bubblesOf } from "./bubbles";
import { ownStates, withOutbox } from "./own-messages";

const me = { id: "me", name: "Me" };
const entry = (id: string, writtenAt: number, refusal = null as { code: string; text: string } | null) => ({
  id,
  conversationId: "c1",
  text: id,
  parts: [{ type: "text" as const, text: id }],
  files: [],
  quote: null,
  writtenAt,
  refusal,
});

test("what waits stands after everything else, in the order of writing, even when this machine's clock is behind", () => {
  const messages = withOutbox([messageRow({ id: "m1", sentAt: 5_000 })], [entry("a", 10), entry("b", 20)], me);
  expect(messages.map(({ id, state }) => `${id} ${state}`)).toEqual(["m1 received", "a queued", "b queued"]);
  expect(messages.map(({ sentAt }) => sentAt)).toEqual([5_000, 5_001, 5_002]);
});

test("pictures with a long text are one bubble on its way, in the parts that will go out", () => {
  const parts = [
    { type: "media" as const, media: "image" as const, uploadIds: ["u1", "u2"] },
    { type: "text" as const, text: "word ".repeat(250).trim() },
  ];
  const files = ["u1", "u2"].map((uploadId) => ({
    uploadId,
    media: "image" as const,
    name: `${uploadId}.png`,
    bytes: 1,
  }));
  const [bubble, ...others] = bubblesOf(withOutbox([], [{ ...entry("a", 10), parts, files }], me));
  expect(others).toEqual([]);
  expect(bubble?.parts.map(({ kind, text }) => `${kind} ${text?.length ?? "-"}`)).toEqual([
    "image -",
    "text 999",
    "text 249",
  ]);
  expect(bubble?.first.attachments.map(({ title }) => title)).toEqual(["u1.png", "u2.png"]);
});

test("once the server has a message it is shown once", () => {
  const messages = withOutbox([messageRow({ id: "a", direction: "out" })], [entry("a", 10)], me);
  expect(messages).toHaveLength(1);
});

test("a refused message is not sent, with the server's words", () => {
  const [message] = withOutbox([], [entry("a", 10, { code: "window_closed", text: "Closed." })], me);
  expect(message).toMatchObject({ state: "failed", failure: { text: "Closed." } });
});

test("every own message has its state; on screen stand the last, the last seen and every failure", () => {
  const own = (id: string, sentAt: number, state: "sent" | "failed" | "unconfirmed" | "queued") =>
    messageRow({ id, sentAt, state, direction: "out" });
  const states = ownStates(
    bubblesOf([
      own("a", 1, "sent"),
      own("b", 2, "sent"),
      own("c", 3, "failed"),
      messageRow({ sentAt: 4 }),
      own("d", 5, "sent"),
      own("e", 6, "queued"),
    ]),
    2,
  );
  expect([...states].map(([id, { word, visible }]) => `${id} ${word}${visible ? " shown" : ""}`)).toEqual([
    "a Seen",
    "b Seen shown",
    "c Not sent shown",
    "d Sent",
    "e Sending shown",
  ]);
});
