import { createHash } from "node:crypto";
import SunshineConversations from "sunshine-conversations-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { publicId } from "@/lib/api/public-id";
import { createApiKey } from "@/lib/auth/create-api-key";
import { processHandles } from "@/lib/process-handles";
import { sweep } from "@/server/sweep";
import { mp4, png } from "./files";
import { type Customer, type LiveDesk, openLiveDesk } from "./live-desk";
import { until } from "./until";

/** Files of the public API: uploaded by the official client, served to the world, sent to Instagram. */
let live: LiveDesk;
let customer: Customer;
let appId: string;
let conversationId: string;
let key: { id: string; secret: string };

beforeAll(async () => {
  live = await openLiveDesk();
  await live.start();
  customer = await live.newCustomer("Show me the bowl");
  appId = publicId(live.shop.workspaceId);
  conversationId = publicId(customer.conversationId);
  const { keyring } = processHandles();
  if (!keyring) throw new Error("openLiveDesk comes first");
  const { workspaceId } = live.shop;
  key = await createApiKey(live.desk.db, keyring, {
    scope: "app",
    workspaceId,
    name: "Test",
    people: true,
    createdBy: null,
  });
});
afterAll(() => live.close());

function client() {
  const api = new SunshineConversations.ApiClient();
  api.basePath = live.url;
  api.authentications.basicAuth.username = key.id;
  api.authentications.basicAuth.password = key.secret;
  return api;
}

const attachments = () => new SunshineConversations.AttachmentsApi(client());

async function upload(bytes: Buffer, options: object = {}) {
  const { attachment } = await attachments().uploadAttachment(appId, "public", bytes, options);
  return attachment as { mediaUrl: string; mediaType: string };
}

/** The desk's public address is another than the one that it listens at here. */
function reach(mediaUrl: string, init: RequestInit = {}) {
  return fetch(live.url + new URL(mediaUrl).pathname, init);
}

async function send(type: "image" | "file", mediaUrl: string, text: string) {
  const { messages } = await new SunshineConversations.MessagesApi(client()).postMessage(appId, conversationId, {
    author: { type: "business" },
    content: { type, mediaUrl, text },
  });
  await until(`"${text}" reaches Instagram`, async () =>
    (await live.ledger(customer)).some((entry) => entry.text === text),
  );
  return messages[0];
}

async function raw(query: string, body: BodyInit, headers: Record<string, string> = {}) {
  const authorization = `Basic ${Buffer.from(`${key.id}:${key.secret}`).toString("base64")}`;
  const response = await fetch(`${live.url}/v2/apps/${appId}/attachments${query}`, {
    method: "POST",
    body,
    headers: { authorization, ...headers },
  });
  return { status: response.status, json: await response.json() };
}

function form(bytes: Buffer, options: { type?: string; part?: string; name?: string } = {}): FormData {
  const body = new FormData();
  const { type = "application/octet-stream", part = "source", name = "file" } = options;
  body.set(part, new Blob([new Uint8Array(bytes)], { type }), name);
  return body;
}

test("a buffer without a name is served byte for byte, whole and in pieces, under the type that it has", async () => {
  // Holds what a parser that takes it for text would spoil, and a line that looks like the end of a part.
  const picture = Buffer.concat([png().bytes, Buffer.from("\r\n--\r\n"), Buffer.from([0, 0xff, 0xfe, 0x80])]);
  const { mediaUrl, mediaType } = await upload(picture);
  expect(mediaType).toBe("image/png");
  const served = await reach(mediaUrl);
  expect(served.status).toBe(200);
  expect(served.headers.get("content-type")).toBe("image/png");
  expect(served.headers.get("content-disposition")).toBe("inline");
  expect(served.headers.get("x-content-type-options")).toBe("nosniff");
  expect(sha(Buffer.from(await served.arrayBuffer()))).toBe(sha(picture));

  const film = await upload(mp4(3_000_000).bytes);
  expect(film.mediaType).toBe("video/mp4");
  const piece = await reach(film.mediaUrl, { headers: { range: "bytes=1048570-2097160" } });
  expect([piece.status, piece.headers.get("content-range")]).toEqual([206, "bytes 1048570-2097160/3000000"]);
  const expected = mp4(3_000_000).bytes.subarray(1_048_570, 2_097_161);
  expect(sha(Buffer.from(await piece.arrayBuffer()))).toBe(sha(expected));
  expect((await reach(film.mediaUrl, { headers: { range: "bytes=3000000-" } })).status).toBe(416);
});

test.each([
  ["HTML", "<!doctype html><script>alert(1)</script>", "text/html"],
  ["SVG", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "application/octet-stream"],
  ["XML", '<?xml version="1.0"?><a/>', "text/xml"],
])("%s is a download and nothing that runs", async (_what, text, type) => {
  const { status, json } = await raw("?access=public", form(Buffer.from(text), { type, name: 'a"b.html' }));
  expect(status).toBe(201);
  expect(json.attachment.mediaType).toBe("application/octet-stream");
  const served = await reach(json.attachment.mediaUrl);
  expect(served.headers.get("content-type")).toBe("application/octet-stream");
  expect(served.headers.get("content-disposition")).toMatch(/^attachment; filename\*=UTF-8''[\w%.]+$/);
  expect(served.headers.get("x-content-type-options")).toBe("nosniff");
  expect(served.headers.get("content-security-policy")).toContain("sandbox");
});

test("what was uploaded is sent to Instagram without a call to this desk", async () => {
  const { mediaUrl } = await upload(png().bytes, { _for: "message", conversationId });
  // This address answers nowhere: it is the desk's own, and the desk is not reached by it here.
  const message = await send("image", mediaUrl, "This bowl");
  expect(message.content).toMatchObject({ type: "image", mediaUrl });
  expect((await live.ledger(customer)).slice(-2).map(({ kind }) => kind)).toEqual(["image", "text"]);
  await expect(send("image", `${mediaUrl}x`, "No file")).rejects.toMatchObject({
    status: 400,
    body: { errors: [{ title: expect.stringContaining("content.mediaUrl") }] },
  });
});

test("what was uploaded for a message and never sent ends after a week; other files stay until they are removed", async () => {
  const unused = await upload(png().bytes, { _for: "message" });
  const kept = await upload(png().bytes);
  const used = await upload(png().bytes, { _for: "message" });
  await send("image", used.mediaUrl, "Used");
  await live.advance(8 * 24 * 60 * 60 * 1000);
  await sweep(live.desk.system);
  expect((await reach(unused.mediaUrl)).status).toBe(404);
  expect((await reach(used.mediaUrl)).status).toBe(200);
  expect((await reach(kept.mediaUrl)).status).toBe(200);
  await attachments().deleteAttachment(appId, { mediaUrl: kept.mediaUrl });
  expect((await reach(kept.mediaUrl)).status).toBe(404);
});

describe("what cannot be meant", () => {
  test.each([
    ["JSON", () => raw("?access=public", "{}", { "content-type": "application/json" }), 415, "multipart/form-data"],
    ["no access", () => raw("", form(png().bytes)), 400, "access"],
    ["private access", () => raw("?access=private", form(png().bytes)), 400, "access"],
    ["another purpose", () => raw("?access=public&for=user", form(png().bytes)), 400, "for"],
    ["no conversation", () => raw(`?access=public&conversationId=${"0".repeat(24)}`, form(png().bytes)), 404, "Conv"],
    ["another part", () => raw("?access=public", form(png().bytes, { part: "file" })), 400, "source"],
    ["an empty file", () => raw("?access=public", form(Buffer.alloc(0))), 400, "source"],
    ["a false claim", () => raw("?access=public", form(Buffer.from("MZ"), { type: "image/png" })), 415, "source"],
    ["26 MB", () => raw("?access=public", form(Buffer.alloc(26 * 1024 * 1024))), 413, "25 MB"],
    [
      "no end",
      () =>
        raw("?access=public", "--x\r\ncontent-disposition: form-data", {
          "content-type": "multipart/form-data; boundary=x",
        }),
      400,
      "multipart/form-data",
    ],
  ] as const)("%s", async (_what, ask, status, words) => {
    const answered = await ask();
    expect(answered.status).toBe(status);
    expect(answered.json.errors[0].title).toContain(words);
  });

  test("removing what is not here", async () => {
    const remove = (mediaUrl: string) => attachments().deleteAttachment(appId, { mediaUrl });
    const { mediaUrl } = await upload(png().bytes);
    await expect(remove("https://badhost.example/image.png")).rejects.toMatchObject({ status: 400 });
    await remove(mediaUrl);
    await expect(remove(mediaUrl)).rejects.toMatchObject({ status: 404, body: { errors: [{ code: "not_found" }] } });
  });
});

function sha(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
