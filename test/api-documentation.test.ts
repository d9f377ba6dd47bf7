import { resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { publicId } from "@/lib/api/public-id";
import { createApiKey } from "@/lib/auth/create-api-key";
import { processHandles } from "@/lib/process-handles";
import { fencedBlocks } from "./fenced-blocks";
import { freePort } from "./free-port";
import { FACEBOOK_APP, type LiveDesk, openLiveDesk } from "./live-desk";
import { openShell, type Shell } from "./shell";
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
});
afterAll(async () => {
  shell?.close();
  await live?.close();
});

/** Fills in what a person copies; every other line of the page is taken as it stands. */
async function follow(block: string, copied: Record<string, () => string | Promise<string>>): Promise<string> {
  let typed = block;
  for (const [line, name = ""] of block.matchAll(/^export (\w+)=.*$/gm)) {
    const copy = copied[name];
    if (!copy) throw new Error(`Where does a person find ${name}?`);
    typed = typed.replace(line, `export ${name}='${await copy()}'`);
  }
  return shell.run(typed);
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
    block.replaceAll("8080", String(port)),
  );
  const answers: string[] = [];
  const copied = {
    DESK: () => live.url,
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
    PICTURE: () => String(/"mediaUrl":"([^"]+)"/.exec(answers.at(-1) ?? "")?.[1]),
  };
  for (const block of blocks) answers.push(answerIn(await follow(block, copied)));

  const [app, connected, told, read, answered, uploaded, sent] = answers
    .filter(Boolean)
    .map((said) => JSON.parse(said));
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

test("the switchboard, from its making to the bot that hands over to people", async () => {
  await shell.run(
    `export DESK='${live.url}' KEY='${key.id}' SECRET='${key.secret}' APP='${publicId(live.shop.workspaceId)}'`,
  );
  const customer = await live.newCustomer("Hello");
  const answers: { [name: string]: { id: string } }[] = [];
  const idIn = (at: number, name: string) => () => String(answers[at]?.[name]?.id);
  const copied = {
    BOARD: idIn(0, "switchboard"),
    PEOPLE: idIn(1, "switchboardIntegration"),
    FAQ: idIn(2, "switchboardIntegration"),
    BOT: async () => String(/"id":"([0-9a-f]{24})","type":"custom"/.exec(await shell.run(CUSTOM_INTEGRATION))?.[1]),
    CONVERSATION: async () => {
      await live.customerWrites(customer, "Do you repair mugs?");
      return publicId(customer.conversationId);
    },
  };
  for (const block of await fencedBlocks("docs/api/switchboard.md", "sh"))
    answers.push(JSON.parse(answerIn(await follow(block, copied))));
  expect(answers).toHaveLength(5);
  expect(answers[3]).toMatchObject({ switchboard: { enabled: true } });
  const held = await shell.run(`curl -s -u "$KEY:$SECRET" "$DESK/v2/apps/$APP/conversations/$CONVERSATION"`);
  expect(JSON.parse(answerIn(held))).toMatchObject({
    conversation: { activeSwitchboardIntegration: { name: "people", integrationType: "replydesk:inbox" } },
  });
});

const CUSTOM_INTEGRATION = `curl -s -u "$KEY:$SECRET" -H 'content-type: application/json' "$DESK/v2/apps/$APP/integrations" \\
  -d '{"type":"custom","displayName":"FAQ","webhooks":[{"target":"https://you.example/hook","triggers":["*"]}]}'`;
