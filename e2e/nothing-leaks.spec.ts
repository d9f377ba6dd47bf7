import { randomBytes, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import type pg from "pg";
import { openDatabase } from "./desk-database";
import { pdf } from "./files";
import {
  type Finding,
  type Needle,
  readDatabase,
  readLogs,
  readPage,
  recordStream,
  recordTraffic,
  search,
  type Traffic,
} from "./search-everywhere";
import { type RunningDesk, startDesk } from "./start-desk";
import {
  accountId,
  agreeAtFacebook,
  becomeOwner,
  connectAccount,
  ledger,
  look,
  openBrowser,
  openConversation,
  play,
  reply,
} from "./stories";

/** Once, to whoever makes it. */
const INVITATION_TOLD = "invitation token in answer to POST /settings/people";

type Person = { context: BrowserContext; page: Page; errors: string[]; traffic: Traffic };

let desk: RunningDesk;
let database: pg.Client;
let igId: string;
let owner: Person;
/** What the owner's sign-in and connection took; the cookies of both are taken while they are there. */
let secrets: Needle[];

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  desk = await startDesk({ LOG_LEVEL: "trace" });
  database = await openDatabase(desk);
  igId = await accountId(desk);
  const opened = await openBrowser(browser);
  owner = { ...opened, traffic: recordTraffic(opened.context, desk) };
  secrets = [{ name: "setup code", value: new URL(desk.setupLink ?? "").searchParams.get("code") ?? "" }];
  opened.context.on("response", async (response) => {
    const cookies = await response.headerValue("set-cookie").catch(() => null);
    for (const [, name, value] of (cookies ?? "").matchAll(/^([^=]+)=([^;\n]{16,})/gm)) {
      if (/session-token|state|replydesk-connect/.test(name ?? ""))
        secrets.push({ name: `cookie ${name}`, value: value ?? "" });
    }
  });
  await becomeOwner(owner.page, desk);
  await connectAccount(owner.page, desk);
});
test.afterAll(async () => {
  await database?.end();
  await desk?.stop();
});

test("complaint 51: what was unsent is nowhere", async ({ browser }) => {
  test.setTimeout(90_000);
  const { page } = owner;
  const colleague = await openBrowser(browser, { storageState: await owner.context.storageState() });
  const unsent: Needle[] = [];
  /** A text that is going to be taken back. */
  const fleeting = (name: string): string => {
    const value = `fleeting-${randomBytes(8).toString("hex")}`;
    unsent.push({ name, value });
    return value;
  };
  const say = async (text: string, more = {}) =>
    play(desk, "/_play/send", { customerId: "ana.lima", igId, text, ...more });
  const unsend = (mid: unknown) => play(desk, "/_play/unsend", { mid });
  const everywhere = async (): Promise<string[]> => {
    const fresh = await colleague.context.newPage();
    const stream = await recordStream(colleague.context, desk);
    await fresh.goto(page.url());
    const conversation = page.url().replace(/.*\/inbox/, "conversations");
    const doors = ["conversations", conversation, "changes?after=0", "search?q=fleeting"];
    const answers = doors.map(async (door): Promise<Finding> => {
      const answer = await colleague.context.request.get(`${desk.url}/api/inbox/${door}`);
      expect(answer.ok()).toBe(true);
      return { place: `/api/inbox/${door}`, text: await answer.text() };
    });
    await expect.poll(() => stream.said.text).toContain("event: changes");
    stream.stop();
    const pages = await Promise.all([page, colleague.page, fresh].map(readPage));
    const found = [stream.said, ...pages.flat(), ...(await Promise.all(answers)), ...(await readDatabase(database))];
    await fresh.close();
    return search(unsent, found);
  };

  const greeting = await say("Good morning");
  for (const each of [page, colleague.page]) {
    await each.goto(`${desk.url}/inbox`);
    await openConversation(each, "Ana Lima");
  }
  const thread = (each: Page) => each.getByRole("list", { name: "Messages with Ana Lima" });
  const gone = (each: Page) => thread(each).getByText(/unsent a message$/);

  await test.step("what everybody has seen: a text, what quotes it, an edited text, a reply of ours", async () => {
    const text = await say(fleeting("a customer's text"));
    const quoting = await say("What I said above", { replyToMid: text.mid });
    const edited = await say(fleeting("the first form of an edited text"));
    await play(desk, "/_play/edit", { mid: edited.mid, text: fleeting("the second form of an edited text") });
    await reply(page, fleeting("a reply of ours"));
    for (const each of [page, colleague.page]) {
      await expect(
        thread(each)
          .getByText(unsent[0]?.value ?? "")
          .first(),
      ).toBeVisible();
      await expect(thread(each).getByText(unsent[3]?.value ?? "")).toBeVisible();
    }
    await expect(thread(page).getByText("Sent", { exact: true }).first()).toBeAttached();
    const own = (await ledger(desk)).at(-1);
    for (const mid of [own?.mid, edited.mid, text.mid]) await unsend(mid);
    for (const each of [page, colleague.page]) await expect(gone(each)).toHaveCount(3);
    await expect.poll(everywhere, { timeout: 5_000 }).toEqual([]);
    await unsend(quoting.mid);
  });

  const { igsid } = greeting.thread as { igsid: string };
  const deliver = async (content: object, kind = "message") => {
    const item = { sender: { id: igsid }, recipient: { id: igId }, timestamp: Date.now(), [kind]: content };
    await play(desk, "/_play/raw", { igId, item });
    await look(desk, "/_control/idle");
  };

  await test.step("what came after it was unsent", async () => {
    const mid = `mid-${randomUUID()}`;
    await deliver({ mid, is_deleted: true });
    await deliver({ mid, text: fleeting("a text after its unsend") });
    for (const each of [page, colleague.page]) await expect(gone(each)).toHaveCount(5);
    await expect.poll(everywhere, { timeout: 5_000 }).toEqual([]);
  });

  await test.step("whatever a message holds: addresses of media and stories, ads, cards, taps, kinds unknown", async () => {
    const address = (what: string) => `${desk.emulatorUrl}/cdn/${fleeting(`the address of ${what}`)}`;
    const holding = (): Record<string, object> => ({
      pictures: {
        attachments: ["one", "another"].map((n) => ({ type: "image", payload: { url: address(`${n} picture`) } })),
      },
      "a post": {
        attachments: [{ type: "ig_post", payload: { title: fleeting("a caption"), url: address("a post") } }],
      },
      "a story reply": { text: "Nice", reply_to: { story: { id: "1", url: address("our story") } } },
      "a story mention": { attachments: [{ type: "story_mention", payload: { url: address("their story") } }] },
      "an ad": {
        text: "Hi",
        referral: {
          ref: fleeting("a reference"),
          source: "ADS",
          ads_context_data: { ad_title: fleeting("an ad's title"), photo_url: address("an ad's picture") },
        },
      },
      "a tap": { text: fleeting("a tapped title"), quick_reply: { payload: fleeting("a payload") } },
      "an unknown kind": { attachments: [{ type: "hologram", payload: { url: address("a hologram") } }] },
    });
    const unsentBefore = await gone(page).count();
    const first = Object.entries(holding()).map(([kind, message]) => ({ mid: `${kind}-${randomUUID()}`, message }));
    for (const { mid, message } of first) await deliver({ mid, ...message });
    const edited = `edited-${randomUUID()}`;
    await deliver({ mid: edited, text: fleeting("a text before its edit"), num_edit: 1 }, "message_edit");
    await expect(thread(page).getByText("Not shown yet: hologram").first()).toBeVisible();
    await expect.poll(everywhere).not.toEqual([]);
    for (const mid of [...first.map((each) => each.mid), edited]) await deliver({ mid, is_deleted: true });
    const late = Object.entries(holding()).map(([kind, message]) => ({ mid: `${kind}-${randomUUID()}`, message }));
    for (const { mid } of late) await deliver({ mid, is_deleted: true });
    for (const { mid, message } of late) await deliver({ mid, ...message });
    for (const each of [page, colleague.page])
      await expect(gone(each)).toHaveCount(unsentBefore + first.length + late.length);
    await expect.poll(everywhere, { timeout: 5_000 }).toEqual([]);
  });

  await test.step("a picture that fills the screen", async () => {
    const { samples } = await look<{ samples: { url: string }[] }>(desk, "/_play/state");
    const mid = `mid-${randomUUID()}`;
    await deliver({ mid, attachments: [{ type: "image", payload: { url: samples[0]?.url } }] });
    await thread(page).getByRole("button", { name: "Picture from Ana Lima" }).click();
    await expect(page.getByRole("dialog", { name: "Picture from Ana Lima" })).toBeVisible();
    await deliver({ mid, is_deleted: true });
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(thread(page).getByRole("img", { name: "Picture from Ana Lima" })).toHaveCount(0);
  });

  await test.step("a document of ours, with its name", async () => {
    const unsentBefore = await gone(page).count();
    const name = `${fleeting("the name of a document of ours")}.pdf`;
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Attach a file" }).click();
    await (await chooser).setFiles({ name, mimeType: "application/pdf", buffer: pdf(name).bytes });
    await expect(page.getByRole("list", { name: "Attached files" }).getByText("Ready")).toBeVisible();
    await page.getByRole("button", { name: "Send", exact: true }).click();
    for (const each of [page, colleague.page]) await expect(thread(each).getByRole("link", { name })).toBeVisible();
    const { entries } = await look<{ entries: { kind: string; mid: string }[] }>(desk, "/_control/ledger");
    await unsend(entries.find(({ kind }) => kind === "file")?.mid);
    for (const each of [page, colleague.page]) await expect(gone(each)).toHaveCount(unsentBefore + 1);
    await expect.poll(everywhere, { timeout: 5_000 }).toEqual([]);
  });

  await test.step("what came in any order, twice", async () => {
    const unsentBefore = await gone(page).count();
    await play(desk, "/_control/deliveries/hold", {});
    for (const n of [1, 2, 3, 4, 5]) {
      const { mid } = await say(fleeting(`text ${n} in disorder`));
      await play(desk, "/_play/edit", { mid, text: fleeting(`second form of text ${n} in disorder`) });
      await unsend(mid);
    }
    await play(desk, "/_control/deliveries/release", { shuffle: true, seed: 20261122, duplicate: 2 });
    for (const each of [page, colleague.page]) await expect(gone(each)).toHaveCount(unsentBefore + 5);
    await expect
      .poll(async () => (await database.query("select from delivery where body is not null")).rowCount)
      .toBe(0);
    await expect.poll(everywhere, { timeout: 5_000 }).toEqual([]);
  });

  expect(search(unsent, await readLogs(desk))).toEqual([]);
  expect([...owner.errors, ...colleague.errors]).toEqual([]);
});

test("what belongs to another workspace looks like what does not exist", async () => {
  test.setTimeout(60_000);
  const foreign = await addForeignWorkspace();
  const { page } = owner;
  const see = async (path: string): Promise<{ status: number | undefined; words: string }> => {
    const response = await page.goto(`${desk.url}${path}`);
    await expect(page.getByText("There is nothing here")).toBeVisible();
    return { status: response?.status(), words: await page.locator("body").innerText() };
  };
  const ask = (path: string, body?: object) =>
    page.evaluate(
      async ([url, given]) => {
        const options = given && { method: "POST", body: given, headers: { "content-type": "application/json" } };
        const answer = await fetch(url ?? "", options || {});
        return { status: answer.status, text: await answer.text() };
      },
      [`/api/inbox${path}`, body && JSON.stringify(body)],
    );

  for (const [room, id] of [
    ["/inbox", foreign.conversation],
    ["/channels", foreign.channel],
  ]) {
    const seen = await see(`${room}/${id}`);
    expect(seen.status).toBe(404);
    expect(seen).toEqual(await see(`${room}/${randomUUID()}`));
  }
  const doors: [string, string, object?][] = [
    [foreign.conversation, "/conversations/ID"],
    [foreign.conversation, "/conversations/ID/read", { through: 1 }],
    [foreign.conversation, "/conversations/ID/messages", { id: randomUUID(), text: "Hello" }],
    [foreign.message, "/messages/ID/retry", {}],
    [foreign.message, "/messages/ID/story-gone", {}],
    [foreign.contact, "/contacts/ID/avatar"],
  ];
  for (const [id, door, body] of doors) {
    const answer = await ask(door.replace("ID", id), body);
    expect(answer.status, door).toBe(404);
    expect(answer, door).toEqual(await ask(door.replace("ID", randomUUID()), body));
  }
  await page.goto(`${desk.url}/inbox`);
  await expect(page.getByRole("heading", { name: "Inbox" })).toBeVisible();
  expect(search([{ name: "foreign text", value: foreign.text }], await owner.traffic.bodies())).toEqual([]);
});

test("secrets stay where they belong, in good times and bad", async ({ browser }) => {
  test.setTimeout(90_000);
  const { page } = owner;
  const stream = await recordStream(owner.context, desk);
  const customersText = `said-${randomBytes(8).toString("hex")}`;

  await page.goto(`${desk.url}/settings/people`);
  await page.getByRole("button", { name: "Invite" }).first().click();
  const invite = page.getByRole("dialog");
  await invite.getByRole("button", { name: /link/i }).click();
  const link = await invite.getByRole("textbox").inputValue();
  const invitation: Needle = { name: "invitation token", value: link.split("/").at(-1) ?? "" };

  const opened = await openBrowser(browser);
  const agent: Person = { ...opened, traffic: recordTraffic(opened.context, desk) };
  await agent.page.goto(link);
  await agent.page.getByRole("button", { name: "Continue with Facebook" }).click();
  await agreeAtFacebook(agent.page, "Tomás Silva");
  await agent.page.waitForURL(`${desk.url}/inbox`);
  for (const { name, value } of await agent.context.cookies(desk.url))
    if (name.endsWith("session-token")) secrets.push({ name: "cookie of the agent", value });

  await test.step("what goes wrong is written down", async () => {
    await play(desk, "/_play/send", { customerId: "ana.lima", igId, text: customersText });
    await openConversation(agent.page, "Ana Lima");
    await play(desk, "/_control/faults", { path: "send", kind: "error", status: 400, code: 100 });
    await reply(agent.page, `${customersText} refused`);
    await expect(agent.page.getByText("Not sent").first()).toBeVisible();
    // Meta's answer is no answer: asked again and again what became of it.
    await play(desk, "/_control/faults", { path: "send", kind: "html" });
    await reply(agent.page, `${customersText} answered with a page`);
    await expect.poll(async () => (await look<{ faults: unknown[] }>(desk, "/_control/faults")).faults).toEqual([]);
    const { entries } = await look<{ entries: { deliveryId: string }[] }>(desk, "/_control/deliveries");
    await play(desk, "/_control/deliveries/replay", { deliveryId: entries.at(-1)?.deliveryId, signature: "wrong" });
    await play(desk, "/_play/send", { customerId: "marco.rossi", igId, text: customersText });
    await openConversation(agent.page, "Marco Rossi");
    await play(desk, "/_control/tokens", { igId, action: "revoke" });
    // Not through the reply box: a typing or seen signal may notice the revoked token first and close it.
    await agent.page.evaluate(async (text) => {
      const answer = await fetch(`/api${location.pathname.replace("/inbox/", "/inbox/conversations/")}/messages`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ id: crypto.randomUUID(), text }),
      });
      // Read to its end: what is searched below waits for every answer.
      await answer.text();
    }, `${customersText} answered without access`);
    const problems = agent.page.getByRole("status", { name: "Problems with accounts" });
    await expect(problems.getByText("Messages of @nora.ceramics cannot be answered")).toBeVisible();
    for (const path of [
      "/setup?code=wrong-setup-code-0123456789",
      "/invitation/wrong-invitation-0123456789",
      "/channels/connect/callback?code=wrong-login-code-0123456789&state=wrong-state-0123456789",
      "/api/auth/callback/facebook?code=wrong-login-code-0123456789&state=wrong-state-0123456789",
    ]) {
      await page.goto(desk.url + path);
    }
    for (const path of ["/channels", "/channels/connect", "/settings", "/inbox"]) await page.goto(desk.url + path);
  });
  stream.stop();

  secrets.push(...(await readSecrets()), ...(await readTokens()));
  const kinds = new Set(secrets.map(({ name }) => name.replace(/ \d+$/, "")));
  for (const name of ["AUTH_SECRET", "page token", "user token", "login code", "cookie next-auth.session-token"]) {
    expect(kinds, "what is looked for").toContain(name);
  }
  expect(secrets.filter(({ value }) => value.length < 16)).toEqual([]);
  const guesses = ["setup-code", "invitation", "login-code", "state"].map((what) => ({
    name: `a wrong ${what}`,
    value: `wrong-${what}-0123456789`,
  }));
  const all = [...secrets, ...guesses];

  // The search finds what is there.
  const bodies = await agent.traffic.bodies();
  for (const findings of [await readDatabase(database), bodies, [stream.said]]) {
    expect(search([{ name: "a customer's text", value: customersText }], findings)).not.toEqual([]);
  }

  const logs = await readLogs(desk);
  expect(logs.map(({ place }) => place).sort()).toEqual(["/app.log", "/postgres/postgres.log"]);
  expect(search([...all, invitation, { name: "a customer's text", value: customersText }], logs)).toEqual([]);
  expect(search([...all, invitation], await readDatabase(database))).toEqual([]);
  expect(search([...all, invitation], [stream.said])).toEqual([]);
  for (const { traffic } of [owner, agent]) {
    expect([...traffic.kinds]).toEqual(
      expect.arrayContaining(["text/html", "application/json", "application/javascript"]),
    );
    expect(search([...all, invitation], traffic.addresses)).toEqual([]);
    const hits = search([...all, invitation], await traffic.bodies());
    expect(hits.filter((hit) => traffic !== owner.traffic || hit !== INVITATION_TOLD)).toEqual([]);
    // These addresses bring a secret, and leave it behind with their answer.
    const bringing =
      /^request for \/(setup|setup\/open|invitation\/[^/]+|channels\/connect\/callback|api\/auth\/callback\/facebook)$/;
    expect(
      search(
        [...all, invitation],
        traffic.requests.filter(({ place }) => !bringing.test(place)),
      ),
    ).toEqual([]);
  }
});

async function readSecrets(): Promise<Needle[]> {
  const kept: Record<string, string> = JSON.parse(await readFile(join(desk.dataDir, "secrets.json"), "utf8"));
  return Object.entries(kept).map(([name, value]) => ({ name, value }));
}

/** Every token and code that Facebook has given out, from what the emulator keeps. */
async function readTokens(): Promise<Needle[]> {
  type Given = { value: string; kind?: string };
  const world: { tokens: Given[]; codes: Given[] } = JSON.parse(
    await readFile(join(desk.dataDir, "emulator", "emulator.json"), "utf8"),
  );
  return [
    ...world.tokens.map(({ value, kind }, n) => ({ name: `${kind} token ${n}`, value })),
    ...world.codes.map(({ value }, n) => ({ name: `login code ${n}`, value })),
  ];
}

/** Another brand in the same installation, with one conversation. */
async function addForeignWorkspace() {
  const workspace = randomUUID();
  const channel = randomUUID();
  const contact = randomUUID();
  const conversation = randomUUID();
  const message = randomUUID();
  const text = `foreign-${randomBytes(8).toString("hex")}`;
  const insert = (table: string, row: Record<string, unknown>) => {
    const columns = Object.keys(row);
    const places = columns.map((_, at) => `$${at + 1}`);
    return database.query(`insert into ${table} (${columns.join()}) values (${places.join()})`, Object.values(row));
  };
  const inWorkspace = { workspace_id: workspace };
  const at = new Date();
  await insert("workspace", { id: workspace, name: "Fjord Knits" });
  await insert("workspace_sequence", { ...inWorkspace, last: 0 });
  await insert("channel", {
    ...inWorkspace,
    id: channel,
    facebook_app_id: "900100200300",
    page_id: "100200300",
    page_name: "Fjord Knits",
    account_id: "17841400000000001",
    username: "fjord.knits",
    state: "healthy",
  });
  await insert("contact", {
    ...inWorkspace,
    id: contact,
    channel_id: channel,
    external_id: "600700800",
    first_wrote_at: at,
  });
  await insert("conversation", {
    ...inWorkspace,
    id: conversation,
    channel_id: channel,
    contact_id: contact,
    last_message_at: at,
    last_customer_at: at,
    preview_text: text,
    preview_kind: "text",
    preview_direction: "in",
    preview_state: "received",
  });
  await insert("message", {
    ...inWorkspace,
    id: message,
    conversation_id: conversation,
    channel_id: channel,
    external_id: `mid-${message}`,
    direction: "in",
    origin: "customer",
    kind: "text",
    text,
    sent_at: at,
    arrival: 1,
    state: "received",
  });
  return { text, channel, contact, conversation, message };
}
