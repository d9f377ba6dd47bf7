import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { listConversations } from "@/lib/inbox/list-conversations";
import { reportMediaGone } from "@/lib/inbox/lost-media";
import { readChanges } from "@/lib/inbox/read-changes";
import { readThread } from "@/lib/inbox/read-thread";
import {
  addWorkspace,
  type DeskFixture,
  deliver,
  envelope,
  openDesk,
  type WorkspaceFixture,
} from "@/test/desk-fixture";
import { useSettings } from "@/test/settings";
import { ingestDeliveries } from "./ingest-deliveries";
import { refreshMedia } from "./refresh-media";

let desk: DeskFixture;
let shop: WorkspaceFixture;
let graph: Server;
let asked: URL[] = [];
let answer: { status: number; body: object };
let account = 17841400300000000n;

beforeAll(async () => {
  graph = createServer((request, response) => {
    asked.push(new URL(request.url ?? "", "http://graph"));
    response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => graph.listen(0, "127.0.0.1", resolve));
  useSettings({ FACEBOOK_GRAPH_URL: `http://127.0.0.1:${(graph.address() as AddressInfo).port}` });
  desk = await openDesk();
});
afterAll(async () => {
  graph.closeAllConnections();
  graph.close();
  await desk?.close();
});
beforeEach(async () => {
  asked = [];
  account += 1n;
  shop = await addWorkspace(desk, { accountId: String(account) });
});

const OLD = "https://lookaside.fbsbx.com/old";
const NEW = "https://lookaside.fbsbx.com/new";

/** A message with one attachment of each kind, and what a browser then reports of it. */
async function messageWith(...types: string[]) {
  await deliver(
    desk,
    envelope(shop.accountId, {
      sender: { id: "6622" },
      recipient: { id: shop.accountId },
      timestamp: Date.now(),
      message: {
        mid: `m-${shop.accountId}`,
        text: "Look",
        attachments: types.map((type, i) => ({ type, payload: { url: `${OLD}-${i}`, title: `${type} ${i}` } })),
      },
    }),
  );
  while ((await ingestDeliveries(desk.system)) > 0);
  return (await only()).id;
}

async function only() {
  const { conversations } = await listConversations(shop.ctx, {});
  const { messages } = await readThread(shop.ctx, { conversationId: conversations[0]?.id ?? "" });
  const [message] = messages;
  if (!message) throw new Error("no message");
  return message;
}

async function jobs() {
  const { rows } = await desk.db.execute<{ payload: { workspaceId: string; messageId: string } }>(
    sql`select payload from job where queue = 'media' and payload ->> 'workspaceId' = ${shop.workspaceId}`,
  );
  return rows.map((row) => row.payload);
}

async function refresh() {
  const [job] = await jobs();
  if (!job) throw new Error("no job");
  return refreshMedia(desk.system, job);
}

test("complaint 21: media whose addresses ended get new ones from Graph, live, asked once for all browsers", async () => {
  const id = await messageWith("image", "ig_post", "video", "file");
  await Promise.all(Array.from({ length: 5 }, () => reportMediaGone(shop.ctx, { messageId: id })));
  await reportMediaGone(shop.ctx, { messageId: id });
  expect(await jobs()).toHaveLength(1);
  const { through } = await readChanges(desk.db, shop.workspaceId, 0);
  answer = {
    status: 200,
    body: {
      id: "m",
      attachments: {
        data: [
          { image_data: { url: `${NEW}-image` } },
          { video_data: { url: `${NEW}-video` } },
          { file_url: `${NEW}-file` },
        ],
      },
      shares: { data: [{ link: "https://www.instagram.com/p/Cabc/" }] },
    },
  };
  expect(await refresh()).toBe("done");
  expect(asked.map((url) => [url.pathname.split("/").at(-1), url.searchParams.get("fields")])).toEqual([
    [`m-${shop.accountId}`, "attachments,shares"],
  ]);
  expect((await only()).attachments.map(({ type, url, permalink, title }) => [type, url, permalink, title])).toEqual([
    ["image", `${NEW}-image`, null, "image 0"],
    ["post", null, "https://www.instagram.com/p/Cabc/", "ig_post 1"],
    ["video", `${NEW}-video`, null, "video 2"],
    ["file", `${NEW}-file`, null, "file 3"],
  ]);
  expect((await readChanges(desk.db, shop.workspaceId, through)).messages.map((message) => message.id)).toEqual([id]);
});

test("complaint 1: what Instagram tells nothing of any more stays as it is, and is not asked for again", async () => {
  const id = await messageWith("image", "audio", "ig_story");
  await reportMediaGone(shop.ctx, { messageId: id });
  answer = { status: 400, body: { error: { code: 100, error_subcode: 33, message: "Unsupported get request." } } };
  expect(await refresh()).toBe("done");
  expect(await only()).toMatchObject({
    text: "Look",
    kind: "image",
    // Others may still load it; a story's end is its end for everybody.
    attachments: [{ url: `${OLD}-0` }, { url: `${OLD}-1` }, { url: null }],
  });
  await desk.db.execute(sql`delete from job where queue = 'media'`);
  await reportMediaGone(shop.ctx, { messageId: id });
  expect(await jobs()).toEqual([]);
});

test("complaint 1: an outage of Facebook takes nothing away; it is asked again", async () => {
  const id = await messageWith("image");
  await reportMediaGone(shop.ctx, { messageId: id });
  answer = { status: 500, body: { error: { code: 2, message: "Service temporarily unavailable" } } };
  expect(await refresh()).toMatchObject({ again: expect.any(Number) });
  expect((await only()).attachments[0]?.url).toBe(`${OLD}-0`);
});

test("an unsend while Graph is asked wins", async () => {
  const id = await messageWith("image");
  await reportMediaGone(shop.ctx, { messageId: id });
  answer = { status: 200, body: { attachments: { data: [{ image_data: { url: NEW } }] } } };
  const asking = refresh();
  await desk.db.execute(sql`update message set attachments = null, unsent_at = desk_now() where id = ${id}`);
  await asking;
  expect(JSON.stringify(await only())).not.toContain("lookaside");
});

test("nobody reports another workspace's media, or media that are none", async () => {
  const id = await messageWith("image");
  const other = await addWorkspace(desk, { accountId: String(account + 1000n) });
  await expect(reportMediaGone(other.ctx, { messageId: id })).rejects.toMatchObject({ code: "not_found" });
  await expect(reportMediaGone(shop.ctx, { messageId: "nothing" })).rejects.toMatchObject({ code: "not_found" });
  expect(await jobs()).toEqual([]);
});
