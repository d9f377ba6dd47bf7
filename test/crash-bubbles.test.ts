import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { MINUTE } from "@/lib/time";
import type { Child } from "./child-process";
import { png } from "./files";
import { type Customer, type LiveDesk, openLiveDesk } from "./live-desk";

/** `kill -9` between the parts of one bubble: after the restart each part has left exactly once, in order. */
let live: LiveDesk;
let server: Child;
let ana: Customer;

beforeAll(async () => {
  live = await openLiveDesk();
  server = await live.start();
});
afterAll(() => live?.close());

beforeEach(async () => {
  ana = await live.newCustomer();
});

const kinds = async () => (await live.ledger(ana)).map(({ kind, text }) => text ?? kind);

test.each([
  ["before a part reached Graph", "hold"],
  ["after Graph took a part, before its answer", "forward"],
] as const)("killed %s, at every part in turn", async (_, moment) => {
  for (let part = 0; part < 4; part += 1) {
    ana = await live.newCustomer();
    const { json } = await live.upload(ana, png());
    live.graph.hold();
    await live.send(ana, [
      { type: "text", text: "Look:" },
      { type: "media", media: "image", uploadIds: [json.id] },
      { type: "like_heart" },
      { type: "text", text: "Well?" },
    ]);
    for (let earlier = 0; earlier < part; earlier += 1) await (await live.graph.nextSend()).answer();
    const send = await live.graph.nextSend();
    if (moment === "forward") await send.forward();
    await server.kill();
    send.drop();
    await live.graph.pass();
    server = await live.start();
    await live.advance(MINUTE + 1000);
    await live.passTimeUntil("everything is sent", async () =>
      (await live.replies(ana)).every((reply) => reply.startsWith("sent ")),
    );
    expect(await kinds()).toEqual(["Look:", "image", "like_heart", "Well?"]);
    const rows = (await live.messages(ana)).filter(({ direction }) => direction === "out");
    expect(rows.map(({ part: place, bubbleId }) => [place, bubbleId === rows[0]?.id])).toEqual(
      [0, 1, 2, 3].map((place) => [place, true]),
    );
  }
});
