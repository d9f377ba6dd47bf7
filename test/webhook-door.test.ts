import { request } from "node:http";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MINUTE } from "@/lib/time";
import type { Child } from "./child-process";
import { holdConversation } from "./hold-conversation";
import { FACEBOOK_APP, type LiveDesk, openLiveDesk } from "./live-desk";
import { type Posted, postDelivery, postRaw, signatureOf } from "./meta-post";
import { until } from "./until";

/** The door that Meta knocks at: what is not Meta's is refused and leaves no trace, what is Meta's is kept or asked for again. */
let live: LiveDesk;
let server: Child;

const { secret, id, verifyToken } = FACEBOOK_APP;

beforeAll(async () => {
  live = await openLiveDesk();
  server = await live.start({ worker: "off" });
});
afterAll(() => live?.close());

/** In Meta's byte form: `\uXXXX` and `\/`. */
function metaBody(text = "Gr\\u00fc\\u00dfe \\ud83d\\ude00 https:\\/\\/example.com"): string {
  const account = live.shop.accountId;
  return `{"object":"instagram","entry":[{"time":1795000000000,"id":"${account}","messaging":[{"sender":{"id":"4001"},"recipient":{"id":"${account}"},"timestamp":1795000000000,"message":{"mid":"m-signed","text":"${text}"}}]}]}`;
}

async function stored(): Promise<Record<string, number>> {
  const { rows } = await live.desk.db.execute<Record<string, number>>(sql`
    select (select count(*) from delivery)::int as deliveries, (select count(*) from set_aside)::int as aside,
      (select count(*) from message)::int as messages, (select count(*) from contact)::int as contacts, (select count(*) from event)::int as events`);
  return rows[0] ?? {};
}

function send(
  method: string,
  path: string,
  body?: Buffer | AsyncIterable<Buffer>,
  headers: Record<string, string> = {},
) {
  return new Promise<Posted>((resolve, reject) => {
    const call = request(`${live.url}/`, { method, path, headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }));
    });
    call.on("error", reject);
    if (body === undefined || Buffer.isBuffer(body)) call.end(body);
    else void pour(body, call);
  });
}

async function pour(chunks: AsyncIterable<Buffer>, into: ReturnType<typeof request>): Promise<void> {
  for await (const chunk of chunks) if (!into.write(chunk)) await new Promise((resolve) => into.once("drain", resolve));
  into.end();
}

test("a body in Meta's own byte form under its signature is kept as it is, byte by byte", async () => {
  expect(await postDelivery(live.webhookUrl, metaBody(), secret)).toBe(200);
  expect(await postDelivery(`${live.webhookUrl}/${id}`, metaBody(), secret)).toBe(200);
  const { rows } = await live.desk.db.execute<{ body: Buffer; app: string }>(
    sql`select body, facebook_app_id as app from delivery`,
  );
  expect(rows.map((row) => [row.app, row.body.toString("utf8")])).toEqual([
    [id, metaBody()],
    [id, metaBody()],
  ]);
});

const FORGERIES: [string, (body: string) => { body?: string; headers: Record<string, string> }][] = [
  ["no signature", () => ({ headers: {} })],
  ["an empty signature", () => ({ headers: { "x-hub-signature-256": "" } })],
  ["a random signature", () => ({ headers: { "x-hub-signature-256": `sha256=${"a1".repeat(32)}` } })],
  ["a truncated signature", (body) => ({ headers: { "x-hub-signature-256": signatureOf(body, secret).slice(0, -2) } })],
  ["a lengthened signature", (body) => ({ headers: { "x-hub-signature-256": `${signatureOf(body, secret)}00` } })],
  [
    "a signature without its method",
    (body) => ({ headers: { "x-hub-signature-256": signatureOf(body, secret).slice(7) } }),
  ],
  ["sha1 alone", (body) => ({ headers: { "x-hub-signature": signatureOf(body, secret, "sha1") } })],
  [
    "sha1 in the place of sha256",
    (body) => ({ headers: { "x-hub-signature-256": signatureOf(body, secret, "sha1") } }),
  ],
  [
    "the signature of another secret",
    (body) => ({ headers: { "x-hub-signature-256": signatureOf(body, `${secret}x`) } }),
  ],
  ["the signature of an empty body", () => ({ headers: { "x-hub-signature-256": signatureOf("", secret) } })],
  [
    "a body that was parsed and written anew",
    (body) => ({
      body: JSON.stringify(JSON.parse(body)),
      headers: { "x-hub-signature-256": signatureOf(body, secret) },
    }),
  ],
  [
    "a body with one more blank",
    (body) => ({ body: `${body} `, headers: { "x-hub-signature-256": signatureOf(body, secret) } }),
  ],
  [
    "two signatures, one of them right",
    (body) => ({ headers: { "x-hub-signature-256": `sha256=${"0".repeat(64)}, ${signatureOf(body, secret)}` } }),
  ],
];

test.each(FORGERIES)("401 for %s, and nothing is stored", async (_what, forge) => {
  const before = await stored();
  const { body = metaBody(), headers } = forge(metaBody());
  expect((await postRaw(live.webhookUrl, body, headers)).status).toBe(401);
  expect(await stored()).toEqual(before);
});

test("413 for 10 MB, announced or poured, signed or not, and nothing is stored", async () => {
  const before = await stored();
  const large = Buffer.from(metaBody("x".repeat(10 * 1024 * 1024)));
  expect(await postDelivery(live.webhookUrl, large, secret)).toBe(413);
  async function* chunks() {
    for (let at = 0; at < large.length; at += 65_536) yield large.subarray(at, at + 65_536);
  }
  const signature = { "x-hub-signature-256": signatureOf(large, secret) };
  expect((await send("POST", "/webhooks/instagram", chunks(), signature)).status).toBe(413);
  expect(await stored()).toEqual(before);
});

test("the handshake echoes the challenge to who knows the token, and to nobody else", async () => {
  const shake = (query: Record<string, string>) => send("GET", `/webhooks/instagram?${new URLSearchParams(query)}`);
  const good = { "hub.mode": "subscribe", "hub.verify_token": verifyToken, "hub.challenge": "1158201444" };
  expect(await shake(good)).toMatchObject({ status: 200, text: "1158201444" });
  expect((await send("GET", `/webhooks/instagram/${id}?${new URLSearchParams(good)}`)).status).toBe(200);
  for (const bad of [
    { ...good, "hub.verify_token": "another" },
    { ...good, "hub.verify_token": "" },
    { ...good, "hub.mode": "unsubscribe" },
    { ...good, "hub.challenge": "" },
    { ...good, "hub.challenge": "<script>alert(1)</script>" },
    {},
  ]) {
    const refused = await shake(bad);
    expect(refused.status).toBe(403);
    expect(refused.text).not.toContain(verifyToken);
    expect(refused.text).not.toContain("<script>");
  }
});

test("other methods, other apps and mangled addresses are refused in words, not with a crash", async () => {
  for (const [method, path, status] of [
    ["PUT", "/webhooks/instagram", 405],
    ["DELETE", "/webhooks/instagram", 405],
    ["POST", "/webhooks/instagram/123456", 404],
    ["GET", "/webhooks/instagramm", 404],
    ["GET", "//", 404],
    ["GET", "//[", 404],
    ["GET", "http://[/webhooks/instagram", 400],
    ["GET", "/api/inbox/%", 401],
    ["GET", "/api/inbox/conversations/%00", 401],
  ] as const) {
    expect([path, (await send(method, path)).status]).toEqual([path, status]);
  }
});

test("503 while the database is away; once it is back Meta's retry brings the message", async () => {
  await server.stop();
  server = await live.start();
  await live.newCustomer("before");
  await live.database.takeAway();
  const refused = await postRaw(live.webhookUrl, metaBody(), {
    "x-hub-signature-256": signatureOf(metaBody(), secret),
  });
  expect(refused).toMatchObject({ status: 503, headers: { "retry-after": "5" } });
  const said = await live.emulator.post<{ mid: string }>("/_play/send", {
    customerId: "ana.lima",
    igId: live.shop.accountId,
    text: "Is anybody there?",
  });
  await live.emulator.get("/_control/idle");
  await live.database.bringBack();
  await until("the message is shown", async () => {
    await live.emulator.post("/_control/clock", { advanceMs: 1000 });
    const { rows } = await live.desk.db.execute(sql`select 1 from message where external_id = ${said.mid}`);
    return rows.length === 1;
  });
});

test("a database that goes away in the middle of a projection costs neither the process nor the message", async () => {
  const ana = await live.newCustomer("before");
  const conversation = await holdConversation(live.desk.url, ana.conversationId);
  await live.emulator.post("/_play/send", { customerId: ana.id, igId: live.shop.accountId, text: "in the middle" });
  await conversation.wanted();
  await live.database.takeAway();
  await conversation.release();
  expect((await send("GET", "/healthz")).status).toBe(200);
  await live.database.bringBack();
  await live.advance(MINUTE + 1000);
  await until("it is shown", async () => (await live.messages(ana)).at(-1)?.text === "in the middle");
  expect(await live.messages(ana)).toHaveLength(2);
});

test("503 while the database keeps silent, and 200 as soon as a new connection answers", async () => {
  await live.newCustomer("before");
  live.database.fallSilent();
  expect(await postDelivery(live.webhookUrl, metaBody(), secret)).toBe(503);
  await live.database.answerNewcomers();
  await until("deliveries are taken", async () => (await postDelivery(live.webhookUrl, metaBody(), secret)) === 200);
});
