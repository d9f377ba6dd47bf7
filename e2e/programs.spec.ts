import { createServer, type Server } from "node:http";
import { expect, test } from "@playwright/test";
import { type OpenDesk, openDesk } from "./open-desk";
import { pictures } from "./pictures";
import { conversations, openConversation, play, reply } from "./stories";
import { setUpSwitchboard } from "./switchboard";

let open: OpenDesk;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  open = await openDesk(browser);
});
test.afterEach(() => open.closeBrowsers());
test.afterAll(() => open?.desk.stop());

/** Somebody's program that is told what happens: says what it was told, and answers as it is made to. */
type Program = {
  address: string;
  told: { headers: Record<string, unknown>; events: { id: string; type: string }[] }[];
  answer(status: number): void;
  close(): void;
};

async function openProgram(): Promise<Program> {
  let status = 200;
  const told: Program["told"] = [];
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    told.push({ headers: request.headers, ...JSON.parse(Buffer.concat(chunks).toString("utf8")) });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const at = server.address();
  return {
    // As long as addresses made by machines are.
    address: `http://127.0.0.1:${typeof at === "object" && at ? at.port : 0}/hooks/${"3f9c2a71d8".repeat(12)}?source=replydesk`,
    told,
    answer: (given) => {
      status = given;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function customerSays(text: string): Promise<void> {
  const post = async (path: string, body: object) => {
    const headers = { "content-type": "application/json" };
    const request = { method: "POST", headers, body: JSON.stringify(body) };
    return (await fetch(`${open.desk.emulatorUrl}${path}`, request)).json();
  };
  const { customer } = await post("/_play/customers", { name: text });
  await post("/_play/send", { customerId: customer.id, igId: open.igId, text });
}

test("a key is made, shown once, used, and revoked", async () => {
  const { outputDir } = test.info();
  test.setTimeout(60_000);
  const { desk } = open;
  const { page, errors } = await open.openBrowser();
  await page.goto(`${desk.url}/settings/api`);
  await expect(page.getByText("There is no key yet.")).toBeVisible();
  await page.screenshot({ path: `${outputDir}/api-empty.png` });

  await page.getByRole("button", { name: "Create key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("Helpdesk");
  await page.screenshot({ path: `${outputDir}/api-create.png` });
  await dialog.getByRole("button", { name: "Create key" }).click();
  const secret = await dialog.getByRole("textbox", { name: "Secret" }).inputValue();
  const id = await dialog.getByRole("textbox", { name: "Key id" }).inputValue();
  await page.screenshot({ path: `${outputDir}/api-secret.png` });
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toHaveCount(0);
  expect(await page.content()).not.toContain(secret);

  const appId = await page.locator("dd code").last().innerText();
  const ask = () =>
    fetch(`${desk.url}/v2/apps/${appId}/integrations`, {
      headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` },
    });
  const answer = await ask();
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    integrations: [{ type: "instagram", status: "active", businessUsername: "nora.ceramics" }],
  });

  await page.reload();
  const keys = page.getByRole("list", { name: "API keys" });
  await expect(keys.getByText("last used")).toBeVisible();
  await page.screenshot({ path: `${outputDir}/api-used.png` });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.screenshot({ path: `${outputDir}/api-phone-dark.png` });
  await keys.getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("There is no key yet.")).toBeVisible();
  expect((await ask()).status).toBe(401);

  await page.getByRole("link", { name: "Reference of every operation" }).click();
  await page.getByRole("navigation", { name: "Contents" }).getByRole("link", { name: "PostMessage" }).click();
  await expect(page.getByRole("heading", { name: "Send a message to the customer" })).toBeInViewport();
  await page.screenshot({ path: `${outputDir}/reference-phone-dark.png` });
  expect(errors).toEqual([]);
});

test("a webhook is made, fails, is mended, and is told again what it missed", async () => {
  test.setTimeout(60_000);
  const { takePage } = pictures(test.info());
  const { desk } = open;
  const { page, errors } = await open.openBrowser();
  const program = await openProgram();
  const { told } = program;
  await page.goto(`${desk.url}/settings/webhooks`);
  await expect(page.getByText("Nobody is told yet")).toBeVisible();
  await takePage("no webhook", page);

  await page.getByRole("button", { name: "Create webhook" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name of the integration" }).fill("Helpdesk");
  await dialog.getByRole("textbox", { name: "Address" }).fill("http://10.0.0.1/hook");
  await dialog.getByRole("button", { name: "Create webhook" }).click();
  await expect(dialog.getByRole("alert")).toContainText("leads into a private network");
  await dialog.getByRole("textbox", { name: "Address" }).fill(program.address);
  await dialog.getByRole("radio", { name: "Only some events" }).check();
  await dialog.getByRole("checkbox", { name: "conversation:message", exact: true }).check();
  await takePage("create", page);
  await dialog.getByRole("button", { name: "Create webhook" }).click();
  const secret = await dialog.getByRole("textbox", { name: "X-API-Key" }).inputValue();
  expect(await dialog.getByRole("textbox", { name: "Signing secret" }).inputValue()).toMatch(/^whsec_/);
  await takePage("secrets", page);
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("It is told everything as it happens.")).toBeVisible();
  await expect(dialog).toHaveCount(0);
  expect(await page.content()).not.toContain(secret);

  await customerSays("first");
  await expect.poll(() => told.length).toBe(1);
  expect(told[0]?.headers["x-api-key"]).toBe(secret);

  program.answer(410);
  await customerSays("second");
  await expect.poll(() => told.length).toBe(2);
  await page.reload();
  await expect(page.getByText("Switched off")).toBeVisible();
  await takePage("off", page);
  await page.getByRole("link", { name: "Attempts of Helpdesk" }).click();
  await expect(page.getByText("1 event was missed", { exact: false })).toBeVisible();
  program.answer(503);
  await page.getByRole("button", { name: "Switch on again" }).click();
  await page.getByRole("button", { name: "Replay everything missed" }).click();
  await expect(page.getByText("1 event is told again.")).toBeVisible();
  await expect.poll(() => told.length).toBeGreaterThan(2);
  await page.reload();
  await expect(page.getByText("It answered 503.").first()).toBeVisible();
  await takePage("resting", page);
  program.answer(200);
  await page.getByRole("button", { name: "Try now" }).click();
  await expect(page.getByText("It is told everything as it happens.")).toBeVisible();
  await expect(page.getByText("No events wait")).toBeVisible();

  const last = page.getByRole("list", { name: "Attempts" }).getByRole("listitem").first();
  await expect(last).toContainText(/Told.*status 200 · \d+ ms/);
  await last.getByText("1 event: conversation:message").click();
  await last.getByRole("button", { name: "Show" }).click();
  await expect(last.locator("pre")).toContainText("second");
  const before = told.length;
  await last.getByRole("button", { name: "Replay" }).click();
  await expect.poll(() => told.length).toBe(before + 1);
  expect(told.at(-1)?.events[0]?.id).toBe(told[1]?.events[0]?.id);
  await takePage("log", page);

  await page.goto(`${desk.url}/settings/webhooks`);
  await takePage("list", page);
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("Nobody is told yet")).toBeVisible();
  program.close();
  expect(errors).toEqual([]);
});

test("people see that a bot answers, take the conversation over, give it back, and accept what is offered", async () => {
  const { take, takePage } = pictures(test.info());
  const { desk } = open;
  const { page, errors } = await open.openBrowser();
  const other = await open.openBrowser();
  const board = await setUpSwitchboard(page, desk);
  await play(desk, "/_play/send", { customerId: "ana.lima", igId: open.igId, text: "Do you repair mugs?" });
  await play(desk, "/_play/send", { customerId: "marco.rossi", igId: open.igId, text: "Are you open?" });
  for (const tab of [page, other.page]) {
    await tab.goto(`${desk.url}/inbox`);
    await expect(conversations(tab).getByRole("link", { name: /Ana Lima.*faq-bot is answering/ })).toBeVisible();
    await openConversation(tab, "Ana Lima");
  }
  const here = page.getByRole("region", { name: "Who answers" });
  const there = other.page.getByRole("region", { name: "Who answers" });
  await expect(there).toContainText("faq-bot is answering");
  await takePage("held by a bot", page);

  await here.getByRole("button", { name: "Take over" }).focus();
  await page.keyboard.press("Enter");
  await expect(here).toContainText("Your team is answering");
  await expect(there).toContainText("Your team is answering");
  await expect(here.getByRole("button", { name: "Hand to faq-bot" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(there).toContainText("faq-bot is answering");

  await reply(other.page, "We do, for a small fee");
  await expect(here).toContainText("Your team is answering");

  await openConversation(page, "Marco Rossi");
  const conversationId = new URL(page.url()).pathname.split("/")[2]?.replaceAll("-", "").slice(0, 24);
  await board.call("POST", `/conversations/${conversationId}/offerControl`, { switchboardIntegration: "people" });
  await expect(here).toContainText("faq-bot offers you this conversation");
  await expect(other.page.getByText("faq-bot offers you the conversation with Marco Rossi")).toBeAttached();
  await takePage("offered to people", page);
  await here.getByRole("button", { name: "Accept" }).click();
  await expect(here).toContainText("Your team is answering");

  await other.page.goto(`${desk.url}/settings/api`);
  const card = other.page.locator("section", { has: other.page.getByRole("heading", { name: "Who answers first" }) });
  await take("who answers first", card);
  await other.page.getByRole("button", { name: "Switch off" }).click();
  await expect(here).toHaveCount(0);
  await expect(conversations(page).getByRole("link", { name: /answering/ })).toHaveCount(0);
  await other.page.setViewportSize({ width: 390, height: 844 });
  await take("switched off phone", card);
  await other.page.getByRole("button", { name: "Remove" }).click();
  await other.page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(other.page.getByRole("button", { name: "Let a program answer first" })).toBeVisible();
  await take("nobody answers first", card);
  expect([...errors, ...other.errors]).toEqual([]);
});
