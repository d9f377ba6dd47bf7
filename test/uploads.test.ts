import { readFileSync } from "node:fs";
import { request } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Child } from "./child-process";
import { mp4, pdf, png, type TestFile } from "./files";
import { type Customer, type LiveDesk, openLiveDesk } from "./live-desk";
import { until } from "./until";

/** Files pass through the desk to Meta: never kept, checked by their first bytes, in little memory. */
let live: LiveDesk;
let server: Child;
let ana: Customer;

const MB = 1024 * 1024;

beforeAll(async () => {
  live = await openLiveDesk();
  server = await live.start();
  ana = await live.newCustomer();
});
afterAll(() => live?.close());
beforeEach(() => live.emulator.clearFaults());

type Refusal = { error: { code: string; message: string } };

/** Uploads that reached Meta. */
async function arrived(): Promise<number> {
  const { entries } = await live.emulator.get<{ entries: { path: string }[] }>("/_control/requests");
  return entries.filter(({ path }) => path.endsWith("/message_attachments")).length;
}

function memoryMb(field: "VmRSS" | "VmHWM"): number {
  const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
  return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
}

test("a file of 25 MB goes through in less than 60 MB of extra memory, and nothing of it stays", async () => {
  const before = memoryMb("VmRSS");
  const { status, json } = await live.upload(ana, mp4(25 * MB));
  expect(json).toMatchObject({ media: "video", name: "kiln.mp4", bytes: 25 * MB });
  expect(status).toBe(201);
  expect(memoryMb("VmHWM") - before).toBeLessThan(60);
  const { rows } = await live.desk.pool.query("select pg_database_size(current_database()) as bytes");
  expect(rows[0].bytes).toBeLessThan(25 * MB);
});

const svg: TestFile = {
  name: "logo.svg",
  type: "image/svg+xml",
  bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
};

const HOSTILE: [what: string, file: TestFile, status: number, words: RegExp][] = [
  [
    "a wrong type",
    { name: "a.exe", type: "application/x-msdownload", bytes: Buffer.from("MZ  ") },
    422,
    /none of them/,
  ],
  ["wrong first bytes", { ...png(), bytes: Buffer.from("not a picture at all") }, 422, /none of them/],
  ["a picture that is a PDF", { ...pdf(), type: "image/png" }, 422, /calls itself image\/png, but it is/],
  ["an SVG", svg, 422, /no SVG/],
  ["an SVG that calls itself a PNG", { ...svg, type: "image/png" }, 422, /no SVG/],
  ["a decompression bomb", png(50_000, 50_000), 422, /50000 × 50000 pixels; 50 million in all are the most/],
  ["a picture without a size", png(0, 0), 422, /damaged: its size cannot be read/],
  [
    "complaint 45: a voice note in Ogg",
    { name: "v.ogg", type: "audio/ogg", bytes: Buffer.from("OggS\0") },
    422,
    /no Ogg/,
  ],
  ["an empty file", { ...png(), bytes: Buffer.alloc(0) }, 422, /empty/],
  ["a picture over 8 MB", { ...png(), bytes: Buffer.concat([png().bytes, Buffer.alloc(8 * MB)]) }, 413, /8 MB at most/],
  ["a film over 25 MB", mp4(25 * MB + 1), 413, /25 MB at most/],
];

test.each(HOSTILE)("%s is refused in words before anything reaches Meta", async (_, file, status, words) => {
  const before = await arrived();
  const answer = await live.upload<Refusal>(ana, file);
  expect(answer).toMatchObject({ status, json: { error: { message: expect.stringMatching(words) } } });
  expect(await arrived()).toBe(before);
});

test("only members, from the desk's own pages, for their own conversations, with a length", async () => {
  const path = `/api/inbox/uploads?conversation=${ana.conversationId}&name=a.png`;
  const { cookie } = live.shop;
  const type = "image/png";
  expect(await post(path, { cookie: "", origin: live.url, "content-type": type }, png().bytes)).toBe(401);
  expect(await post(path, { cookie, origin: "https://evil.example", "content-type": type }, png().bytes)).toBe(403);
  expect(await post(path, { cookie, "content-type": type }, png().bytes)).toBe(403);
  const chunked = { cookie, origin: live.url, "content-type": type, "transfer-encoding": "chunked" };
  expect(await post(path, chunked, png().bytes)).toBe(422);
  const stranger = path.replace(ana.conversationId, "00000000-0000-7000-8000-000000000000");
  expect(await post(stranger, { cookie, origin: live.url, "content-type": type }, png().bytes)).toBe(404);
});

test("an upload that breaks off leaves nothing behind, and the next one goes through", async () => {
  const call = request(`${live.url}/api/inbox/uploads?conversation=${ana.conversationId}&name=a.mp4`, {
    method: "POST",
    headers: {
      cookie: live.shop.cookie,
      origin: live.url,
      "content-type": "video/mp4",
      "content-length": 10 * MB,
    },
  });
  call.on("error", () => undefined);
  await new Promise((written) => call.write(mp4(MB).bytes, written));
  call.destroy();
  expect((await live.upload(ana, png())).status).toBe(201);
  const { rows } = await live.desk.pool.query("select name from upload where name = 'a.mp4'");
  expect(rows).toEqual([]);
});

test("what Meta says against a file is told in words; an ended login stops the channel", async () => {
  const fault = (body: object) =>
    live.emulator.post("/_control/faults", {
      path: `/${live.shop.pageId}/message_attachments`,
      kind: "error",
      ...body,
    });
  await fault({ code: 100, subcode: 2018294 });
  expect(await live.upload<Refusal>(ana, mp4())).toMatchObject({
    status: 502,
    json: { error: { message: expect.stringContaining("another format or a smaller size") } },
  });
  await fault({ code: 613 });
  expect(await live.upload<Refusal>(ana, mp4())).toMatchObject({
    status: 429,
    json: { error: { message: expect.stringContaining("asks for a pause") } },
  });
  await fault({ code: 190, subcode: 463 });
  expect(await live.upload<Refusal>(ana, mp4())).toMatchObject({
    status: 502,
    json: { error: { message: expect.stringContaining("Reconnect the channel") } },
  });
  await until("the channel is broken", async () => {
    const { json } = await live.api<{ channels: { state: string }[] }>("GET", "/channels");
    return json.channels[0]?.state === "broken";
  });
});

function post(path: string, headers: Record<string, string>, body: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(`${live.url}${path}`, { method: "POST", headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.on("error", reject);
    call.end(body);
  });
}
