import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { cancelConnectAttempt } from "@/lib/inbox/cancel-connect-attempt";
import { listChannels } from "@/lib/inbox/list-channels";
import { readChannel } from "@/lib/inbox/read-channel";
import { sweepConnectAttempts } from "@/lib/inbox/sweep-connect-attempts";
import { connectAccount } from "@/lib/meta/connect-account";
import { receiveLoginAnswer } from "@/lib/meta/connect-answer";
import { readConnectStep } from "@/lib/meta/connect-choices";
import { loginRedirectUri } from "@/lib/meta/login-dialog";
import { MINUTE } from "@/lib/time";
import { APP_SECRET, CALLBACK, connectDesk } from "./connect-desk";
import { answerDialog } from "./connect-emulator";
import { APP_ID } from "./desk-fixture";
import { joined, otherWorkspace } from "./people";
import { setClock } from "./set-clock";

const kit = connectDesk();

test("an account is connected through a login of another Facebook person, who is named", async () => {
  expect(loginRedirectUri()).toBe(CALLBACK);
  const { browser } = await kit.logIn(kit.owner, { person: "Ingrid Berg" });
  const step = await kit.readChoices(kit.owner, browser);
  expect(step).toMatchObject({ personName: "Ingrid Berg", missing: [], seesPortfolios: true, tickedPages: null });
  const fjord = kit.choice(step, "@fjord.knits");
  expect(fjord).toMatchObject({ description: "Fjord Knits", disabled: false });
  const { channelId } = await connectAccount(kit.owner, { browser, pageId: fjord.pageId });

  expect(await readChannel(kit.owner, { channelId })).toMatchObject({
    username: "fjord.knits",
    pageName: "Fjord Knits",
    state: "healthy",
    problem: null,
    connectedBy: "Nora",
    connectedAs: "Ingrid Berg",
  });
  const { rows } = await kit.desk.db.execute(sql`
    select way, person_id as "personId", token_expires_at as "tokenExpiresAt", data_access_expires_at > now() as "dataAccessEnds"
    from channel where id = ${channelId}`);
  expect(rows).toEqual([
    { way: "login", personId: await kit.personIdOf("Ingrid Berg"), tokenExpiresAt: null, dataAccessEnds: true },
  ]);
  const [subscription] = await kit.subscriptions();
  expect(subscription).toMatchObject({ appId: APP_ID, pageId: fjord.pageId });
  expect(subscription?.fields).toContain("messages");
  expect(await readConnectStep(kit.owner, { browser })).toEqual({ step: "start" });
});

test("complaint 58: with the connection begins the reading of what was said before", async () => {
  const { channelId } = await kit.connect(kit.owner, "Ingrid Berg", "@fjord.knits");
  const { rows } = await kit.desk.db.execute(sql`select channel_id as "channelId", reason, state from back_fill`);
  expect(rows).toEqual([{ channelId, reason: "connect", state: "listing" }]);
});

test("complaint 25: an account of the second page of Pages can be connected", async () => {
  const whole = await kit.logIn(kit.owner, { person: "Nora Keller" });
  const all = (await kit.readChoices(kit.owner, whole.browser)).choices.map(({ label }) => label);
  // Graph then gives 25 at a time.
  const message = "Please reduce the amount of data you're asking for, then retry your request";
  await kit.emulator.call("/_control/faults", { path: "/me/accounts", kind: "error", code: 1, message, times: 2 });
  const { browser } = await kit.logIn(kit.owner, { person: "Nora Keller" });
  const step = await kit.readChoices(kit.owner, browser);
  expect(all.length).toBeGreaterThan(32);
  expect(step.choices.map(({ label }) => label)).toEqual(all);
  const { channelId } = await connectAccount(kit.owner, { browser, pageId: kit.choice(step, "@nora.ceramics").pageId });
  expect(await readChannel(kit.owner, { channelId })).toMatchObject({ username: "nora.ceramics", state: "healthy" });
});

test("complaint 27: every Page that cannot be chosen says why", async () => {
  const { browser } = await kit.logIn(kit.owner, { person: "Nora Keller" });
  const step = await kit.readChoices(kit.owner, browser);
  expect(kit.choice(step, "Clay Club Zürich")).toMatchObject({
    disabled: true,
    description: expect.stringMatching(/^No Instagram professional account is linked/),
  });
  expect(kit.choice(step, "@nora.archive")).toMatchObject({
    disabled: true,
    description: expect.stringMatching(/“Messages” and “Community activity”.*MESSAGING, MODERATE/),
  });
  expect(kit.choice(step, "@atelier.nord")).toMatchObject({ disabled: false });
  const archive = kit.choice(step, "@nora.archive");
  await expect(connectAccount(kit.owner, { browser, pageId: archive.pageId })).rejects.toMatchObject({
    code: "invalid",
  });
  expect((await listChannels(kit.owner)).channels).toEqual([]);
});

test("complaint 26: Pages of a business portfolio are listed, and without the permission for it the page can say so", async () => {
  const all = await kit.logIn(kit.owner, { person: "Nora Keller" });
  expect(kit.choice(await kit.readChoices(kit.owner, all.browser), "@keller.outlet").disabled).toBe(false);
  await kit.emulator.call("/_control/reset", {});
  const { browser } = await kit.logIn(kit.owner, { person: "Nora Keller", untickScopes: ["business_management"] });
  const step = await kit.readChoices(kit.owner, browser);
  expect(step).toMatchObject({ missing: [], seesPortfolios: false });
  expect(step.choices.map(({ label }) => label)).not.toContain("@keller.outlet");
});

test("a cancelled dialog says so, and changes nothing", async () => {
  const { browser } = await kit.logIn(kit.owner, { person: "Nora Keller", decision: "cancel" });
  expect(await readConnectStep(kit.owner, { browser })).toMatchObject({
    step: "problem",
    title: "Facebook's dialog was closed",
  });
  await expect(connectAccount(kit.owner, { browser, pageId: "1" })).rejects.toMatchObject({ code: "attempt_expired" });
});

test("a declined permission blocks everything, is named, and comes back when Facebook is asked again", async () => {
  const first = await kit.logIn(kit.owner, { person: "Ingrid Berg", untickScopes: ["instagram_manage_messages"] });
  const step = await kit.readChoices(kit.owner, first.browser);
  expect(step.missing).toEqual([
    { permission: "instagram_manage_messages", purpose: expect.stringContaining("to answer them") },
  ]);
  expect(step.choices.every(({ disabled }) => disabled)).toBe(true);
  const { pageId } = kit.choice(step, "@fjord.knits");
  await expect(connectAccount(kit.owner, { browser: first.browser, pageId })).rejects.toMatchObject({
    code: "invalid",
  });

  const plain = await kit.logIn(kit.owner, { person: "Ingrid Berg" });
  expect((await kit.readChoices(kit.owner, plain.browser)).missing).toHaveLength(1);
  const again = await kit.logIn(kit.owner, { person: "Ingrid Berg" }, { askAgain: true });
  expect(await kit.readChoices(kit.owner, again.browser)).toMatchObject({ missing: [] });
  await connectAccount(kit.owner, { browser: again.browser, pageId });
  expect(await kit.subscriptions()).toHaveLength(1);
});

test.each(["instagram_basic", "pages_show_list", "pages_manage_metadata", "pages_messaging", "pages_read_engagement"])(
  "without %s nothing can be chosen, and the page still stands",
  async (scope) => {
    const { browser } = await kit.logIn(kit.owner, { person: "Ingrid Berg", untickScopes: [scope] });
    const step = await kit.readChoices(kit.owner, browser);
    expect(step.missing.map(({ permission }) => permission)).toEqual([scope]);
    expect(step.choices.every(({ disabled }) => disabled)).toBe(true);
  },
);

test("an unticked Page is missing with a hint, and is there after the previous settings were edited", async () => {
  const { browser } = await kit.logIn(kit.owner, { person: "Ingrid Berg", pages: ["Bergen Yarn Club"] });
  const step = await kit.readChoices(kit.owner, browser);
  expect(step.tickedPages).toBe(1);
  expect(step.choices.map(({ label }) => label)).toEqual(["Bergen Yarn Club"]);
  const pageId = await kit.pageIdOf("Fjord Knits");
  await expect(connectAccount(kit.owner, { browser, pageId })).rejects.toMatchObject({ code: "invalid" });

  const edited = await kit.logIn(
    kit.owner,
    { person: "Ingrid Berg", step: "edit", pages: ["Bergen Yarn Club", "Fjord Knits"] },
    { askAgain: true },
  );
  expect(kit.choice(await kit.readChoices(kit.owner, edited.browser), "@fjord.knits").disabled).toBe(false);
});

test("a person without Pages gets an empty list that the page can explain", async () => {
  const { browser } = await kit.logIn(kit.owner, { person: "Tomás Silva" });
  expect(await kit.readChoices(kit.owner, browser)).toMatchObject({
    personName: "Tomás Silva",
    choices: [],
    missing: [],
  });
});

test("an answer counts once, for one member in one browser", async () => {
  const begun = await kit.begin(kit.owner);
  const back = await answerDialog(kit.emulator, begun.dialogUrl, { person: "Ingrid Berg" });
  const query = back.searchParams;
  const expired = { code: "attempt_expired" };
  const admin = await joined(kit.owner, "admin", "Anna");
  const stranger = await otherWorkspace(kit.desk.db, "Stranger");
  const forged = new URLSearchParams(query);
  forged.set("state", "A".repeat(43));
  const { browser } = begun;

  await expect(receiveLoginAnswer(kit.owner, { query: forged, browser })).rejects.toMatchObject(expired);
  await expect(receiveLoginAnswer(kit.owner, { query, browser: null })).rejects.toMatchObject(expired);
  await expect(receiveLoginAnswer(kit.owner, { query, browser: "another" })).rejects.toMatchObject(expired);
  await expect(receiveLoginAnswer(admin, { query, browser })).rejects.toMatchObject(expired);
  await expect(receiveLoginAnswer(stranger, { query, browser })).rejects.toMatchObject(expired);
  await receiveLoginAnswer(kit.owner, { query, browser });
  await expect(receiveLoginAnswer(kit.owner, { query, browser })).rejects.toMatchObject(expired);

  expect(await readConnectStep(admin, { browser })).toEqual({ step: "start" });
  expect(await readConnectStep(stranger, { browser })).toEqual({ step: "start" });
  const { pageId } = kit.choice(await kit.readChoices(kit.owner, browser), "@fjord.knits");
  await expect(connectAccount(admin, { browser, pageId })).rejects.toMatchObject(expired);
  await expect(connectAccount(stranger, { browser, pageId })).rejects.toMatchObject(expired);
});

test("agents cannot connect", async () => {
  const agent = await joined(kit.owner, "agent", "Ada");
  await expect(kit.begin(agent)).rejects.toMatchObject({ code: "forbidden" });
  await expect(readConnectStep(agent, { browser: "b" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(connectAccount(agent, { browser: "b", pageId: "1" })).rejects.toMatchObject({ code: "forbidden" });
});

test("after 15 minutes an attempt is over, before and after the dialog, and its login is erased", async () => {
  const late = await kit.begin(kit.owner);
  const back = await answerDialog(kit.emulator, late.dialogUrl, { person: "Ingrid Berg" });
  const { browser } = await kit.logIn(kit.owner, { person: "Ingrid Berg" });
  const { pageId } = kit.choice(await kit.readChoices(kit.owner, browser), "@fjord.knits");
  await setClock(kit.desk.db, 15 * MINUTE + 1000);
  await expect(
    receiveLoginAnswer(kit.owner, { query: back.searchParams, browser: late.browser }),
  ).rejects.toMatchObject({
    code: "attempt_expired",
  });
  expect(await readConnectStep(kit.owner, { browser })).toEqual({ step: "start" });
  await expect(connectAccount(kit.owner, { browser, pageId })).rejects.toMatchObject({ code: "attempt_expired" });
  expect(await kit.waitingLogins()).toBe(1);
  expect(await sweepConnectAttempts(kit.desk.system)).toBe(1);
  expect(await kit.waitingLogins()).toBe(0);
});

test("the login is erased when saved, cancelled or begun anew", async () => {
  await kit.connect(kit.owner, "Ingrid Berg", "@fjord.knits");
  expect(await kit.waitingLogins()).toBe(0);
  const { browser } = await kit.logIn(kit.owner, { person: "Nora Keller" });
  expect(await kit.waitingLogins()).toBe(1);
  await cancelConnectAttempt(kit.owner, { browser });
  expect(await kit.waitingLogins()).toBe(0);
  expect(await readConnectStep(kit.owner, { browser })).toEqual({ step: "start" });
  const again = await kit.logIn(kit.owner, { person: "Nora Keller" });
  await kit.begin(kit.owner, { previousBrowser: again.browser });
  expect(await kit.waitingLogins()).toBe(0);
});

test("a code that was used already leads to words, not to a login", async () => {
  const first = await kit.logIn(kit.owner, { person: "Ingrid Berg" });
  const second = await kit.begin(kit.owner);
  const query = new URLSearchParams(first.back.searchParams);
  query.set("state", new URL(second.dialogUrl).searchParams.get("state") ?? "");
  await receiveLoginAnswer(kit.owner, { query, browser: second.browser });
  expect(await readConnectStep(kit.owner, { browser: second.browser })).toMatchObject({
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
  await kit.emulator.call("/_control/faults", { path: "/oauth/access_token", kind: "error", ...fault });
  const { browser } = await kit.logIn(kit.owner, { person: "Ingrid Berg" });
  expect(await readConnectStep(kit.owner, { browser })).toMatchObject({
    step: "problem",
    title: expect.stringContaining(title),
    text: expect.stringMatching(/try again/i),
  });
  expect(await kit.waitingLogins()).toBe(0);
});

test("a Page that the login does not list cannot be connected, whoever else may", async () => {
  const { browser } = await kit.logIn(kit.owner, { person: "Ingrid Berg" });
  for (const pageId of [await kit.pageIdOf("Nora Ceramics"), "0", "../me"]) {
    await expect(connectAccount(kit.owner, { browser, pageId })).rejects.toMatchObject({ code: "invalid" });
  }
  expect(await kit.subscriptions()).toEqual([]);
});

test("an account of another workspace is refused with the reason and left alone", async () => {
  const stranger = await otherWorkspace(kit.desk.db, "Stranger");
  const theirs = await kit.connect(stranger, "Ingrid Berg", "@fjord.knits");
  const { browser } = await kit.logIn(kit.owner, { person: "Ingrid Berg" });
  const fjord = kit.choice(await kit.readChoices(kit.owner, browser), "@fjord.knits");
  expect(fjord).toMatchObject({ disabled: true, description: expect.stringContaining("another workspace") });
  await expect(connectAccount(kit.owner, { browser, pageId: fjord.pageId })).rejects.toMatchObject({
    code: "channel_taken",
  });
  expect((await listChannels(kit.owner)).channels).toEqual([]);
  expect(await readChannel(stranger, theirs)).toMatchObject({ state: "healthy" });
  await expect(readChannel(kit.owner, theirs)).rejects.toMatchObject({ code: "not_found" });
  await expect(kit.begin(kit.owner, { channelId: theirs.channelId })).rejects.toMatchObject({ code: "not_found" });
});

test("reconnecting keeps the channel: it is chosen beforehand, where another login would find it connected", async () => {
  const { channelId } = await kit.connect(kit.owner, "Ingrid Berg", "@fjord.knits");
  const other = await kit.logIn(kit.owner, { person: "Ingrid Berg" });
  const pageId = await kit.pageIdOf("Fjord Knits");
  expect(kit.choice(await kit.readChoices(kit.owner, other.browser), "@fjord.knits")).toMatchObject({
    disabled: true,
    description: expect.stringContaining("Already connected here"),
  });
  const { browser } = await kit.logIn(kit.owner, { person: "Ingrid Berg" }, { channelId });
  expect(await kit.readChoices(kit.owner, browser)).toMatchObject({ chosen: pageId });
  expect(await connectAccount(kit.owner, { browser, pageId })).toEqual({ channelId });
  expect((await listChannels(kit.owner)).channels).toHaveLength(1);
});

test("with “Allow access to messages” off the channel says what to switch on, and reconnecting then heals it", async () => {
  const { businesses } = (await kit.emulator.call("/_play/state")) as {
    businesses: { igId: string; username: string }[];
  };
  const igId = businesses.find(({ username }) => username === "fjord.knits")?.igId;
  await kit.emulator.call("/_play/business/settings", { igId, allowMessages: false });
  const { channelId } = await kit.connect(kit.owner, "Ingrid Berg", "@fjord.knits");
  expect(await readChannel(kit.owner, { channelId })).toMatchObject({
    state: "broken",
    problem: expect.stringContaining("“Allow access to messages”"),
  });
  await kit.emulator.call("/_play/business/settings", { igId, allowMessages: true });
  expect(await kit.connect(kit.owner, "Ingrid Berg", "@fjord.knits")).toEqual({ channelId });
  expect(await readChannel(kit.owner, { channelId })).toMatchObject({ state: "healthy", problem: null });
});

test("complaint 13: when Facebook does not take the subscription, or says so and does not keep it, nothing is connected, and the same login can try again", async () => {
  const { browser } = await kit.logIn(kit.owner, { person: "Ingrid Berg" });
  const { pageId } = kit.choice(await kit.readChoices(kit.owner, browser), "@fjord.knits");
  await kit.emulator.call("/_control/faults", {
    path: `/${pageId}/subscribed_apps`,
    kind: "error",
    code: 200,
    message: "No",
  });
  await expect(connectAccount(kit.owner, { browser, pageId })).rejects.toMatchObject({
    code: "graph_failed",
    message: expect.stringContaining("Reconnect the channel and allow everything"),
  });
  await kit.emulator.call("/_control/faults", { path: `/${pageId}/subscribed_apps`, kind: "html", status: 502 });
  await expect(connectAccount(kit.owner, { browser, pageId })).rejects.toMatchObject({ code: "graph_failed" });
  await kit.emulator.call("/_control/faults", { path: `/${pageId}/subscribed_apps`, kind: "ignore" });
  await expect(connectAccount(kit.owner, { browser, pageId })).rejects.toMatchObject({
    code: "graph_failed",
    message: expect.stringContaining("did not keep the subscription"),
  });
  expect((await listChannels(kit.owner)).channels).toEqual([]);
  await connectAccount(kit.owner, { browser, pageId });
  expect((await listChannels(kit.owner)).channels).toHaveLength(1);
});

test("of two who save one login at once, one connects and the other is told", async () => {
  const { browser } = await kit.logIn(kit.owner, { person: "Ingrid Berg" });
  const { pageId } = kit.choice(await kit.readChoices(kit.owner, browser), "@fjord.knits");
  const both = await Promise.allSettled([
    connectAccount(kit.owner, { browser, pageId }),
    connectAccount(kit.owner, { browser, pageId }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect((await listChannels(kit.owner)).channels).toHaveLength(1);
});

test("a login that Facebook has ended is said to be over", async () => {
  const { browser } = await kit.logIn(kit.owner, { person: "Ingrid Berg" });
  await kit.emulator.call("/_control/grants", { person: "Ingrid Berg", remove: true });
  expect(await readConnectStep(kit.owner, { browser })).toMatchObject({
    step: "problem",
    title: "Facebook ended this login",
  });
});

test("no token and no secret stands in the database, and every call with a token carries its proof", async () => {
  await kit.connect(kit.owner, "Ingrid Berg", "@fjord.knits");
  await kit.logIn(kit.owner, { person: "Nora Keller" });
  const { rows: tables } = await kit.desk.db.execute<{ name: string }>(
    sql`select format('%I', table_name) as name from information_schema.tables where table_schema = 'public'`,
  );
  let dump = "";
  for (const { name } of tables) {
    const { rows } = await kit.desk.db.execute<{ text: string }>(
      sql`select coalesce(string_agg(t::text, E'\n'), '') as text from ${sql.raw(name)} t`,
    );
    dump += rows[0]?.text ?? "";
  }
  expect(dump).toContain("fjord.knits");
  for (const secret of ["EAAG", APP_SECRET]) {
    expect(dump).not.toContain(secret);
    expect(dump).not.toContain(Buffer.from(secret).toString("hex"));
  }
  const { entries } = (await kit.emulator.call("/_control/requests")) as {
    entries: { path: string; proof: string; query: string; tokenKind: string | null }[];
  };
  const withToken = entries.filter(({ path }) => !path.includes("access_token"));
  expect(withToken.length).toBeGreaterThan(5);
  expect(withToken.filter(({ proof }) => proof !== "valid")).toEqual([]);
});
