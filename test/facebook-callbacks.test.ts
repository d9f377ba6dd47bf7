import { createHmac } from "node:crypto";
import { request } from "node:http";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { encryptSecret } from "@/lib/crypto";
import { newId } from "@/lib/ids";
import { breakChannel } from "@/lib/inbox/break-channel";
import { readDoctor } from "@/lib/meta/doctor/read-doctor";
import { processHandles } from "@/lib/process-handles";
import { DAY, HOUR, MINUTE, now } from "@/lib/time";
import type { Child } from "./child-process";
import { FACEBOOK_APP, type LiveDesk, openLiveDesk } from "./live-desk";
import { until } from "./until";

/** What Facebook tells of people by signed requests: carried out once when it is Facebook's, refused and without effect when it is not. */
let live: LiveDesk;
let server: Child;
/** Nora Keller as the app knows her. */
let nora: string;

const OWN_APP = { id: "424242424242", secret: "a-secret-that-a-channel-brought-0123" };

beforeAll(async () => {
  live = await openLiveDesk();
  server = await live.start();
  await live.emulator.post("/_control/apps", {
    ...FACEBOOK_APP,
    webhookUrl: live.webhookUrl,
    deauthorizeUrl: `${live.url}/facebook/deauthorize`,
    dataDeletionUrl: `${live.url}/facebook/data-deletion`,
  });
  const { people } = await live.emulator.get<{ people: { id: string; name: string }[] }>("/_control/people");
  nora = people.find(({ name }) => name === "Nora Keller")?.id ?? "";
  expect(nora).not.toBe("");
  const { keyring } = processHandles();
  if (!keyring) throw new Error("The keyring is missing.");
  const sealed = encryptSecret(keyring, OWN_APP.secret, `facebook-app:${live.shop.workspaceId}:${OWN_APP.id}`);
  await live.desk.db.execute(sql`
    insert into facebook_app (workspace_id, id, secret_sealed, verify_token, created_at)
    values (${live.shop.workspaceId}, ${OWN_APP.id}, ${sql.param(sealed)}, 'verify', desk_now())`);
  // The desk looks at a new channel by itself; what that writes down must not look like a callback's doing.
  await until("the first look at the channel", async () => {
    const { rows } = await live.desk.pool.query("select 1 from channel where id = $1 and checked_at is not null", [
      live.shop.channelId,
    ]);
    return rows.length === 1;
  });
});
afterAll(() => live?.close());

/** As connecting leaves it: Nora owns the desk and her login gave the token. */
beforeEach(async () => {
  await live.desk.db.execute(sql`
    update channel set state = 'healthy', problem = null, problem_code = null, person_id = ${nora}, connected_as = 'Nora Keller',
      connected_by = ${live.shop.member.id} where id = ${live.shop.channelId}`);
  await live.desk.db.execute(sql`
    update member set facebook_user_id = ${nora}, name = 'Nora Keller', email = 'nora@example.com', picture_url = 'https://scontent.example/nora.jpg'
    where id = ${live.shop.member.id}`);
});

type Payload = { user_id?: unknown; algorithm?: unknown; issued_at?: unknown; expires?: unknown };

let second = Math.floor(now() / 1000);

/** Every one is another request: made a second before the one before. */
function payloadOf(changes: Payload = {}): Payload {
  second -= 1;
  return { user_id: nora, algorithm: "HMAC-SHA256", issued_at: second, expires: 0, ...changes };
}

function signed(payload: Payload = payloadOf(), secret = FACEBOOK_APP.secret, hash = "sha256"): string {
  const encoded = Buffer.from(JSON.stringify(payload)).toString("base64url");
  return `${createHmac(hash, secret).update(encoded).digest("base64url")}.${encoded}`;
}

const FORM = { "content-type": "application/x-www-form-urlencoded" };

async function post(path: string, body: string, headers: Record<string, string> = FORM) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const call = request(`${live.url}${path}`, { method: "POST", headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    call.on("error", reject);
    call.end(body);
  });
}

const form = (signedRequest: string) => new URLSearchParams({ signed_request: signedRequest }).toString();

/** Every row that a request could change; the worker has its own chores beside it. */
async function state(): Promise<string> {
  return dump(["channel", "member", "invitation", "workspace", "connect_attempt", "deletion", "used_request", "event"]);
}

async function everything(): Promise<string> {
  const { rows: tables } = await live.desk.pool.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1",
  );
  return dump(tables.map(({ name }) => name));
}

async function dump(tables: string[]): Promise<string> {
  const parts = await Promise.all(
    tables.map(async (name) => {
      const { rows } = await live.desk.pool.query(`select to_jsonb(t)::text as line from "${name}" t order by 1`);
      return [name, ...rows.map((row) => row.line)].join("\n");
    }),
  );
  return parts.join("\n");
}

const REFUSED: [string, number, () => string, Record<string, string>?][] = [
  ["no signed request", 400, () => "hello=1"],
  ["an empty one", 400, () => form("")],
  ["one without a signature", 400, () => form(`.${signed().split(".")[1]}`)],
  ["one without a payload", 400, () => form(`${signed().split(".")[0]}.`)],
  ["one with three parts", 400, () => form(`${signed()}.e30`)],
  ["two at once", 400, () => `${form(signed())}&${form(signed())}`],
  ["a signature of another secret", 401, () => form(signed(payloadOf(), `${FACEBOOK_APP.secret}x`))],
  ["a payload that was changed", 401, () => form(`${signed().split(".")[0]}.${signed(payloadOf()).split(".")[1]}`)],
  ["a cut signature", 401, () => form(signed().replace(/^..../, ""))],
  ["SHA-1", 401, () => form(signed(payloadOf(), FACEBOOK_APP.secret, "sha1"))],
  ["SHA-512", 401, () => form(signed(payloadOf(), FACEBOOK_APP.secret, "sha512"))],
  ["no signing at all", 400, () => form(signed(payloadOf({ algorithm: "none" })))],
  ["another algorithm's name", 400, () => form(signed(payloadOf({ algorithm: "HMAC-SHA1" })))],
  ["nobody", 400, () => form(signed(payloadOf({ user_id: undefined })))],
  ["an id that is no id", 400, () => form(signed(payloadOf({ user_id: { id: "1" } })))],
  ["no time", 400, () => form(signed(payloadOf({ issued_at: undefined })))],
  ["one of two days ago", 410, () => form(signed(payloadOf({ issued_at: Math.floor((now() - 2 * DAY) / 1000) })))],
  ["one of tomorrow", 410, () => form(signed(payloadOf({ issued_at: Math.floor((now() + HOUR) / 1000) })))],
  ["one that has expired", 410, () => form(signed(payloadOf({ expires: Math.floor((now() - MINUTE) / 1000) })))],
  ["one of 17 kB", 413, () => form(signed(payloadOf({ user_id: "1".repeat(17_000) })))],
  ["JSON", 415, () => JSON.stringify({ signed_request: signed() }), { "content-type": "application/json" }],
  ["no content type", 415, () => form(signed()), {}],
];

describe.each(["/facebook/deauthorize", "/facebook/data-deletion"])("%s", (path) => {
  test.each(REFUSED)("refuses %s with %i and changes nothing", async (_what, status, body, headers) => {
    const before = await state();
    const said = await post(path, body(), headers ?? FORM);
    expect(said.status).toBe(status);
    expect(said.text).toContain("message");
    expect(said.text).not.toContain(nora);
    expect(await state()).toBe(before);
  });

  test("counts once", async () => {
    const body = form(signed());
    expect((await post(path, body)).status).toBe(200);
    const before = await state();
    expect((await post(path, body)).status).toBe(409);
    // Padded, the same signature is written in another way.
    const [signature, payload] = decodeURIComponent(body.slice("signed_request=".length)).split(".");
    expect((await post(path, form(`${signature}=.${payload}`))).status).toBe(409);
    expect(await state()).toBe(before);
  });

  test("is there for Facebook alone", async () => {
    const { status } = await fetch(`${live.url}${path}`);
    expect(status).toBe(405);
  });
});

test("a deauthorized person's channels stop answering and say why; sign-ins, the queue and what comes in stay", async () => {
  const customer = await live.newCustomer("Is it dishwasher-safe?");
  await live.emulator.post("/_control/grants", { person: "Nora Keller", remove: true });
  const channel = await until("the channel is broken", async () => {
    const { json } = await live.api<{ channels: { state: string; problem: string }[] }>("GET", "/channels");
    return json.channels.find(({ state }) => state === "broken");
  });
  expect(channel.problem).toContain("removed the app in their Facebook settings");
  expect(channel.problem).toContain("Reconnect it");
  const doctor = await readDoctor(live.shop.ctx, live.shop);
  expect(doctor.lines.filter(({ tone }) => tone === "bad").map(({ line }) => line)).toEqual(["sign_in"]);
  expect(doctor.cause?.sentence).toBe(
    "Nora Keller has removed this app in Facebook's settings, which ends its access. Reconnect, and allow everything again.",
  );
  expect(doctor.cause?.mends).toMatchObject([{ type: "reconnect" }]);
  expect((await live.api("GET", "/me")).status).toBe(200);
  await live.customerWrites(customer, "Hello?");
});

test("who takes access back is the cause, whatever was found wrong before", async () => {
  const system = live.desk.system;
  const problem = { problem: "Switch it on.", problemCode: "message_access", code: "off" };
  await breakChannel(system, { ...live.shop, ...problem });
  expect((await post("/facebook/deauthorize", form(signed()))).status).toBe(200);
  expect((await readDoctor(live.shop.ctx, live.shop)).cause?.line).toBe("sign_in");
  // What daily work meets afterwards is its consequence.
  await breakChannel(system, { ...live.shop, ...problem });
  expect((await readDoctor(live.shop.ctx, live.shop)).cause?.line).toBe("sign_in");
});

test("removing the app and asking for deletion in the same second are two requests", async () => {
  const body = form(signed());
  expect((await post("/facebook/deauthorize", body)).status).toBe(200);
  expect((await post("/facebook/data-deletion", body)).status).toBe(200);
});

test("another app's request reaches only what that app connected", async () => {
  const theirs = newId();
  await live.desk.db.execute(sql`
    insert into channel (workspace_id, id, facebook_app_id, page_id, page_name, account_id, username, state, person_id)
    values (${live.shop.workspaceId}, ${theirs}, ${OWN_APP.id}, '1', 'Own app', '17841499999999999', 'own.app', 'healthy', ${nora})`);
  const states = async () => {
    const { rows } = await live.desk.db.execute<{ id: string; state: string }>(sql`select id, state from channel`);
    return Object.fromEntries(rows.map(({ id, state }) => [id, state]));
  };
  expect((await post("/facebook/deauthorize", form(signed(payloadOf(), OWN_APP.secret)))).status).toBe(200);
  expect(await states()).toMatchObject({ [theirs]: "broken", [live.shop.channelId]: "healthy" });
  await live.desk.db.execute(sql`delete from channel where id = ${theirs}`);
});

describe("complaint 59: deletion requests are answered", () => {
  /** Facebook counts in seconds: another request is one of another second. */
  const ask = async () => {
    await live.advance(1000);
    return live.emulator.post<{ status: number; body: string }>("/_control/data-deletion", { person: "Nora Keller" });
  };

  test("an only owner's name, picture, e-mail and tokens go, and the desk can still be opened", async () => {
    const { status, body } = await ask();
    expect(status).toBe(200);
    const answer: { url: string; confirmation_code: string } = JSON.parse(body);
    expect(Object.keys(answer).sort()).toEqual(["confirmation_code", "url"]);
    expect(answer.confirmation_code).toMatch(/^[A-Za-z0-9]+$/);
    expect(answer.url).toBe(`${live.url}/facebook/data-deletion/${answer.confirmation_code}`);
    const dump = await everything();
    for (const trace of ["Nora Keller", "nora@example.com", "scontent.example"]) expect(dump).not.toContain(trace);
    const { rows } = await live.desk.db.execute<{ sealed: Buffer | null; state: string; remains: string }>(sql`
      select c.token_sealed as sealed, c.state, d.remains from channel c, deletion d
      where c.id = ${live.shop.channelId} and d.code = ${answer.confirmation_code}`);
    expect(rows).toEqual([{ sealed: null, state: "broken", remains: "only_owner" }]);
    expect((await live.api("GET", "/me")).status).toBe(200);
  });

  test("whoever is not the only owner leaves the desk without a trace; what they wrote stays", async () => {
    await live.desk.db.execute(sql`
      insert into member (workspace_id, id, facebook_user_id, name, role)
      values (${live.shop.workspaceId}, ${newId()}, 'fb-second', 'Second', 'owner')`);
    expect((await ask()).status).toBe(200);
    const dump = await everything();
    for (const trace of ["Nora Keller", "nora@example.com", nora]) expect(dump).not.toContain(trace);
    expect((await live.api("GET", "/me")).status).toBe(401);
  });

  test("somebody of whom nothing is kept is told so, under a code of their own", async () => {
    const answers = await Promise.all(
      ["555000111", "555000222"].map(async (user_id) => {
        const { text } = await post("/facebook/data-deletion", form(signed(payloadOf({ user_id }))));
        return JSON.parse(text).confirmation_code;
      }),
    );
    const { rows } = await live.desk.db.execute(
      sql`select code from deletion where workspace_id is null and counts = '{}'`,
    );
    expect(rows.map(({ code }) => code)).toEqual(expect.arrayContaining(answers));
    expect(await everything()).not.toContain("555000111");
  });
});

test("nothing of all that is in the log", async () => {
  const printed = server.said.join("\n");
  expect(printed).toContain("a request in Facebook's name was refused");
  for (const secret of [nora, FACEBOOK_APP.secret, OWN_APP.secret, "signed_request"])
    expect(printed).not.toContain(secret);
});
