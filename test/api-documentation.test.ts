import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { publicId } from "@/lib/api/public-id";
import { RAISED_TRIGGERS } from "@/lib/api/schemas/webhook";
import { createApiKey } from "@/lib/auth/create-api-key";
import { processHandles } from "@/lib/process-handles";
import { blocksOf, fencedBlocks } from "./fenced-blocks";
import { freePort } from "./free-port";
import { type Integrator, openIntegrator } from "./integrator";
import { FACEBOOK_APP, type LiveDesk, openLiveDesk } from "./live-desk";
import { openShell, type Shell } from "./shell";
import type { Sink } from "./sink";
import { until } from "./until";

/** What the pages in docs/api tell people to type does what they say, with a running desk and the stand-in for Meta. */
const PAGE_NAME = "Zinnia Dresses";
let live: LiveDesk;
let shell: Shell;
let key: { id: string; secret: string };

beforeAll(async () => {
  live = await openLiveDesk();
  await live.start();
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
  shell = openShell(resolve("."));
  await shell.run(
    `export DESK='${live.url}' KEY='${key.id}' SECRET='${key.secret}' APP='${publicId(live.shop.workspaceId)}'`,
  );
});
afterAll(async () => {
  shell?.close();
  await live?.close();
});

type Copied = Record<string, (last: string) => string | Promise<string>>;

/** Types the blocks as they stand; only what a person copies into an export is filled in. @returns what was answered, in order */
async function follow(blocks: string[], copied: Copied): Promise<string[]> {
  const answers: string[] = [];
  async function type(commands: string): Promise<void> {
    const answer = answerIn(await shell.run(commands));
    if (answer) answers.push(answer);
  }
  for (const block of blocks) {
    for (const piece of block.split(/^(export \w+=.*….*\n)/m).filter((one) => one.trim() !== "")) {
      const [, name] = /^export (\w+)=.*…/.exec(piece) ?? [];
      if (name && !copied[name]) throw new Error(`Where does a person find ${name}?`);
      await type(name ? `export ${name}='${await copied[name]?.(answers.at(-1) ?? "")}'` : piece);
    }
  }
  return answers;
}

/** What curl printed, without what the listener heard meanwhile. */
function answerIn(printed: string): string {
  return printed.replace(/conversation:message [0-9a-f]{24} .*/g, "").trim();
}

/** Presses a button of a page of the app's dashboard, as Nora Keller. @returns the page that follows, in which values are escaped for HTML */
async function dashboard(section: string, form: Record<string, string>): Promise<string> {
  const { people } = await live.emulator.get<{ people: { id: string; name: string }[] }>("/_control/people");
  const nora = people.find(({ name }) => name === "Nora Keller");
  const response = await fetch(`${live.emulator.url}/facebook/developers/${FACEBOOK_APP.id}/${section}`, {
    method: "POST",
    headers: { cookie: `emulator_person=${nora?.id}` },
    body: new URLSearchParams(form),
  });
  return response.text();
}

async function account() {
  type Business = { igId: string; pageId: string; pageName: string };
  const { businesses } = await live.emulator.get<{ businesses: Business[] }>("/_play/state");
  const found = businesses.find(({ pageName }) => pageName === PAGE_NAME);
  if (!found) throw new Error(`There is no Page ${PAGE_NAME}.`);
  return found;
}

async function anaWrites(text: string): Promise<string> {
  const { igId } = await account();
  await live.emulator.post("/_play/send", { customerId: "ana.lima", igId, text });
  const heard = new RegExp(`^conversation:message ([0-9a-f]{24}) ${text.replace("?", "\\?")}$`, "m");
  return until("the listener prints what was said", () => heard.exec(shell.printed())?.[1]);
}

test("the quick start, from the key to the answered message and a picture", async () => {
  const port = await freePort();
  const blocks = (await fencedBlocks("docs/api/README.md", "sh")).map((block) =>
    block.replaceAll("8080", String(port)).replaceAll("http://localhost:3000", live.url),
  );
  const copied = {
    KEY: () => key.id,
    SECRET: () => key.secret,
    APP: () => publicId(live.shop.workspaceId),
    FACEBOOK_APP: () => FACEBOOK_APP.id,
    FACEBOOK_SECRET: async () =>
      /<code>([0-9a-f]{32})<\/code>/.exec(await dashboard("settings", { action: "show" }))?.[1] ?? "",
    PAGE_TOKEN: async () => {
      const page = await dashboard("messages", { action: "generate", page: (await account()).pageId });
      return /<textarea class="token"[^>]*>([^<]+)</.exec(page)?.[1] ?? "";
    },
    CONVERSATION: () => anaWrites("Is the blue bowl back?"),
    PICTURE: (last: string) => JSON.parse(last).attachment.mediaUrl,
  };
  const answers = await follow(blocks, copied);
  const [app, connected, told, read, answered, uploaded, sent] = answers.map((said) => JSON.parse(said));
  expect(app).toMatchObject({ app: { id: publicId(live.shop.workspaceId) } });
  expect(connected).toMatchObject({ integration: { type: "instagram", status: "active", businessName: PAGE_NAME } });
  expect(told).toMatchObject({ integration: { type: "custom", webhooks: [{ target: `http://127.0.0.1:${port}/` }] } });
  expect(read).toMatchObject({ messages: [{ content: { text: "Is the blue bowl back?" } }] });
  expect(answered).toMatchObject({ messages: [{ content: { text: "Yes, since this morning." } }] });
  expect(uploaded).toMatchObject({ attachment: { mediaType: "image/png" } });
  expect(sent).toMatchObject({ messages: [{ content: { type: "image", text: "Our inbox" } }] });

  const again = blocks.find((block) => block.includes("idempotency-key")) ?? "";
  expect(JSON.parse(answerIn(await shell.run(again))).messages[0].id).toBe(answered.messages[0].id);
  const other = await shell.run(again.replace("since this morning", "since today"));
  expect(other).toContain('"code":"conflict"');
  await until("the words under the picture reach Instagram", async () =>
    (await live.ledger()).some(({ text }) => text === "Our inbox"),
  );
  expect((await live.ledger()).map(({ kind, text }) => [kind, text])).toEqual([
    ["text", "Yes, since this morning."],
    ["image", null],
    ["text", "Our inbox"],
  ]);
});

test("the page of the switchboard, from its making to the bot that hands over to people", async () => {
  const { call } = await openIntegrator(live);
  const customer = await live.newCustomer("Hello");
  const conversationId = publicId(customer.conversationId);
  const placed = (last: string) => JSON.parse(last).switchboardIntegration.id;
  const answers = await follow(await fencedBlocks("docs/api/switchboard.md", "sh"), {
    BOARD: (last) => JSON.parse(last).switchboard.id,
    BOT: async () => {
      const webhooks = [{ target: "https://you.example/hook", triggers: ["*"] }];
      return (await call("POST", "/integrations", { type: "custom", displayName: "FAQ", webhooks })).json.integration
        .id;
    },
    PEOPLE: placed,
    FAQ: placed,
    CONVERSATION: async () => {
      await live.customerWrites(customer, "Do you repair mugs?");
      return conversationId;
    },
  });
  expect(answers).toHaveLength(5);
  expect(JSON.parse(answers[3] ?? "")).toMatchObject({ switchboard: { enabled: true } });
  const { json } = await call("GET", `/conversations/${conversationId}`);
  expect(json).toMatchObject({
    conversation: { activeSwitchboardIntegration: { name: "people", integrationType: "replydesk:inbox" } },
  });
  await shell.run(`curl -s -u "$KEY:$SECRET" -X DELETE "$DESK/v2/apps/$APP/switchboards/$BOARD"`);
});

test("the page for those who come from Sunshine Conversations: its client, at another address", async () => {
  const customer = await live.newCustomer("Are you still there?");
  await shell.run(`export CONVERSATION='${publicId(customer.conversationId)}'`);
  const [program = ""] = await fencedBlocks("docs/api/migration.md", "js");
  expect(await shell.run(node(program))).toMatch(/^[0-9a-f]{24}$/m);
  await until("its message reaches Instagram", async () =>
    (await live.ledger(customer)).some(({ text }) => text === "The same client, at another address."),
  );
});

test("the page of webhooks: a call is verified by its examples, and every trigger is told as it says", async () => {
  const integrator = await openIntegrator(live);
  const sinks = [await integrator.newSink(), await integrator.newSink()] as const;
  const hook = await integrator.subscribe(sinks[0].url);
  const full = { target: sinks[1].url, triggers: ["*"], includeFullUser: true, includeFullSource: true };
  await integrator.call("POST", "/integrations", { type: "custom", displayName: "Full", webhooks: [full] });
  await everythingHappens(integrator, sinks[0]);

  const expected = RAISED_TRIGGERS.filter((trigger) => !trigger.startsWith("switchboard:"));
  for (const sink of sinks)
    await until("every trigger is told", () => {
      const told = new Set(sink.taken().map(({ type }) => type));
      const missing = expected.filter((trigger) => !told.has(trigger));
      if (missing.length > 0) throw new Error(`Not yet: ${missing.join(", ")}`);
      return true;
    });

  const [call] = sinks[0].received;
  const page = await readFile("docs/api/webhooks.md", "utf8");
  const headers = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
  expect(headers).toHaveLength(6);
  expect(Object.keys(call?.headers ?? {})).toEqual(expect.arrayContaining(headers));
  const program = blocksOf(page, "js").join("\n");
  const given = [hook.signingSecret, call?.headers, call?.body].map((one) => JSON.stringify(one)).join(", ");
  const ours = `console.log(verified(${given}).events.length, isOurs(${JSON.stringify(hook.secret)}, ${JSON.stringify(call?.headers)}));`;
  expect(await shell.run(node(`${program}\n${ours}\n`))).toContain(`${call?.json.events.length} true`);
  await integrator.clear();
});

function node(program: string): string {
  return `node --input-type=module <<'END'\n${program}END`;
}

/** Somebody comes by an advertisement, is answered, reads, presses, mentions, writes, takes back, cannot be reached, and is erased. */
async function everythingHappens({ call }: Integrator, sink: Sink): Promise<void> {
  const { customer } = await live.emulator.post<{ customer: { id: string } }>("/_play/customers", { name: "Rosa" });
  const somebody = { customerId: customer.id, igId: live.shop.accountId };
  const play = (path: string, more: object = {}) =>
    live.emulator.post<{ thread: { id: string }; mid: string }>(`/_play/${path}`, { ...somebody, ...more });
  /** Of this person alone: what others said before may still be told. */
  // biome-ignore lint/suspicious/noExplicitAny: which fields there are is what the sink checks.
  const heard = (type: string, about: string): Promise<any> =>
    until(`${type} is told`, () => {
      const events = sink.taken().filter((event) => event.type === type);
      return events.find(({ payload }) => JSON.stringify(payload).includes(about))?.payload;
    });

  const { thread } = await play("other", { kind: "ad" });
  const { conversation, user } = await heard("conversation:create", '"ADS"');
  const answer = (text: string) =>
    call("POST", `/conversations/${conversation.id}/messages`, {
      author: { type: "business" },
      content: { type: "text", text },
    });
  await answer("With pleasure.");
  await heard("conversation:message:delivery:channel", conversation.id);
  await live.emulator.post("/_play/seen", { threadId: thread.id, by: "customer" });
  await heard("conversation:message:delivery:user", conversation.id);
  for (const kind of ["postback", "voice"]) await play("other", { kind });
  await play("story-mention");
  await play("story-reply", { text: "Lovely" });
  await heard("conversation:referral", conversation.id);
  const { mid } = await play("send", { text: "Oh, forget it" });
  await live.emulator.post("/_play/unsend", { mid });
  await heard("conversation:message:deleted", conversation.id);
  const refusal = { path: "send", kind: "error", status: 400, code: 551, subcode: 1545041, message: "Not available" };
  await live.emulator.post("/_control/faults", refusal);
  await answer("Are you there?");
  await heard("conversation:message:delivery:failure", conversation.id);
  await call("DELETE", `/users/${user.id}`);
  await heard("user:remove", user.id);
}
