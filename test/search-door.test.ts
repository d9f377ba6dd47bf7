import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ingestDeliveries } from "@/lib/meta/ingest-deliveries";
import { createInboxDoor } from "@/server/doors/inbox";
import { addWorkspace, type DeskFixture, deliver, envelope, openDesk } from "./desk-fixture";

const ORIGIN = "http://localhost:3000";

let desk: DeskFixture;
let server: Server;
let address: string;

beforeAll(async () => {
  desk = await openDesk();
  const shop = await addWorkspace(desk, { accountId: "17841400000000001" });
  const said = { sender: { id: "6622334455667788" }, recipient: { id: shop.accountId }, timestamp: Date.now() };
  await deliver(desk, envelope(shop.accountId, { ...said, message: { mid: "m1", text: "Is the blue vase there?" } }));
  while ((await ingestDeliveries(desk.system)) > 0);
  const door = createInboxDoor({
    pool: desk.pool,
    appUrl: ORIGIN,
    readMember: async (cookie) => (cookie === "ours" ? { ...shop.member, pictureUrl: null } : null),
  });
  server = createServer((request, response) => void door(request, response, new URL(request.url ?? "", ORIGIN)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/inbox/search`;
});
afterAll(async () => {
  server.close();
  await desk.close();
});

async function search(query: string, cookie = "ours") {
  const response = await fetch(`${address}${query}`, { headers: { cookie } });
  return { status: response.status, body: await response.json() };
}

test("a question is answered with messages, the place of its words, and with whom", async () => {
  const { status, body } = await search("?q=BLUE%20vas");
  expect(status).toBe(200);
  expect(body).toMatchObject({
    people: [],
    messages: [
      {
        text: "Is the blue vase there?",
        ranges: [
          [7, 11],
          [12, 15],
        ],
        conversation: { contact: { displayName: "Instagram user …7788" } },
      },
    ],
    total: null,
    next: null,
  });
});

test.each(["", "?q=", "?q=%20%20", "?q=%00", "?q=%25", "?q=%FF%FE", "?q='%20%26%20!", "?q=%F0%9F%92%A9&q=vase"])(
  "%s finds nothing and harms nothing",
  async (query) => {
    const { status, body } = await search(query);
    expect(status).toBe(200);
    expect(body).toMatchObject({ people: [], messages: [], next: null });
  },
);

test.each([
  [`?q=${"a".repeat(10_000)}`, 422, "200 characters"],
  ["?q=vase&after=nonsense", 422, "damaged"],
  ["?q=vase&conversation=nonsense", 404, "no such conversation"],
])("%.40s is refused in words", async (query, status, words) => {
  const answer = await search(query);
  expect(answer.status).toBe(status);
  expect(answer.body.error.message).toContain(words);
});

test("nobody searches signed out", async () => {
  expect((await search("?q=vase", "theirs")).status).toBe(401);
});
