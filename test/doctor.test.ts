import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { scheduleChecks } from "@/lib/inbox/schedule-checks";
import { checkNow } from "@/lib/meta/doctor/check-now";
import { type DoctorLineView, type DoctorView, readDoctor } from "@/lib/meta/doctor/read-doctor";
import { readFirstDoctor } from "@/lib/meta/doctor/read-first-doctor";
import { subscribeAgain, subscribeInstallationApp } from "@/lib/meta/doctor/subscribe-again";
import { DAY, HOUR, MINUTE } from "@/lib/time";
import { freePort } from "./free-port";
import { type Customer, FACEBOOK_APP, type LiveDesk, openLiveDesk } from "./live-desk";
import { useSettings } from "./settings";
import { until } from "./until";

/** Whatever breaks in a connection, the doctor names that and nothing else, and its mend works. */
let live: LiveDesk;
let ana: Customer;

const PERSON = "Nora Keller";
const post = (path: string, body: object = {}) => live.emulator.post(path, body);
const app = `/_control/apps/${FACEBOOK_APP.id}`;
const shopPage = () => `/_control/pages/${live.shop.pageId}`;

beforeAll(async () => {
  live = await openLiveDesk();
  await live.start();
  useSettings({
    APP_URL: live.url,
    FACEBOOK_APP_ID: FACEBOOK_APP.id,
    FACEBOOK_APP_SECRET: FACEBOOK_APP.secret,
    FACEBOOK_WEBHOOK_VERIFY_TOKEN: FACEBOOK_APP.verifyToken,
    FACEBOOK_GRAPH_URL: live.graph.url,
    FACEBOOK_WEB_URL: `${live.emulator.url}/facebook`,
    LOG_LEVEL: "silent",
  });
  ana = await live.newCustomer();
  await scheduleChecks(live.desk.system);
});
afterAll(() => live?.close());

beforeEach(async () => {
  await live.emulator.clearFaults();
  await post(`/_control/accounts/${live.shop.accountId}`, { allowMessages: true, professional: true });
  await post(app, { mode: "live" });
});

const channel = () => ({ channelId: live.shop.channelId });

async function look(): Promise<DoctorView> {
  // How fast Meta lets conversations be read is tested elsewhere: here nobody stands in line for it.
  await live.desk.db.execute(sql`delete from reading_pace`);
  await checkNow(live.shop.ctx, channel());
  return readDoctor(live.shop.ctx, channel());
}

function tones(doctor: DoctorView, tone: DoctorLineView["tone"]): string[] {
  return doctor.lines.filter((line) => line.tone === tone).map(({ line }) => line);
}

async function channelRow() {
  const { rows } = await live.desk.db.execute<{
    state: string;
    problem: string | null;
    problemCode: string | null;
  }>(sql`
    select state, problem, problem_code as "problemCode" from channel where id = ${live.shop.channelId}`);
  return rows[0];
}

test("a connection in order is green, but for what only time can show", async () => {
  const doctor = await look();
  expect(tones(doctor, "bad")).toEqual([]);
  expect(doctor.cause).toBeNull();
  expect(tones(doctor, "unknown")).toEqual(["human_agent"]);
  expect(await channelRow()).toEqual({ state: "healthy", problem: null, problemCode: null });
});

type Break = {
  name: string;
  line: string;
  code: RegExp;
  /** What cannot be known meanwhile, among others. */
  waits?: string[];
  /** What is known all the same. */
  stays?: string[];
  blocks: boolean;
  break: () => Promise<unknown>;
  /** What the doctor says to do. */
  mend: () => Promise<unknown>;
};

const tokens = (action: string) => post("/_control/tokens", { person: PERSON, action });
const grant = (change: object) => post("/_control/grants", { person: PERSON, ...change });
const roles = (tasks: string[] | null) => post("/_control/roles", { person: PERSON, pageId: live.shop.pageId, tasks });
const ALL_TASKS = ["ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"];

const BREAKS: Break[] = [
  ...[
    ["password-change", /changed their Facebook password/],
    ["checkpoint", /wants to check the account/],
    ["revoke", /was ended on Facebook/],
  ].map(
    ([action, code]): Break => ({
      name: `login: ${action}`,
      line: "sign_in",
      code: code as RegExp,
      waits: ["token", "permission:instagram_basic", "page_role", "page_link", "message_access", "deliveries"],
      stays: ["app_subscription"],
      blocks: true,
      break: () => tokens(action as string),
      mend: () => tokens("restore"),
    }),
  ),
  {
    name: "the key expired",
    line: "token",
    code: /has expired\. Reconnect/,
    waits: ["permission:instagram_basic", "page_role", "deliveries"],
    stays: ["sign_in", "app_subscription"],
    blocks: true,
    break: () => tokens("expire"),
    mend: () => tokens("restore"),
  },
  ...[
    ["instagram_basic", true, ["page_link", "professional_account", "message_access", "deliveries"]] as const,
    ["instagram_manage_messages", true, ["message_access", "deliveries"]] as const,
    ["pages_manage_metadata", false, ["page_subscription", "message_access", "deliveries"]] as const,
    ["pages_messaging", true, ["page_subscription", "deliveries"]] as const,
    ["pages_show_list", false, ["page_role", "page_link", "page_subscription"]] as const,
    ["pages_read_engagement", false, ["deliveries"]] as const,
  ].map(
    ([scope, blocks, waits]): Break => ({
      name: `permission ${scope} withdrawn`,
      line: `permission:${scope}`,
      code: new RegExp(`^The permission to [A-Za-z ']+ \\(${scope}\\) is not granted\\. Have Facebook ask again`),
      waits: [...waits],
      stays: ["sign_in", "token", "app_subscription"],
      blocks,
      break: () => grant({ revoke: [scope] }),
      mend: () => grant({ grant: [scope] }),
    }),
  ),
  {
    name: "complaint 27: the Page unticked",
    line: "permission:instagram_basic",
    code: /was not ticked in Facebook's dialog.*“Edit previous settings”/,
    waits: ["page_role", "page_link", "message_access"],
    stays: ["sign_in", "token", "app_subscription"],
    blocks: true,
    break: async () => grant({ pages: [await otherPage()] }),
    mend: () => grant({ pages: "all" }),
  },
  {
    name: "the role on the Page lost",
    line: "page_role",
    code: /has no role on .* any more/,
    waits: ["page_link", "message_access", "page_subscription", "deliveries"],
    stays: ["sign_in", "app_subscription"],
    blocks: true,
    break: () => roles(null),
    mend: () => roles(ALL_TASKS),
  },
  {
    name: "the task Messages lost",
    line: "page_role",
    code: /may not do “Messages”/,
    waits: ["page_link", "message_access"],
    stays: ["sign_in", "token", "permission:instagram_basic"],
    blocks: true,
    break: () => roles(["MODERATE"]),
    mend: () => roles(ALL_TASKS),
  },
  {
    name: "the task Community activity lost",
    line: "page_role",
    code: /may not do “Community activity”/,
    stays: ["sign_in", "token"],
    blocks: false,
    break: () => roles(["MESSAGING"]),
    mend: () => roles(ALL_TASKS),
  },
  {
    name: "complaint 27: no account linked any more",
    line: "page_link",
    code: /is not linked to Nora Ceramics any more/,
    waits: ["professional_account", "message_access", "deliveries"],
    stays: ["page_role", "page_subscription", "permission:instagram_basic"],
    blocks: true,
    break: () => post(shopPage(), { igId: null }),
    mend: () => post(shopPage(), { igId: live.shop.accountId }),
  },
  {
    name: "complaint 11: the Page moved to another account",
    line: "page_link",
    code: /is linked to @\S+ now/,
    waits: ["professional_account", "message_access", "deliveries"],
    stays: ["page_role", "page_subscription"],
    blocks: true,
    break: async () => post(shopPage(), { igId: await otherAccount() }),
    mend: () => post(shopPage(), { igId: live.shop.accountId }),
  },
  {
    name: "complaint 27: the account became personal",
    line: "professional_account",
    code: /has become a personal account.*Switch to professional account/,
    waits: ["message_access", "deliveries"],
    stays: ["page_link", "page_subscription"],
    blocks: true,
    break: () => post(`/_control/accounts/${live.shop.accountId}`, { professional: false }),
    mend: () => post(`/_control/accounts/${live.shop.accountId}`, { professional: true }),
  },
  {
    name: "complaint 27: access to messages switched off",
    line: "message_access",
    code: /Message controls → Connected tools, and switch “Allow access to messages” on/,
    waits: ["deliveries"],
    stays: ["page_link", "page_subscription", "app_subscription"],
    blocks: true,
    break: () => post(`/_control/accounts/${live.shop.accountId}`, { allowMessages: false }),
    mend: () => post(`/_control/accounts/${live.shop.accountId}`, { allowMessages: true }),
  },
  {
    name: "the app's subscription dropped",
    line: "app_subscription",
    code: /not subscribed to Instagram's messages/,
    waits: ["deliveries"],
    stays: ["message_access", "page_subscription"],
    blocks: false,
    break: () => post(`${app}/webhook`, { url: null }),
    mend: () => subscribeAgain(live.shop.ctx, channel()),
  },
  {
    name: "the app does not listen to messages",
    line: "app_subscription",
    code: /not to the field “messages”/,
    waits: ["deliveries"],
    stays: ["message_access"],
    blocks: false,
    break: () => post(`${app}/webhook`, { fields: ["messaging_seen"], force: true }),
    mend: () => subscribeAgain(live.shop.ctx, channel()),
  },
  {
    name: "complaint 13: the Page's subscription dropped, and no new one taken",
    line: "page_subscription",
    code: /has dropped the subscription of Nora Ceramics/,
    waits: ["deliveries"],
    stays: ["message_access", "app_subscription"],
    blocks: false,
    break: async () => {
      await post("/_control/subscriptions", { appId: FACEBOOK_APP.id, pageId: live.shop.pageId, fields: null });
      const path = `/${live.shop.pageId}/subscribed_apps`;
      await post("/_control/faults", { path, method: "POST", kind: "error", status: 400, code: 100, times: null });
    },
    mend: () => live.emulator.clearFaults(),
  },
  {
    name: "complaint 31: Meta restricted the app",
    line: "sign_in",
    code: /has restricted the Facebook app.*another app of its own/,
    blocks: true,
    break: () => post(app, { restricted: true }),
    mend: () => post(app, { restricted: false }),
  },
  {
    name: "complaint 33: the app put into development mode",
    line: "sign_in",
    code: /is in development mode, where it serves only people with a role/,
    blocks: true,
    break: () => post(app, { mode: "development", roles: {} }),
    mend: () => post(app, { mode: "live" }),
  },
];

describe("broken once", () => {
  test.each(BREAKS.map((given) => [given.name, given] as const))("%s", async (_name, given) => {
    await given.break();
    const doctor = await look();
    expect(tones(doctor, "bad")).toEqual([given.line]);
    expect(doctor.cause?.sentence).toMatch(given.code);
    expect(tones(doctor, "unknown")).toEqual(expect.arrayContaining(given.waits ?? []));
    for (const line of given.waits ?? []) {
      expect(doctor.lines.find((one) => one.line === line)?.sentence).toMatch(
        /^Cannot be known until “.+” is mended\.$/,
      );
    }
    expect(tones(doctor, "good")).toEqual(expect.arrayContaining(given.stays ?? []));
    expect(await channelRow()).toMatchObject({
      state: given.blocks ? "broken" : "healthy",
      problemCode: given.line,
      problem: doctor.cause?.sentence,
    });

    await given.mend();
    const mended = await look();
    expect(tones(mended, "bad")).toEqual([]);
    expect(await channelRow()).toEqual({ state: "healthy", problem: null, problemCode: null });
    expect(mended.history.some(({ line, state }) => line === given.line && state === "bad")).toBe(true);
  });
});

async function otherPage(): Promise<string> {
  type Listed = { id: string; name: string; igId: string | null };
  const { pages } = await live.emulator.get<{ pages: Listed[] }>("/_control/pages");
  return pages.find(({ igId }) => igId !== null && igId !== live.shop.accountId)?.id ?? "";
}

async function otherAccount(): Promise<string> {
  const { businesses } = await live.emulator.get<{ businesses: { igId: string }[] }>("/_play/state");
  return businesses.find(({ igId }) => igId !== live.shop.accountId)?.igId ?? "";
}

test("complaint 13: a subscription that Facebook dropped is renewed by the look itself, and said", async () => {
  await post("/_control/subscriptions", { appId: FACEBOOK_APP.id, pageId: live.shop.pageId, fields: null });
  const doctor = await look();
  expect(tones(doctor, "bad")).toEqual([]);
  const words = "Facebook had dropped the subscription of Nora Ceramics; this desk subscribed it again.";
  expect(doctor.lines.find(({ line }) => line === "page_subscription")?.sentence).toBe(words);
  expect(doctor.history.some(({ sentence }) => sentence === words)).toBe(true);
  await live.customerWrites(ana, "Still there?");
});

test("complaint 33: messages that Graph shows and nobody delivered are the only thing that makes silence red", async () => {
  await live.advance(3 * DAY);
  // It would fetch what is lost below before anybody has looked.
  await until("the comparison of the night is over", async () => {
    const { rows } = await live.desk.db.execute(sql`
      select 1 from back_fill where state in ('listing', 'reading')
      union all select 1 from job where queue = 'compare' and run_at <= desk_now()`);
    return rows.length === 0;
  });
  expect(tones(await look(), "bad")).toEqual([]);
  await post("/_control/deliveries/lose", { account: live.shop.accountId, times: 1 });
  await post("/_play/send", { customerId: ana.id, igId: live.shop.accountId, text: "Did this come?" });
  // It may still be on its way.
  expect(tones(await look(), "bad")).toEqual([]);
  await live.advance(10 * MINUTE);
  const doctor = await look();
  expect(tones(doctor, "bad")).toEqual(["deliveries"]);
  expect(doctor.cause?.sentence).toMatch(/were not delivered here.*in development mode only test events come/);
  expect(await channelRow()).toMatchObject({ state: "healthy", problemCode: "deliveries" });
  await live.customerWrites(ana, "Hello?");
  await live.advance(10 * MINUTE);
  expect(tones(await look(), "bad")).toEqual([]);
});

describe("met in daily work", () => {
  const refusals: [what: string, break_: () => Promise<unknown>, mend: () => Promise<unknown>, line: string][] = [
    ["the app removed", () => tokens("revoke"), () => tokens("restore"), "sign_in"],
    [
      "access to messages off",
      () => post(`/_control/accounts/${live.shop.accountId}`, { allowMessages: false }),
      () => post(`/_control/accounts/${live.shop.accountId}`, { allowMessages: true }),
      "message_access",
    ],
    [
      "complaint 23: a permission withdrawn",
      () => grant({ revoke: ["instagram_manage_messages"] }),
      () => grant({ grant: ["instagram_manage_messages"] }),
      "permission:instagram_manage_messages",
    ],
    ["a role lost", () => roles(null), () => roles(ALL_TASKS), "page_role"],
  ];

  test.each(refusals)(
    "%s: named at once, the reply waits, and leaves by itself when it is mended",
    async (_what, broken, mend, line) => {
      await live.advance(HOUR);
      ana = await live.newCustomer();
      await broken();
      await live.reply(ana, "Yes, it is.");
      await until("the cause is named", async () => (await channelRow())?.problemCode === line);
      expect((await channelRow())?.state).toBe("broken");
      const doctor = await readDoctor(live.shop.ctx, channel());
      expect(tones(doctor, "bad")).toEqual([line]);
      await until("it waits", async () => (await live.replies(ana))[0] === "queued Yes, it is.");
      await mend();
      // Nobody presses anything.
      await live.passTimeUntil("it is well again", async () => (await channelRow())?.state === "healthy", MINUTE);
      await live.passTimeUntil("it is sent", async () => (await live.replies(ana))[0] === "sent Yes, it is.");
      expect(await live.ledger(ana)).toHaveLength(1);
    },
  );
});

test("what is dropped while nobody looks is found by the daily look, in several processes by one of them", async () => {
  const second = await live.start({ port: await freePort() });
  await live.advance(HOUR);
  await grant({ revoke: ["instagram_basic"] });
  // A look during which hours pass would count as abandoned.
  const nobodyLooks = async () => {
    const { rows } = await live.desk.pool.query("select from job where queue = 'doctor' and lease_token is not null");
    return rows.length === 0;
  };
  const found = async () => (await until("nobody looks", nobodyLooks)) && (await channelRow())?.state === "broken";
  await live.passTimeUntil("it is found", found, 2 * HOUR);
  expect((await channelRow())?.problemCode).toBe("permission:instagram_basic");
  await grant({ grant: ["instagram_basic"] });
  await live.passTimeUntil("it is well again", async () => (await channelRow())?.state === "healthy", 5 * MINUTE);
  const { rows } = await live.desk.pool.query("select 1 from job where queue = 'doctor' and state <> 'dead'");
  expect(rows).toHaveLength(1);
  await second.kill();
});

test("a reply after 24 hours shows whether the app has the human agent feature", async () => {
  const line = async () => (await readDoctor(live.shop.ctx, channel())).lines.find((one) => one.line === "human_agent");
  ana = await live.newCustomer();
  await live.advance(30 * HOUR);
  expect((await line())?.tone).toBe("unknown");
  await post(app, { humanAgent: false });
  await live.reply(ana, "Sorry for the wait");
  await until("it is refused", async () => (await live.replies(ana))[0] === "failed Sorry for the wait");
  const refused = await readDoctor(live.shop.ctx, channel());
  expect(tones(refused, "bad")).toEqual(["human_agent"]);
  expect(refused.cause?.sentence).toMatch(/lacks the feature “Human Agent”/);
  expect(await channelRow()).toMatchObject({ state: "healthy", problemCode: "human_agent" });
  await post(app, { humanAgent: true });
  await live.reply(ana, "Here we are");
  await until("it is sent", async () => (await live.replies(ana))[1] === "sent Here we are");
  await until("it is known", async () => (await line())?.tone === "good");
  expect(await channelRow()).toMatchObject({ state: "healthy", problemCode: null });
});

test("an outage of Facebook's is nobody's fault: nothing turns red, what was known stands", async () => {
  const before = await look();
  await post("/_control/faults", { kind: "error", code: 2, status: 500, transient: true, times: null, path: "/" });
  expect(await checkNow(live.shop.ctx, channel())).toBe("no_answer");
  const after = await readDoctor(live.shop.ctx, channel());
  expect(after.lines).toEqual(before.lines);
  expect(after.checkedAt).toBe(before.checkedAt);
});

test("complaint 22: the end of the key is counted down from 14 days on", async () => {
  const ends = Date.now() + 400 * DAY;
  await post("/_control/tokens", { pageId: live.shop.pageId, dataAccessExpiresAt: ends });
  expect((await look()).lines.find(({ line }) => line === "token")?.tone).toBe("good");
  const { now } = await live.emulator.get<{ now: number }>("/_control/health");
  await post("/_control/tokens", { pageId: live.shop.pageId, dataAccessExpiresAt: now + 10 * DAY });
  const line = (await look()).lines.find((one) => one.line === "token");
  expect(line).toMatchObject({ tone: "soon", moment: { label: "Ends" }, mends: [{ type: "reconnect" }] });
  const { rows } = await live.desk.db.execute<{ state: string; endsAt: Date }>(sql`
    select state, data_access_expires_at as "endsAt" from channel where id = ${live.shop.channelId}`);
  expect(rows[0]?.state).toBe("healthy");
  expect(Math.abs((rows[0]?.endsAt.getTime() ?? 0) - now - 10 * DAY)).toBeLessThan(1000);
});

test("complaint 28: what is missing on the app is named before any account is connected, one thing at a time", async () => {
  const bad = async () => (await readFirstDoctor(live.shop.ctx)).lines.filter(({ tone }) => tone === "bad");
  expect(await bad()).toEqual([]);
  await post(`${app}/webhook`, { url: null });
  expect(await bad()).toMatchObject([
    { line: "app_subscription", sentence: expect.stringContaining("not subscribed to Instagram's messages") },
  ]);
  await post(app, { restricted: true });
  expect(await bad()).toMatchObject([{ line: "sign_in", mends: [{ label: "App dashboard" }, { type: "check" }] }]);
  await post(app, { restricted: false });
  await subscribeInstallationApp(live.shop.ctx);
  expect(await bad()).toEqual([]);
  const { addresses } = await readFirstDoctor(live.shop.ctx);
  expect(addresses).toEqual({ redirect: `${live.url}/channels/connect/callback`, webhook: live.webhookUrl });
});

test("the app secret was reset: nobody's login is blamed", async () => {
  await post(`${app}/secret`, { secret: "another-secret-of-the-app-0123456789" });
  const doctor = await look();
  expect(tones(doctor, "bad")).toEqual(["sign_in"]);
  expect(doctor.cause?.sentence).toMatch(/does not accept this desk's app secret/);
});
