import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { cancelConnectAttempt } from "@/lib/inbox/cancel-connect-attempt";
import type { Ctx } from "@/lib/inbox/context";
import { listChannels } from "@/lib/inbox/list-channels";
import { readChannel } from "@/lib/inbox/read-channel";
import { sweepConnectAttempts } from "@/lib/inbox/sweep-connect-attempts";
import { log } from "@/lib/log";
import { connectAccount } from "@/lib/meta/connect-account";
import { receiveLoginAnswer } from "@/lib/meta/connect-answer";
import { type ConnectStep, readConnectStep } from "@/lib/meta/connect-choices";
import { startConnecting } from "@/lib/meta/connect-start";
import { loginRedirectUri } from "@/lib/meta/login-dialog";
import { MINUTE } from "@/lib/time";
import { answerDialog, type DialogAnswer, type RunningEmulator, startEmulator } from "./connect-emulator";
import { APP_ID, type DeskFixture, openDesk } from "./desk-fixture";
import { joined, type MemberCtx, otherWorkspace, ownerOf } from "./people";
import { setClock } from "./set-clock";
import { useSettings } from "./settings";

const APP_SECRET = "0123456789abcdef0123456789abcdef";
const CALLBACK = "http://localhost:3000/channels/connect/callback";

let emulator: RunningEmulator;
let desk: DeskFixture;
let owner: MemberCtx;

beforeAll(async () => {
  log.level = "silent";
  emulator = await startEmulator({ id: APP_ID, secret: APP_SECRET, redirectUri: CALLBACK });
  useSettings({
    APP_URL: "http://localhost:3000",
    FACEBOOK_APP_ID: APP_ID,
    FACEBOOK_APP_SECRET: APP_SECRET,
    FACEBOOK_GRAPH_URL: `${emulator.url}/graph`,
    FACEBOOK_WEB_URL: `${emulator.url}/facebook`,
  });
});

afterAll(() => emulator.stop());

beforeEach(async () => {
  await emulator.call("/_control/reset", {});
  desk = await openDesk();
  owner = await ownerOf(desk.db, "Nora");
});

afterEach(async () => {
  await setClock(desk.db, 0);
  await desk.close();
});

type Begun = { dialogUrl: string; browser: string };

function begin(ctx: Ctx, options: { askAgain?: boolean; channelId?: string; previousBrowser?: string } = {}) {
  const { askAgain = false, channelId = null, previousBrowser = null } = options;
  return startConnecting(ctx, { previousBrowser, channelId, askAgain });
}

/** From the button to the list of accounts. */
async function logIn(
  ctx: Ctx,
  answer: DialogAnswer,
  options: Parameters<typeof begin>[1] = {},
): Promise<Begun & { back: URL }> {
  const begun = await begin(ctx, options);
  const back = await answerDialog(emulator, begun.dialogUrl, answer);
  await receiveLoginAnswer(ctx, { query: back.searchParams, browser: begun.browser });
  return { ...begun, back };
}

async function readChoices(ctx: Ctx, browser: string) {
  const step = await readConnectStep(ctx, { browser });
  if (step.step !== "choose") throw new Error(`The page shows ${JSON.stringify(step)}`);
  return step;
}

function choice(step: Extract<ConnectStep, { step: "choose" }>, label: string) {
  const found = step.choices.find((one) => one.label === label);
  if (!found) throw new Error(`${label} is not listed among ${step.choices.map((one) => one.label).join(", ")}`);
  return found;
}

async function connect(ctx: Ctx, person: string, label: string): Promise<{ channelId: string }> {
  const { browser } = await logIn(ctx, { person });
  const { pageId } = choice(await readChoices(ctx, browser), label);
  return connectAccount(ctx, { browser, pageId });
}

async function waitingLogins(): Promise<number> {
  const { rows } = await desk.db.execute<{ n: number }>(
    sql`select count(*)::int as n from connect_attempt where user_token_sealed is not null`,
  );
  return rows[0]?.n ?? -1;
}

async function pageIdOf(name: string): Promise<string> {
  const { pages } = (await emulator.call("/_control/pages")) as { pages: { id: string; name: string }[] };
  return pages.find((page) => page.name === name)?.id ?? "";
}

async function personIdOf(name: string): Promise<string> {
  const { people } = (await emulator.call("/_control/people")) as { people: { id: string; name: string }[] };
  return people.find((person) => person.name === name)?.id ?? "";
}

async function subscriptions(): Promise<{ appId: string; pageId: string; fields: string[] }[]> {
  const answer = (await emulator.call("/_control/subscriptions")) as unknown as {
    subscriptions: { appId: string; pageId: string; fields: string[] }[];
  };
  return answer.subscriptions;
}

test("an account is connected through a login of another Facebook person, who is named", async () => {
  expect(loginRedirectUri()).toBe(CALLBACK);
  const { browser } = await logIn(owner, { person: "Ingrid Berg" });
  const step = await readChoices(owner, browser);
  expect(step).toMatchObject({ personName: "Ingrid Berg", missing: [], seesPortfolios: true, tickedPages: null });
  const fjord = choice(step, "@fjord.knits");
  expect(fjord).toMatchObject({ description: "Fjord Knits", disabled: false });
  const { channelId } = await connectAccount(owner, { browser, pageId: fjord.pageId });

  expect(await readChannel(owner, { channelId })).toMatchObject({
    username: "fjord.knits",
    pageName: "Fjord Knits",
    state: "healthy",
    problem: null,
    connectedBy: "Nora",
    connectedAs: "Ingrid Berg",
  });
  const { rows } = await desk.db.execute(sql`
    select way, person_id as "personId", token_expires_at as "tokenExpiresAt", data_access_expires_at > now() as "dataAccessEnds"
    from channel where id = ${channelId}`);
  expect(rows).toEqual([
    { way: "login", personId: await personIdOf("Ingrid Berg"), tokenExpiresAt: null, dataAccessEnds: true },
  ]);
  const [subscription] = await subscriptions();
  expect(subscription).toMatchObject({ appId: APP_ID, pageId: fjord.pageId });
  expect(subscription?.fields).toContain("messages");
  expect(await readConnectStep(owner, { browser })).toEqual({ step: "start" });
});

test("complaint 25: an account of the second page of Pages can be connected", async () => {
  const { browser } = await logIn(owner, { person: "Nora Keller" });
  const step = await readChoices(owner, browser);
  expect(step.choices.length).toBeGreaterThan(32);
  const { channelId } = await connectAccount(owner, { browser, pageId: choice(step, "@nora.ceramics").pageId });
  expect(await readChannel(owner, { channelId })).toMatchObject({ username: "nora.ceramics", state: "healthy" });
});

test("complaint 27: every Page that cannot be chosen says why", async () => {
  const { browser } = await logIn(owner, { person: "Nora Keller" });
  const step = await readChoices(owner, browser);
  expect(choice(step, "Clay Club Zürich")).toMatchObject({
    disabled: true,
    description: expect.stringMatching(/^No Instagram professional account is linked/),
  });
  expect(choice(step, "@nora.archive")).toMatchObject({
    disabled: true,
    description: expect.stringMatching(/“Messages” and “Community activity”.*MESSAGING, MODERATE/),
  });
  expect(choice(step, "@atelier.nord")).toMatchObject({ disabled: false });
  const archive = choice(step, "@nora.archive");
  await expect(connectAccount(owner, { browser, pageId: archive.pageId })).rejects.toMatchObject({ code: "invalid" });
  expect((await listChannels(owner)).channels).toEqual([]);
});

test("complaint 26: Pages of a business portfolio are listed, and without the permission for it the page can say so", async () => {
  const all = await logIn(owner, { person: "Nora Keller" });
  expect(choice(await readChoices(owner, all.browser), "@keller.outlet").disabled).toBe(false);
  await emulator.call("/_control/reset", {});
  const { browser } = await logIn(owner, { person: "Nora Keller", untickScopes: ["business_management"] });
  const step = await readChoices(owner, browser);
  expect(step).toMatchObject({ missing: [], seesPortfolios: false });
  expect(step.choices.map(({ label }) => label)).not.toContain("@keller.outlet");
});

test("a cancelled dialog says so, and changes nothing", async () => {
  const { browser } = await logIn(owner, { person: "Nora Keller", decision: "cancel" });
  expect(await readConnectStep(owner, { browser })).toMatchObject({
    step: "problem",
    title: "Facebook's dialog was closed",
  });
  await expect(connectAccount(owner, { browser, pageId: "1" })).rejects.toMatchObject({ code: "attempt_expired" });
});

test("a declined permission blocks everything, is named, and comes back when Facebook is asked again", async () => {
  const first = await logIn(owner, { person: "Ingrid Berg", untickScopes: ["instagram_manage_messages"] });
  const step = await readChoices(owner, first.browser);
  expect(step.missing).toEqual([
    { permission: "instagram_manage_messages", purpose: expect.stringContaining("to answer them") },
  ]);
  expect(step.choices.every(({ disabled }) => disabled)).toBe(true);
  const { pageId } = choice(step, "@fjord.knits");
  await expect(connectAccount(owner, { browser: first.browser, pageId })).rejects.toMatchObject({ code: "invalid" });

  const plain = await logIn(owner, { person: "Ingrid Berg" });
  expect((await readChoices(owner, plain.browser)).missing).toHaveLength(1);
  const again = await logIn(owner, { person: "Ingrid Berg" }, { askAgain: true });
  expect(await readChoices(owner, again.browser)).toMatchObject({ missing: [] });
  await connectAccount(owner, { browser: again.browser, pageId });
  expect(await subscriptions()).toHaveLength(1);
});

test.each(["instagram_basic", "pages_show_list", "pages_manage_metadata", "pages_messaging", "pages_read_engagement"])(
  "without %s nothing can be chosen, and the page still stands",
  async (scope) => {
    const { browser } = await logIn(owner, { person: "Ingrid Berg", untickScopes: [scope] });
    const step = await readChoices(owner, browser);
    expect(step.missing.map(({ permission }) => permission)).toEqual([scope]);
    expect(step.choices.every(({ disabled }) => disabled)).toBe(true);
  },
);

test("an unticked Page is missing with a hint, and is there after the previous settings were edited", async () => {
  const { browser } = await logIn(owner, { person: "Ingrid Berg", pages: ["Bergen Yarn Club"] });
  const step = await readChoices(owner, browser);
  expect(step.tickedPages).toBe(1);
  expect(step.choices.map(({ label }) => label)).toEqual(["Bergen Yarn Club"]);
  const pageId = await pageIdOf("Fjord Knits");
  await expect(connectAccount(owner, { browser, pageId })).rejects.toMatchObject({ code: "invalid" });

  const edited = await logIn(
    owner,
    { person: "Ingrid Berg", step: "edit", pages: ["Bergen Yarn Club", "Fjord Knits"] },
    { askAgain: true },
  );
  expect(choice(await readChoices(owner, edited.browser), "@fjord.knits").disabled).toBe(false);
});

test("a person without Pages gets an empty list that the page can explain", async () => {
  const { browser } = await logIn(owner, { person: "Tomás Silva" });
  expect(await readChoices(owner, browser)).toMatchObject({ personName: "Tomás Silva", choices: [], missing: [] });
});

test("an answer counts once, for one member in one browser", async () => {
  const begun = await begin(owner);
  const back = await answerDialog(emulator, begun.dialogUrl, { person: "Ingrid Berg" });
  const query = back.searchParams;
  const expired = { code: "attempt_expired" };
  const admin = await joined(owner, "admin", "Anna");
  const stranger = await otherWorkspace(desk.db, "Stranger");
  const forged = new URLSearchParams(query);
  forged.set("state", "A".repeat(43));
  const { browser } = begun;

  await expect(receiveLoginAnswer(owner, { query: forged, browser })).rejects.toMatchObject(expired);
  await expect(receiveLoginAnswer(owner, { query, browser: null })).rejects.toMatchObject(expired);
  await expect(receiveLoginAnswer(owner, { query, browser: "another" })).rejects.toMatchObject(expired);
  await expect(receiveLoginAnswer(admin, { query, browser })).rejects.toMatchObject(expired);
  await expect(receiveLoginAnswer(stranger, { query, browser })).rejects.toMatchObject(expired);
  await receiveLoginAnswer(owner, { query, browser });
  await expect(receiveLoginAnswer(owner, { query, browser })).rejects.toMatchObject(expired);

  expect(await readConnectStep(admin, { browser })).toEqual({ step: "start" });
  expect(await readConnectStep(stranger, { browser })).toEqual({ step: "start" });
  const { pageId } = choice(await readChoices(owner, browser), "@fjord.knits");
  await expect(connectAccount(admin, { browser, pageId })).rejects.toMatchObject(expired);
  await expect(connectAccount(stranger, { browser, pageId })).rejects.toMatchObject(expired);
});

test("agents cannot connect", async () => {
  const agent = await joined(owner, "agent", "Ada");
  await expect(begin(agent)).rejects.toMatchObject({ code: "forbidden" });
  await expect(readConnectStep(agent, { browser: "b" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(connectAccount(agent, { browser: "b", pageId: "1" })).rejects.toMatchObject({ code: "forbidden" });
});

test("after 15 minutes an attempt is over, before and after the dialog, and its login is erased", async () => {
  const late = await begin(owner);
  const back = await answerDialog(emulator, late.dialogUrl, { person: "Ingrid Berg" });
  const { browser } = await logIn(owner, { person: "Ingrid Berg" });
  const { pageId } = choice(await readChoices(owner, browser), "@fjord.knits");
  await setClock(desk.db, 15 * MINUTE + 1000);
  await expect(receiveLoginAnswer(owner, { query: back.searchParams, browser: late.browser })).rejects.toMatchObject({
    code: "attempt_expired",
  });
  expect(await readConnectStep(owner, { browser })).toEqual({ step: "start" });
  await expect(connectAccount(owner, { browser, pageId })).rejects.toMatchObject({ code: "attempt_expired" });
  expect(await waitingLogins()).toBe(1);
  expect(await sweepConnectAttempts(desk.system)).toBe(1);
  expect(await waitingLogins()).toBe(0);
});

test("the login is erased when saved, cancelled or begun anew", async () => {
  await connect(owner, "Ingrid Berg", "@fjord.knits");
  expect(await waitingLogins()).toBe(0);
  const { browser } = await logIn(owner, { person: "Nora Keller" });
  expect(await waitingLogins()).toBe(1);
  await cancelConnectAttempt(owner, { browser });
  expect(await waitingLogins()).toBe(0);
  expect(await readConnectStep(owner, { browser })).toEqual({ step: "start" });
  const again = await logIn(owner, { person: "Nora Keller" });
  await begin(owner, { previousBrowser: again.browser });
  expect(await waitingLogins()).toBe(0);
});

test("a code that was used already leads to words, not to a login", async () => {
  const first = await logIn(owner, { person: "Ingrid Berg" });
  const second = await begin(owner);
  const query = new URLSearchParams(first.back.searchParams);
  query.set("state", new URL(second.dialogUrl).searchParams.get("state") ?? "");
  await receiveLoginAnswer(owner, { query, browser: second.browser });
  expect(await readConnectStep(owner, { browser: second.browser })).toMatchObject({
    step: "problem",
    title: "This login was used already",
  });
});

test.each([
  [{ code: 190, message: "App not active: This app is not currently accessible" }, "is not open to everyone yet"],
  [{ code: 100, message: "Insufficient developer role" }, "is not open to everyone yet"],
  [{ code: 1, message: "Error validating client secret." }, "app secret"],
  [{ code: 100, subcode: 36008, message: "Make sure your redirect_uri is identical" }, "this desk's address"],
  [{ code: 2, message: "Please retry" }, "did not answer"],
  [{ code: 100, message: "Something else" }, "refused the login"],
])("complaint 30: the exchange's refusal %o is put into words", async (fault, title) => {
  await emulator.call("/_control/faults", { path: "/oauth/access_token", kind: "error", ...fault });
  const { browser } = await logIn(owner, { person: "Ingrid Berg" });
  expect(await readConnectStep(owner, { browser })).toMatchObject({
    step: "problem",
    title: expect.stringContaining(title),
    text: expect.stringMatching(/try again/i),
  });
  expect(await waitingLogins()).toBe(0);
});

test("a Page that the login does not list cannot be connected, whoever else may", async () => {
  const { browser } = await logIn(owner, { person: "Ingrid Berg" });
  for (const pageId of [await pageIdOf("Nora Ceramics"), "0", "../me"]) {
    await expect(connectAccount(owner, { browser, pageId })).rejects.toMatchObject({ code: "invalid" });
  }
  expect(await subscriptions()).toEqual([]);
});

test("an account of another workspace is refused with the reason and left alone", async () => {
  const stranger = await otherWorkspace(desk.db, "Stranger");
  const theirs = await connect(stranger, "Ingrid Berg", "@fjord.knits");
  const { browser } = await logIn(owner, { person: "Ingrid Berg" });
  const fjord = choice(await readChoices(owner, browser), "@fjord.knits");
  expect(fjord).toMatchObject({ disabled: true, description: expect.stringContaining("another workspace") });
  await expect(connectAccount(owner, { browser, pageId: fjord.pageId })).rejects.toMatchObject({
    code: "channel_taken",
  });
  expect((await listChannels(owner)).channels).toEqual([]);
  expect(await readChannel(stranger, theirs)).toMatchObject({ state: "healthy" });
  await expect(readChannel(owner, theirs)).rejects.toMatchObject({ code: "not_found" });
  await expect(begin(owner, { channelId: theirs.channelId })).rejects.toMatchObject({ code: "not_found" });
});

test("reconnecting keeps the channel: it is chosen beforehand, where another login would find it connected", async () => {
  const { channelId } = await connect(owner, "Ingrid Berg", "@fjord.knits");
  const other = await logIn(owner, { person: "Ingrid Berg" });
  const pageId = await pageIdOf("Fjord Knits");
  expect(choice(await readChoices(owner, other.browser), "@fjord.knits")).toMatchObject({
    disabled: true,
    description: expect.stringContaining("Already connected here"),
  });
  const { browser } = await logIn(owner, { person: "Ingrid Berg" }, { channelId });
  expect(await readChoices(owner, browser)).toMatchObject({ chosen: pageId });
  expect(await connectAccount(owner, { browser, pageId })).toEqual({ channelId });
  expect((await listChannels(owner)).channels).toHaveLength(1);
});

test("with “Allow access to messages” off the channel says what to switch on, and reconnecting then heals it", async () => {
  const { businesses } = (await emulator.call("/_play/state")) as { businesses: { igId: string; username: string }[] };
  const igId = businesses.find(({ username }) => username === "fjord.knits")?.igId;
  await emulator.call("/_play/business/settings", { igId, allowMessages: false });
  const { channelId } = await connect(owner, "Ingrid Berg", "@fjord.knits");
  expect(await readChannel(owner, { channelId })).toMatchObject({
    state: "broken",
    problem: expect.stringContaining("“Allow access to messages”"),
  });
  await emulator.call("/_play/business/settings", { igId, allowMessages: true });
  expect(await connect(owner, "Ingrid Berg", "@fjord.knits")).toEqual({ channelId });
  expect(await readChannel(owner, { channelId })).toMatchObject({ state: "healthy", problem: null });
});

test("when Facebook does not take the subscription nothing is connected, and the same login can try again", async () => {
  const { browser } = await logIn(owner, { person: "Ingrid Berg" });
  const { pageId } = choice(await readChoices(owner, browser), "@fjord.knits");
  await emulator.call("/_control/faults", {
    path: `/${pageId}/subscribed_apps`,
    kind: "error",
    code: 200,
    message: "No",
  });
  await expect(connectAccount(owner, { browser, pageId })).rejects.toMatchObject({
    code: "graph_failed",
    message: expect.stringContaining("Reconnect the channel and allow everything"),
  });
  await emulator.call("/_control/faults", { path: `/${pageId}/subscribed_apps`, kind: "html", status: 502 });
  await expect(connectAccount(owner, { browser, pageId })).rejects.toMatchObject({ code: "graph_failed" });
  expect((await listChannels(owner)).channels).toEqual([]);
  await connectAccount(owner, { browser, pageId });
  expect((await listChannels(owner)).channels).toHaveLength(1);
});

test("of two who save one login at once, one connects and the other is told", async () => {
  const { browser } = await logIn(owner, { person: "Ingrid Berg" });
  const { pageId } = choice(await readChoices(owner, browser), "@fjord.knits");
  const both = await Promise.allSettled([
    connectAccount(owner, { browser, pageId }),
    connectAccount(owner, { browser, pageId }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect((await listChannels(owner)).channels).toHaveLength(1);
});

test("a login that Facebook has ended is said to be over", async () => {
  const { browser } = await logIn(owner, { person: "Ingrid Berg" });
  await emulator.call("/_control/grants", { person: "Ingrid Berg", remove: true });
  expect(await readConnectStep(owner, { browser })).toMatchObject({
    step: "problem",
    title: "Facebook ended this login",
  });
});

test("no token and no secret stands in the database, and every call with a token carries its proof", async () => {
  await connect(owner, "Ingrid Berg", "@fjord.knits");
  await logIn(owner, { person: "Nora Keller" });
  const { rows: tables } = await desk.db.execute<{ name: string }>(
    sql`select format('%I', table_name) as name from information_schema.tables where table_schema = 'public'`,
  );
  let dump = "";
  for (const { name } of tables) {
    const { rows } = await desk.db.execute<{ text: string }>(
      sql`select coalesce(string_agg(t::text, E'\n'), '') as text from ${sql.raw(name)} t`,
    );
    dump += rows[0]?.text ?? "";
  }
  expect(dump).toContain("fjord.knits");
  for (const secret of ["EAAG", APP_SECRET]) {
    expect(dump).not.toContain(secret);
    expect(dump).not.toContain(Buffer.from(secret).toString("hex"));
  }
  const { entries } = (await emulator.call("/_control/requests")) as {
    entries: { path: string; proof: string; query: string; tokenKind: string | null }[];
  };
  const withToken = entries.filter(({ path }) => !path.includes("access_token"));
  expect(withToken.length).toBeGreaterThan(5);
  expect(withToken.filter(({ proof }) => proof !== "valid")).toEqual([]);
});
