import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FACEBOOK_APP, type LiveDesk, openLiveDesk } from "./live-desk";
import { postDelivery } from "./meta-post";
import { randomNumbers } from "./random-numbers";
import { until } from "./until";

/** Whatever stands in a body under Meta's signature: 200, shown or set aside with a reason, and its neighbours are shown. */
let live: LiveDesk;
let cases = 0;

beforeAll(async () => {
  live = await openLiveDesk();
  await live.start();
});
afterAll(() => live?.close());

const AT = 1795000000000;
const post = (body: Buffer | string) => postDelivery(live.webhookUrl, body, FACEBOOK_APP.secret);
const party = (id: string) => `"sender":{"id":"${id}"},"recipient":{"id":"${live.shop.accountId}"},"timestamp":${AT}`;
const good = (person: string, text: string) =>
  `{${party(person)},"message":{"mid":"${person}-${text}","text":"${text}"}}`;
const wrap = (...items: string[]) =>
  `{"object":"instagram","entry":[{"time":${AT},"id":"${live.shop.accountId}","messaging":[${items.join(",")}]}]}`;

async function projected(): Promise<void> {
  await until("everything is projected", async () => {
    const { rows } = await live.desk.db.execute(sql`select 1 from delivery limit 1`);
    return rows.length === 0;
  });
}

type Shown = { kind: string; text: string | null };

async function shown(person: string): Promise<Shown[]> {
  const { rows } = await live.desk.db.execute<Shown>(sql`
    select m.kind, m.text from message m join conversation c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
    join contact p on p.workspace_id = c.workspace_id and p.id = c.contact_id
    where p.channel_id = ${live.shop.channelId} and p.external_id = ${person} order by m.arrival`);
  return rows;
}

async function reasons(): Promise<string[]> {
  const { rows } = await live.desk.db.execute<{ reason: string }>(sql`
    delete from set_aside returning reason`);
  return rows.map((row) => row.reason);
}

const NUL = "\\u0000";
const LONE = "\\ud83d";
/** 60 UTF-16 units end in the middle of the last character. */
const CUT = `${"k".repeat(59)}\\ud83d\\ude00`;

/** Items between two good neighbours of the same sender; `$` stands for sender, recipient and time. */
const HOSTILE_ITEMS: Record<string, string> = {
  "a text with NUL": `{$,"message":{"mid":"1","text":"a${NUL}b"}}`,
  "a text with a lone surrogate": `{$,"message":{"mid":"2","text":"a${LONE}b"}}`,
  "a text of NUL alone": `{$,"message":{"mid":"3","text":"${NUL}"}}`,
  "a message id with NUL": `{$,"message":{"mid":"4${NUL}","text":"x"}}`,
  "a message id with a lone surrogate": `{$,"message":{"mid":"5${LONE}","text":"x"}}`,
  "a message id of 10,000 characters": `{$,"message":{"mid":"${"m".repeat(10_000)}","text":"x"}}`,
  "an id cut inside a character": `{$,"message":{"mid":"${"m".repeat(499)}\\ud83d\\ude00${"m".repeat(100)}","text":"x"}}`,
  "an empty message id": `{$,"message":{"mid":"","text":"x"}}`,
  "a numeric message id": `{$,"message":{"mid":9007199254740991,"text":"numeric"}}`,
  "a rounded message id": `{$,"message":{"mid":90071992547409931,"text":"x"}}`,
  "a text of 100,000 characters": `{$,"message":{"mid":"6","text":"${"t".repeat(100_000)}"}}`,
  "a numeric text": `{$,"message":{"mid":"7","text":42}}`,
  "a null text": `{$,"message":{"mid":"8","text":null}}`,
  "a null message": `{$,"message":null}`,
  "an empty message": `{$,"message":{}}`,
  "a message that is a list": `{$,"message":[]}`,
  "a message that is a text": `{$,"message":"hello"}`,
  "attachments that are no list": `{$,"message":{"mid":"9","attachments":{"type":"image"}}}`,
  "an attachment without a type": `{$,"message":{"mid":"10","attachments":[{}]}}`,
  "an unknown attachment": `{$,"message":{"mid":"11","attachments":[{"type":"hologram","payload":{"url":"https://e.com/h"}}]}}`,
  "an attachment type with NUL and surrogates": `{$,"message":{"mid":"12","attachments":[{"type":"a${NUL}${LONE}"}]}}`,
  "an attachment type cut inside a character": `{$,"message":{"mid":"13","attachments":[{"type":"${CUT}"}]}}`,
  "a picture at javascript:": `{$,"message":{"mid":"14","attachments":[{"type":"image","payload":{"url":"javascript:alert(1)"}}]}}`,
  "a picture with a NUL address": `{$,"message":{"mid":"15","attachments":[{"type":"image","payload":{"url":"https://e.com/${NUL}${LONE}"}}]}}`,
  "a thousand attachments": `{$,"message":{"mid":"16","attachments":[${Array(1000).fill('{"type":"image","payload":{"url":"https://e.com/1"}}').join(",")}]}}`,
  "a story with bad ids": `{$,"message":{"mid":"17","text":"x","reply_to":{"story":{"id":"${NUL}","url":"${LONE}"}}}}`,
  "a story whose address is a list": `{$,"message":{"mid":"18","text":"story","reply_to":{"story":{"id":"1","url":[1]}}}}`,
  "a reply to an id with NUL": `{$,"message":{"mid":"19","text":"x","reply_to":{"mid":"${NUL}"}}}`,
  "an unsend without an id": `{$,"message":{"is_deleted":true}}`,
  "an unsend of an unknown message": `{$,"message":{"mid":"never-seen","is_deleted":true}}`,
  "a seen mark without an id": `{$,"read":{}}`,
  "a seen mark of an unknown message": `{$,"read":{"mid":"never-sent"}}`,
  "a seen mark with NUL": `{$,"read":{"mid":"a${NUL}"}}`,
  "an unknown kind": `{$,"holo_call":{"x":1}}`,
  "an unknown kind whose name is cut inside a character": `{$,"${CUT}":{"x":1}}`,
  "an unknown kind whose name holds NUL": `{$,"${NUL}${LONE}":{"x":1}}`,
  "an edit that names an id with NUL": `{$,"message_edit":{"mid":"a${NUL}b","text":"x"}}`,
  "an edit that names an id with a lone surrogate": `{$,"message_edit":{"mid":"a${LONE}","text":"x"}}`,
  "a reaction that names an id of 5,000 random characters": `{$,"reaction":{"mid":"${noise(5000)}","action":"react"}}`,
  "a postback with odd parts": `{$,"postback":{"mid":["x"],"title":7}}`,
  "nesting 1,000 deep": `{$,"message":{"mid":"20","text":"deep","extra":${"[".repeat(1000)}${"]".repeat(1000)}}}`,
  "nesting 100,000 deep": `{$,"message":{"mid":"21","text":"deeper","extra":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}}}`,
  "an unknown kind nested 100,000 deep": `{$,"x":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
  "keys of Object.prototype": `{$,"__proto__":{"mid":"p"},"constructor":1,"message":{"mid":"22","text":"proto","__proto__":{"is_echo":true}}}`,
  "a key given twice": `{$,"message":{"mid":"23","text":"one"},"message":{"mid":"24","text":"two"}}`,
  "a sender that is missing": `{"recipient":{"id":"1"},"message":{"mid":"25","text":"x"}}`,
  "a sender whose id was rounded": `{"sender":{"id":12345678901234567890},"recipient":{"id":"1"},"message":{"mid":"26","text":"x"}}`,
  "a sender whose id is a list": `{"sender":{"id":["4"]},"recipient":{"id":"1"},"message":{"mid":"27","text":"x"}}`,
  "a sender of 500 wide characters": `{"sender":{"id":"${"\\u4e2d".repeat(500)}"},"recipient":{"id":"1"},"message":{"mid":"28","text":"x"}}`,
  "a sender whose id holds NUL": `{"sender":{"id":"4${NUL}"},"recipient":{"id":"1"},"message":{"mid":"29","text":"x"}}`,
  "a time in 20,000 years": `{$,"timestamp":638000000000000,"message":{"mid":"30","text":"late"}}`,
  "a time that is no number": `{$,"timestamp":"soon","message":{"mid":"31","text":"soon"}}`,
  "a time without bounds": `{$,"timestamp":1e400,"message":{"mid":"32","text":"never"}}`,
  "a negative time": `{$,"timestamp":-1,"message":{"mid":"33","text":"before"}}`,
  "a time that is an object": `{$,"timestamp":{},"message":{"mid":"34","text":"object"}}`,
  "a number": "42",
  null: "null",
  "a list": "[[[]]]",
  "a text": '"hello"',
  "an empty object": "{}",
};

test.each(Object.entries(HOSTILE_ITEMS))("neighbours of %s are shown", async (_what, item) => {
  cases += 1;
  const person = `50${cases}`;
  const own = `60${cases}`;
  await reasons();
  const before = await total();
  const hostile = item.replace("{$", `{${party(own)}`).replaceAll(/"mid":"(\d+)"/g, `"mid":"${own}-$1"`);
  expect(await post(wrap(good(person, "before"), hostile, good(person, "after")))).toBe(200);
  await projected();
  expect((await shown(person)).map((row) => row.text)).toEqual(["before", "after"]);
  const aside = await reasons();
  expect(aside.join()).not.toMatch(/could not be processed|never ended/);
  const parked = await live.desk.db.execute(sql`delete from parked returning 1`);
  // Nothing vanishes: it is in the thread, set aside with its reason, or waits for the message that it speaks of.
  expect((await total()) - before - 2 + aside.length + parked.rows.length).toBeGreaterThan(0);
});

async function total(): Promise<number> {
  const { rows } = await live.desk.db.execute<{ n: number }>(sql`select count(*)::int as n from message`);
  return rows[0]?.n ?? 0;
}

const WHOLE_BODIES: Record<string, () => string | Buffer> = {
  "an empty body": () => "",
  "a blank": () => " ",
  "broken JSON": () => wrap(good("7001", "x")).slice(0, -1),
  "bytes that are no text": () => Buffer.from([0xff, 0xfe, 0x00, 0x22, 0x80]),
  null: () => "null",
  "a list": () => "[]",
  "a number": () => "1e999",
  "a text": () => '"instagram"',
  "another object": () => '{"object":"page","entry":[{"id":"1","messaging":[{"sender":{"id":"1"}}]}]}',
  "no entries": () => '{"object":"instagram"}',
  "entries that are no list": () => '{"object":"instagram","entry":{"id":"1"}}',
  "entries of numbers": () => '{"object":"instagram","entry":[1,null,"x",[]]}',
  "items that are no list": () =>
    `{"object":"instagram","entry":[{"id":"${live.shop.accountId}","messaging":{"a":1}}]}`,
  "an entry without an id": () => `{"object":"instagram","entry":[{"messaging":[${good("7002", "x")}]}]}`,
  "an entry whose id was rounded": () =>
    `{"object":"instagram","entry":[{"id":17841400000000000001,"messaging":[${good("7003", "x")}]}]}`,
  "an entry whose id holds NUL": () =>
    `{"object":"instagram","entry":[{"id":"1${NUL}","messaging":[${good("7004", "x")}]}]}`,
  "an unknown list": () => `{"object":"instagram","entry":[{"id":"${live.shop.accountId}","holograms":[1,2]}]}`,
  "changes with a field cut inside a character": () =>
    `{"object":"instagram","entry":[{"id":"${live.shop.accountId}","changes":[{"field":"${CUT}"},{"field":7},3]}]}`,
  "nesting 1,000,000 deep": () => `{"object":"instagram","entry":${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}}`,
};

test.each(Object.entries(WHOLE_BODIES))("a body of %s is set aside with its reason", async (_what, body) => {
  await reasons();
  expect(await post(body())).toBe(200);
  await projected();
  const aside = await reasons();
  expect(aside.length).toBeGreaterThan(0);
  expect(aside.join()).not.toMatch(/could not be processed|never ended/);
});

test("invalid UTF-8 in one text costs that text a character, nothing else; what is set aside keeps its very bytes", async () => {
  const bad = `{${party("7101")},"message":{"mid":"7101-bad","text":"bad|byte"}}`;
  const [head, tail] = wrap(bad, good("7101", "after")).split("|");
  const bytes = Buffer.concat([Buffer.from(head ?? ""), Buffer.from([0xff]), Buffer.from(tail ?? "")]);
  expect(await post(bytes)).toBe(200);
  await projected();
  expect((await shown("7101")).map((row) => row.text)).toEqual(["bad\ufffdbyte", "after"]);
  await reasons();
  const garbage = Buffer.from([0xff, 0xfe, 0x00, 0x22, 0x80, 0x41]);
  await post(garbage);
  await projected();
  const { rows } = await live.desk.db.execute<{ raw: Buffer }>(sql`select raw from set_aside`);
  expect(rows.map((row) => row.raw.toString("hex"))).toEqual([garbage.toString("hex")]);
});

test("an unsend for an account that nobody has connected erases what was set aside, also beside garbage", async () => {
  await reasons();
  const foreign = "17841499999999999";
  const item = (message: string) =>
    `{"sender":{"id":"1"},"recipient":{"id":"${foreign}"},"timestamp":${AT},"message":${message}}`;
  const delivery = (...items: string[]) =>
    `{"object":"instagram","entry":[{"id":"${foreign}","messaging":[${items.join(",")}]}]}`;
  await post(Buffer.from([0x00, 0xff]));
  await post(delivery(item('{"mid":"f1","text":"canary-foreign"}'), item('{"mid":"f2","text":"stays"}')));
  await projected();
  await post(delivery(item('{"mid":"f1","is_deleted":true}')));
  await projected();
  const { rows } = await live.desk.db.execute<{ reason: string; raw: Buffer }>(sql`select reason, raw from set_aside`);
  const raws = rows.map((row) => row.raw.toString("latin1")).join("\n");
  expect(raws).not.toContain("canary-foreign");
  expect(raws).toContain("stays");
  expect(rows.map((row) => row.reason).join()).not.toContain("could not be processed");
});

test("3 MB of a million items neither stop the desk nor hold up who writes meanwhile", async () => {
  await reasons();
  const million = `{"object":"instagram","entry":[{"id":"${live.shop.accountId}","messaging":[${"0,".repeat(1_400_000)}0]}]}`;
  expect(await post(million)).toBe(200);
  expect(await post(wrap(good("7201", "meanwhile")))).toBe(200);
  await until("who writes meanwhile is shown", async () => (await shown("7201")).length === 1);
  expect((await fetch(`${live.url}/healthz`)).status).toBe(200);
  expect((await reasons()).length).toBeGreaterThan(0);
});

test("where PostgreSQL refuses one item for a reason that nobody foresaw, only that item stays behind", async () => {
  await reasons();
  await live.desk.pool.query(`
    create function refuse() returns trigger language plpgsql as $$ begin raise exception 'an unforeseen reason'; end $$;
    create trigger refuse before insert on message for each row when (new.text = 'to blame') execute function refuse()`);
  expect(await post(wrap(good("7301", "before"), good("7302", "to blame"), good("7301", "after")))).toBe(200);
  await live.passTimeUntil("everything is projected", async () => {
    const { rows } = await live.desk.db.execute(sql`select 1 from delivery limit 1`);
    return rows.length === 0;
  });
  expect((await shown("7301")).map((row) => row.text)).toEqual(["before", "after"]);
  const { rows } = await live.desk.db.execute<{ reason: string; raw: Buffer }>(sql`select reason, raw from set_aside`);
  expect(rows.map(({ reason }) => reason)).toEqual(["It could not be processed: an unforeseen reason"]);
  expect(rows[0]?.raw.toString()).toContain("to blame");
  expect(rows[0]?.raw.toString()).not.toContain("after");
});

test("what could not be shown goes with its message when that is unsent, also when it came first", async () => {
  await reasons();
  const unsend = (mid: string) => wrap(`{${party("7401")},"message":{"mid":"${mid}","is_deleted":true}}`);
  const said = (mid: string) =>
    `{${party("7401")},"message":{"reply_to":{"mid":"other"},"mid":"${mid}","text":"taken back"}}`;
  const kept = async () => {
    const { rows } = await live.desk.db.execute<{ reason: string }>(sql`
      select reason from set_aside where position('taken back'::bytea in raw) > 0 order by created_at`);
    return rows.map(({ reason }) => reason);
  };
  const allProjected = () =>
    live.passTimeUntil("everything is projected", async () => {
      const { rows } = await live.desk.db.execute(sql`select 1 from delivery limit 1`);
      return rows.length === 0;
    });
  await live.desk.pool.query(`
    create function refuse_one() returns trigger language plpgsql as $$ begin raise exception 'an unforeseen reason'; end $$;
    create trigger refuse_one before insert on message for each row when (new.external_id like 'refused%') execute function refuse_one()`);
  const bodies: [string, string][] = [
    ["refused-1", wrap(said("refused-1"))],
    ["whole-1", `{"object":"page","entry":[{"id":"1","messaging":[${said("whole-1")}]}]}`],
    ["nobody-1", `{"object":"instagram","entry":[{"id":17841400000000000001,"messaging":[${said("nobody-1")}]}]}`],
    ["parts-1", wrap(`{"recipient":{"id":"${live.shop.accountId}"},"message":{"mid":"parts-1","text":"taken back"}}`)],
  ];
  for (const [, body] of bodies) expect(await post(body)).toBe(200);
  await allProjected();
  expect((await kept()).sort()).toEqual([
    "It could not be processed: an unforeseen reason",
    "It does not speak of Instagram.",
    "Its account id cannot be read without loss.",
    "Sender or recipient is missing or cannot be read without loss.",
  ]);
  for (const [mid] of bodies) expect(await post(unsend(mid))).toBe(200);
  await allProjected();
  expect(await kept()).toEqual([]);
  for (const [, body] of bodies) expect(await post(body)).toBe(200);
  await allProjected();
  expect(await kept()).toEqual([]);
});

/** Random letters, which no index can compress. */
function noise(length: number): string {
  const random = randomNumbers(1);
  return Array.from({ length }, () => Math.floor(random() * 36).toString(36)).join("");
}
