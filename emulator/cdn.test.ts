import { get } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Json, TestClient } from "./test-client";

const HOUR_MS = 60 * 60 * 1000;

let client: TestClient;
let igId: string;
beforeAll(async () => {
  client = await TestClient.start();
  igId = (await client.control("/pages")).pages.find((page: Json) => page.username === "nora.ceramics").igId;
});
beforeEach(() => client.control("/reset", {}));
afterAll(() => client.close());

/** A fetch as a browser makes it for an `img`. Node's fetch may not set these headers. */
function browse(url: string): Promise<{ status: number; type: string; bytes: Buffer; policy: unknown }> {
  const headers = { "sec-fetch-dest": "image", "sec-fetch-mode": "no-cors", "sec-fetch-site": "cross-site" };
  return new Promise((resolve, reject) => {
    get(url, { headers }, (res) => {
      const chunks: Buffer[] = [];
      res.on("data", (chunk: Buffer) => chunks.push(chunk));
      res.on("end", () =>
        resolve({
          status: res.statusCode ?? 0,
          type: res.headers["content-type"] ?? "",
          bytes: Buffer.concat(chunks),
          policy: res.headers["cross-origin-resource-policy"],
        }),
      );
    }).on("error", reject);
  });
}

const mention = async (more: Json = {}) =>
  (await client.play("/story-mention", { customerId: "ana.lima", igId, ...more })).story;

test("a story can be seen for 24 hours of the emulator's clock", async () => {
  const { url } = await mention();
  const shown = await browse(url);
  expect(shown).toMatchObject({ status: 200, type: "image/png", policy: "cross-origin" });
  expect(shown.bytes.subarray(1, 4).toString()).toBe("PNG");
  await client.control("/clock", { advanceMs: 24 * HOUR_MS - 60_000 });
  expect((await browse(url)).status).toBe(200);
  await client.control("/clock", { advanceMs: 120_000 });
  expect((await browse(url)).status).toBe(404);
});

test("a story that is ended is gone at once, others stay", async () => {
  const [one, other] = [await mention(), await mention()];
  await client.play("/story/end", { storyId: one.id });
  expect((await browse(one.url)).status).toBe(404);
  expect((await browse(other.url)).status).toBe(200);
  expect((await browse((await mention({ ago: 25 * HOUR_MS })).url)).status).toBe(404);
});

test("a server is refused and counted", async () => {
  const { url } = await mention();
  expect((await fetch(url)).status).toBe(403);
  const bare = await new Promise<number>((resolve, reject) => {
    get(url, (res) => resolve(res.resume().statusCode ?? 0)).on("error", reject);
  });
  expect(bare).toBe(403);
  await browse(url);
  expect(await client.control("/cdn")).toEqual({ counts: { story: { browser: 1, server: 2 } } });
});

test("addresses are signed, those of profile pictures for a few days", async () => {
  const { url } = await mention();
  expect((await browse(url.replace(/signature=.*/, "signature=forged"))).status).toBe(403);
  const { customers } = await client.get("/_play/state");
  const { picture } = customers[0];
  expect((await browse(picture)).status).toBe(200);
  await client.control("/clock", { advanceMs: 5 * 24 * HOUR_MS });
  expect((await browse(picture)).status).toBe(403);
});

test("an uploaded picture is sent and shown as it is", async () => {
  const bytes = (await browse((await client.get("/_play/state")).samples[0].url)).bytes;
  const upload = await fetch(`${client.running.url}/_play/upload`, {
    method: "POST",
    headers: { "content-type": "image/png" },
    body: new Uint8Array(bytes),
  });
  const { mediaId } = (await upload.json()) as Json;
  const { thread } = await client.play("/send", { customerId: "ana.lima", igId, images: [mediaId] });
  expect((await browse(thread.messages[0].attachments[0].url)).bytes.equals(bytes)).toBe(true);
  const text = await fetch(`${client.running.url}/_play/upload`, {
    method: "POST",
    headers: { "content-type": "text/html" },
    body: "<b>",
  });
  expect(text.status).toBe(415);
});
