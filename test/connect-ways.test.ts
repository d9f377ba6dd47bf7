import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/inbox/context";
import { listChannels } from "@/lib/inbox/list-channels";
import { readChannel } from "@/lib/inbox/read-channel";
import { sweepConnectAttempts } from "@/lib/inbox/sweep-connect-attempts";
import { connectAccount } from "@/lib/meta/connect-account";
import { readConnectStep } from "@/lib/meta/connect-choices";
import { receivePopUpAnswer, startPopUp } from "@/lib/meta/connect-pop-up";
import { bringApp, pasteToken } from "@/lib/meta/paste-token";
import { readOwnApp } from "@/lib/meta/read-own-app";
import { DAY } from "@/lib/time";
import { APP_SECRET, CALLBACK, connectDesk } from "./connect-desk";
import { APP_ID } from "./desk-fixture";
import { browserToken, pageTokenOf, type TestApp } from "./facebook-tokens";
import { joined, otherWorkspace } from "./people";
import { setClock } from "./set-clock";

const kit = connectDesk();
const OURS: TestApp = { id: APP_ID, secret: APP_SECRET, redirectUri: CALLBACK };
const OWN: TestApp = { id: "455667788990011", secret: "abcdefabcdefabcdefabcdefabcdef01", redirectUri: CALLBACK };
const INGRID = { person: "Ingrid Berg" };
const FJORD = { person: "Ingrid Berg", pageName: "Fjord Knits" };
const FRESH = { previousBrowser: null, channelId: null };

beforeEach(async () => {
  await kit.emulator.call("/_control/apps", {
    id: OWN.id,
    secret: OWN.secret,
    name: "Fjord's app",
    redirectUris: [CALLBACK],
  });
});

/** Every row of the database as text, as a dump shows it. */
async function dump(): Promise<string> {
  const { rows: tables } = await kit.desk.pool.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public'",
  );
  const parts = await Promise.all(
    tables.map(async ({ name }) => (await kit.desk.pool.query(`select t::text as line from "${name}" t`)).rows),
  );
  return JSON.stringify(parts);
}

/** A secret in clear, or as PostgreSQL shows its bytes. */
function shows(text: string, secret: string): boolean {
  return text.includes(secret) || text.includes(Buffer.from(secret).toString("hex"));
}

describe("the pop-up", () => {
  async function answerOf(ctx: Ctx, given: { accessToken: string; personId: string }): Promise<string> {
    const begun = await startPopUp(ctx, FRESH);
    await receivePopUpAnswer(ctx, { ...begun, ...given });
    return begun.browser;
  }

  test("a login of Facebook's script ends in the same list, with a token that lasts", async () => {
    const accessToken = await browserToken(kit.emulator, OURS, INGRID);
    const browser = await answerOf(kit.owner, { accessToken, personId: await kit.personIdOf("Ingrid Berg") });
    const step = await kit.readChoices(kit.owner, browser);
    expect(step).toMatchObject({ way: "pop_up", personName: "Ingrid Berg", missing: [] });
    const { pageId } = kit.choice(step, "@fjord.knits");
    const { channelId } = await connectAccount(kit.owner, { browser, pageId });
    expect(await readChannel(kit.owner, { channelId })).toMatchObject({ state: "healthy", way: "pop_up" });
    const { rows } = await kit.desk.db.execute(sql`select token_expires_at as "ends" from channel`);
    expect(rows).toEqual([{ ends: null }]);
    expect(shows(await dump(), accessToken)).toBe(false);
  });

  test("a token of another app, of another person, of a Page or of nobody is refused in words", async () => {
    const ingrid = await kit.personIdOf("Ingrid Berg");
    const refused = async (accessToken: string, personId = ingrid) => {
      const browser = await answerOf(kit.owner, { accessToken, personId });
      const step = await readConnectStep(kit.owner, { browser });
      expect(await kit.waitingLogins()).toBe(0);
      return "title" in step ? step.title : step.step;
    };
    expect(await refused(await browserToken(kit.emulator, OWN, INGRID))).toMatch(/another Facebook app/);
    const ours = await browserToken(kit.emulator, OURS, INGRID);
    expect(await refused(ours, await kit.personIdOf("Nora Keller"))).toMatch(/another person/);
    expect(await refused(await pageTokenOf(kit.emulator, OURS, FJORD))).toMatch(/another Facebook app/);
    expect(await refused(`${APP_ID}|${APP_SECRET}`)).toMatch(/another Facebook app/);
    expect(await refused("EAAnobodysTokenAtAll0123456789")).not.toBe("choose");
    expect((await listChannels(kit.owner)).channels).toEqual([]);
  });

  test("its answer counts once, for the member and the browser that began it, within 15 minutes", async () => {
    const accessToken = await browserToken(kit.emulator, OURS, INGRID);
    const answer = { accessToken, personId: await kit.personIdOf("Ingrid Berg") };
    const { state, browser } = await startPopUp(kit.owner, FRESH);
    const stranger = await otherWorkspace(kit.desk.db, "Stranger");
    const admin = await joined(kit.owner, "admin", "Anna");
    const expired = { code: "attempt_expired" };
    const attempts: [Ctx, { state: string; browser: string | null }][] = [
      [kit.owner, { state: "forged", browser }],
      [kit.owner, { state, browser: null }],
      [kit.owner, { state, browser: "another" }],
      [admin, { state, browser }],
      [stranger, { state, browser }],
    ];
    for (const [ctx, begun] of attempts)
      await expect(receivePopUpAnswer(ctx, { ...begun, ...answer })).rejects.toMatchObject(expired);
    await receivePopUpAnswer(kit.owner, { state, browser, ...answer });
    await expect(receivePopUpAnswer(kit.owner, { state, browser, ...answer })).rejects.toMatchObject(expired);
    const late = await startPopUp(kit.owner, FRESH);
    await setClock(kit.desk.db, 16 * 60_000);
    await expect(receivePopUpAnswer(kit.owner, { ...late, ...answer })).rejects.toMatchObject(expired);
    const agent = await joined(kit.owner, "agent", "Ada");
    await expect(startPopUp(agent, FRESH)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("a pasted Page token", () => {
  test("its Page is named before anything is saved, and connects", async () => {
    const token = await pageTokenOf(kit.emulator, OURS, FJORD);
    const { browser } = await pasteToken(kit.owner, { ...FRESH, token: ` ${token}\n` });
    const step = await kit.readChoices(kit.owner, browser);
    expect(step).toMatchObject({ way: "pasted_token", personName: null });
    expect(step.choices).toMatchObject([{ label: "@fjord.knits", description: "Fjord Knits", disabled: false }]);
    expect((await listChannels(kit.owner)).channels).toEqual([]);
    expect(JSON.stringify(step)).not.toContain(token);
    expect(shows(await dump(), token)).toBe(false);
    const { pageId } = kit.choice(step, "@fjord.knits");
    const { channelId } = await connectAccount(kit.owner, { browser, pageId });
    expect(await readChannel(kit.owner, { channelId })).toMatchObject({ state: "healthy", way: "pasted_token" });
    expect(await kit.subscriptions()).toMatchObject([{ appId: APP_ID, pageId }]);
    expect(shows(await dump(), token)).toBe(false);
    expect(await kit.waitingLogins()).toBe(0);
  });

  test("it works without pages_show_list: nobody lists Pages with it", async () => {
    const scopes =
      "instagram_basic,instagram_manage_messages,pages_manage_metadata,pages_messaging,pages_read_engagement,pages_show_list";
    const token = await pageTokenOf(kit.emulator, OURS, { ...FJORD, scopes });
    const person = await kit.personIdOf("Ingrid Berg");
    await kit.emulator.call("/_control/grants", { person, appId: APP_ID, revoke: ["pages_show_list"] });
    const { browser } = await pasteToken(kit.owner, { ...FRESH, token });
    const { pageId } = kit.choice(await kit.readChoices(kit.owner, browser), "@fjord.knits");
    await connectAccount(kit.owner, { browser, pageId });
  });

  test("another Page cannot be saved with it", async () => {
    const { browser } = await pasteToken(kit.owner, { ...FRESH, token: await pageTokenOf(kit.emulator, OURS, FJORD) });
    for (const pageId of [await kit.pageIdOf("Nora Ceramics"), await kit.pageIdOf("Bergen Yarn Club"), "0", "../me"])
      await expect(connectAccount(kit.owner, { browser, pageId })).rejects.toMatchObject({ code: "invalid" });
    expect(await kit.subscriptions()).toEqual([]);
  });

  test("what is no lasting Page token of this app is refused, and says what it is", async () => {
    const paste = (token: string) => pasteToken(kit.owner, { ...FRESH, token });
    const refused = (words: RegExp) => ({ code: "invalid", message: expect.stringMatching(words) });
    await expect(paste("")).rejects.toMatchObject(refused(/does not look like/));
    await expect(paste("EAA with spaces 0123456789012345")).rejects.toMatchObject(refused(/does not look like/));
    await expect(paste("EAAnobodysTokenAtAll0123456789")).rejects.toMatchObject(refused(/does not know this token/));
    await expect(paste(await browserToken(kit.emulator, OURS, INGRID))).rejects.toMatchObject(refused(/of a person/));
    await expect(paste(`${APP_ID}|${APP_SECRET}`)).rejects.toMatchObject(refused(/of a person or an app/));
    await expect(paste(await pageTokenOf(kit.emulator, OWN, FJORD))).rejects.toMatchObject(
      refused(/another Facebook app/),
    );
    const short = await pageTokenOf(kit.emulator, OURS, { ...FJORD, lasting: false });
    await expect(paste(short)).rejects.toMatchObject(refused(/ends within a day/));
    const lasting = await pageTokenOf(kit.emulator, OURS, FJORD);
    const person = await kit.personIdOf("Ingrid Berg");
    await kit.emulator.call("/_control/grants", { person, appId: APP_ID, revoke: ["instagram_manage_messages"] });
    await expect(paste(lasting)).rejects.toMatchObject(refused(/lacks the permission instagram_manage_messages/));
    await kit.emulator.call("/_control/tokens", { person, action: "password-change" });
    await expect(paste(lasting)).rejects.toMatchObject(refused(/does not know this token/));
    const agent = await joined(kit.owner, "agent", "Ada");
    await expect(pasteToken(agent, { ...FRESH, token: lasting })).rejects.toMatchObject({ code: "forbidden" });
    expect(await kit.waitingLogins()).toBe(0);
  });
});

describe("an own Facebook app", () => {
  async function bring(ctx: Ctx, given: { token?: string; secret?: string; appId?: string; channelId?: string } = {}) {
    const token = given.token ?? (await pageTokenOf(kit.emulator, OWN, FJORD));
    const { appId = OWN.id, secret = OWN.secret, channelId = null } = given;
    return bringApp(ctx, { previousBrowser: null, channelId, appId, secret, token });
  }

  async function connectOwn(ctx: Ctx): Promise<{ channelId: string }> {
    const { browser } = await bring(ctx);
    const { pageId } = kit.choice(await kit.readChoices(ctx, browser), "@fjord.knits");
    return connectAccount(ctx, { browser, pageId });
  }

  test("connects with its own address and verify token, and every call carries its own proof", async () => {
    const { channelId } = await connectOwn(kit.owner);
    const channel = await readChannel(kit.owner, { channelId });
    expect(channel).toMatchObject({ way: "own_app", facebookAppId: OWN.id, username: "fjord.knits" });
    expect(await readOwnApp(kit.owner, channel)).toMatchObject({
      name: "Fjord's app",
      webhookAddress: `http://localhost:3000/webhooks/instagram/${OWN.id}`,
      verifyToken: expect.stringMatching(/^[\w-]{43}$/),
      // Nothing listens at this address in this test, so Facebook's handshake fails.
      subscription: "none",
    });
    expect(await kit.subscriptions()).toMatchObject([{ appId: OWN.id }]);
    const { entries } = (await kit.emulator.call("/_control/requests")) as {
      entries: { proof: string; path: string }[];
    };
    expect(entries.filter(({ proof }) => proof === "invalid")).toEqual([]);
    expect(shows(await dump(), OWN.secret)).toBe(false);
  });

  test("number, secret and token that do not belong together are refused, and nothing is kept", async () => {
    const refused = (words: RegExp) => ({ code: "invalid", message: expect.stringMatching(words) });
    await expect(bring(kit.owner, { secret: "0".repeat(32) })).rejects.toMatchObject(
      refused(/does not accept this secret/),
    );
    await expect(bring(kit.owner, { appId: "123456789" })).rejects.toMatchObject(
      refused(/does not accept this secret/),
    );
    await expect(bring(kit.owner, { appId: APP_ID, secret: APP_SECRET })).rejects.toMatchObject(refused(/uses anyway/));
    await expect(bring(kit.owner, { appId: "../me" })).rejects.toMatchObject(refused(/the number at the top/));
    await expect(bring(kit.owner, { secret: "" })).rejects.toMatchObject(refused(/App settings → Basic/));
    const foreign = await pageTokenOf(kit.emulator, OURS, FJORD);
    await expect(bring(kit.owner, { token: foreign })).rejects.toMatchObject(refused(/another Facebook app/));
    const person = await browserToken(kit.emulator, OWN, INGRID);
    await expect(bring(kit.owner, { token: person })).rejects.toMatchObject(refused(/of a person/));
    const { rows } = await kit.desk.db.execute(sql`select 1 from facebook_app`);
    expect(rows).toEqual([]);
  });

  test("an address that the app sends its events to is never replaced unasked", async () => {
    const elsewhere = { id: OWN.id, secret: OWN.secret, redirectUris: [CALLBACK] };
    const listener = await listen();
    await kit.emulator.call("/_control/apps", { ...elsewhere, webhookUrl: listener.url, verifyToken: "theirs" });
    await kit.emulator.call(`/_control/apps/${OWN.id}/handshake`, {});
    const { channelId } = await connectOwn(kit.owner);
    const channel = await readChannel(kit.owner, { channelId });
    expect(await readOwnApp(kit.owner, channel)).toMatchObject({ subscription: "other" });
    await listener.close();
  });

  test("reconnects in place, with the secret that is known", async () => {
    const { channelId } = await connectOwn(kit.owner);
    const before = await readOwnApp(kit.owner, { facebookAppId: OWN.id });
    const { browser } = await bring(kit.owner, { secret: "", channelId });
    const { pageId } = kit.choice(await kit.readChoices(kit.owner, browser), "@fjord.knits");
    expect(await connectAccount(kit.owner, { browser, pageId })).toEqual({ channelId });
    expect((await readOwnApp(kit.owner, { facebookAppId: OWN.id }))?.verifyToken).toBe(before?.verifyToken);
  });

  test("an account answers in one place, whichever app it comes through", async () => {
    const { channelId } = await connectOwn(kit.owner);
    const login = await kit.logIn(kit.owner, INGRID);
    const step = await kit.readChoices(kit.owner, login.browser);
    const fjord = kit.choice(step, "@fjord.knits");
    expect(fjord).toMatchObject({ disabled: true, description: expect.stringContaining("Already connected here") });
    const save = connectAccount(kit.owner, { browser: login.browser, pageId: fjord.pageId });
    await expect(save).rejects.toMatchObject({ code: "invalid" });

    const stranger = await otherWorkspace(kit.desk.db, "Stranger");
    const theirs = await bring(stranger);
    expect(kit.choice(await kit.readChoices(stranger, theirs.browser), "@fjord.knits").description).toMatch(
      /another workspace/,
    );
    const taken = connectAccount(stranger, { browser: theirs.browser, pageId: fjord.pageId });
    await expect(taken).rejects.toMatchObject({ code: "channel_taken" });

    const moved = await kit.logIn(kit.owner, INGRID, { channelId });
    expect(await connectAccount(kit.owner, { browser: moved.browser, pageId: fjord.pageId })).toEqual({ channelId });
    expect(await readChannel(kit.owner, { channelId })).toMatchObject({ way: "login", facebookAppId: APP_ID });
  });

  test("an app that led to no channel is forgotten after a day, with its secret", async () => {
    await bring(kit.owner);
    const kept = async () => (await kit.desk.db.execute(sql`select 1 from facebook_app`)).rows.length;
    await sweepConnectAttempts(kit.desk.system);
    expect(await kept()).toBe(1);
    await setClock(kit.desk.db, 2 * DAY);
    await sweepConnectAttempts(kit.desk.system);
    expect(await kept()).toBe(0);
  });
});

/** Somebody else's webhook. */
async function listen(): Promise<{ url: string; close(): Promise<void> }> {
  const { createServer } = await import("node:http");
  const server = createServer((request, response) => {
    response.end(new URL(request.url ?? "/", "http://x").searchParams.get("hub.challenge") ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
