import { expect, test } from "@playwright/test";
import { type OpenDesk, openDesk } from "./open-desk";
import { conversations, openConversation, play, reply } from "./stories";
import { setUpSwitchboard } from "./switchboard";

let open: OpenDesk;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  open = await openDesk(browser);
});
test.afterEach(() => open.closeBrowsers());
test.afterAll(() => open?.desk.stop());

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

test("people see that a bot answers, take the conversation over, give it back, and accept what is offered", async () => {
  const { outputDir } = test.info();
  const { desk } = open;
  const { page, errors } = await open.openBrowser();
  const other = await open.openBrowser();
  const board = await setUpSwitchboard(page, desk);
  const pictures = async (name: string) => {
    await page.screenshot({ path: `${outputDir}/${name}.png` });
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: `${outputDir}/${name}-phone-dark.png` });
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 1280, height: 800 });
  };
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
  await pictures("held");

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
  await pictures("offered");
  await here.getByRole("button", { name: "Accept" }).click();
  await expect(here).toContainText("Your team is answering");

  await board.call("DELETE", `/switchboards/${board.id}`);
  await expect(here).toHaveCount(0);
  await expect(there).toHaveCount(0);
  await expect(conversations(page).getByRole("link", { name: /answering/ })).toHaveCount(0);
  expect([...errors, ...other.errors]).toEqual([]);
});
