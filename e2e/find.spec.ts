import { expect, test } from "@playwright/test";
import { openDatabase } from "./desk-database";
import { fillConversation } from "./long-conversation";
import { watchMainThread } from "./main-thread";
import { type OpenDesk, openDesk } from "./open-desk";
import { conversations, openConversation, play } from "./stories";

const MESSAGES = 30_000;
/** Messages in the page at most. */
const MOST = 300;

let open: OpenDesk;

test.beforeAll(async ({ browser }) => {
  open = await openDesk(browser);
  await say("ana.lima", "The newest words");
  await say("marco.rossi", "Do you have a Café-au-lait bowl?");
});
test.afterAll(() => open.desk.stop());

async function say(customerId: string, text: string): Promise<string> {
  const { mid } = await play(open.desk, "/_play/send", { customerId, igId: open.igId, text });
  return String(mid);
}

test("people and messages are found by keyboard, marked, and opened", async () => {
  const { page, errors } = await open.openBrowser();
  await page.goto(`${open.desk.url}/inbox`);
  await expect(conversations(page).getByRole("link", { name: /Marco Rossi/ })).toBeVisible();
  await page.keyboard.press("/");
  const box = page.getByRole("searchbox", { name: "Search" });
  await expect(box).toBeFocused();

  await box.fill("ana l");
  const people = page.getByRole("region", { name: "People" });
  await expect(people.getByRole("link")).toHaveText([/Ana Lima/]);
  await page.keyboard.press("ArrowDown");
  await expect(people.getByRole("link", { name: /Ana Lima/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("list", { name: "Messages with Ana Lima" })).toBeVisible();

  await page.keyboard.press("Control+k");
  await expect(box).toBeFocused();
  await box.fill("CAFE bowl");
  const messages = page.getByRole("region", { name: "Messages", exact: true });
  await expect(messages.locator("mark")).toHaveText(["Café", "bowl"]);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-message]").getByText("Do you have a Café-au-lait bowl?")).toBeVisible();
  await expect.poll(() => page.evaluate(() => CSS.highlights.get("found")?.size)).toBe(2);

  await box.fill("zebra");
  await expect(page.getByText("Nothing found for “zebra”")).toBeVisible();
  await box.fill("%");
  await expect(page.getByText("Type a word, a name or an emoji")).toBeVisible();
  await box.press("Escape");
  await expect(box).toHaveValue("");
  await expect(conversations(page).getByRole("link", { name: /Marco Rossi/ })).toBeVisible();
  expect(errors).toEqual([]);
});

test("what is typed right after Ctrl+F, Ctrl+K or / falls into the field, never into the reply", async () => {
  const { page } = await open.openBrowser();
  await page.goto(`${open.desk.url}/inbox`);
  await openConversation(page, "Ana Lima");
  const search = page.getByRole("searchbox", { name: "Search" });
  const find = page.getByRole("searchbox", { name: "Find in conversation" });
  for (const [keys, field] of [
    ["Control+f", find],
    ["Control+k", search],
    ["/", search],
  ] as const) {
    await page.getByRole("main").focus();
    await page.keyboard.press(keys);
    // Without waiting for anything, as fast hands do.
    await page.keyboard.type("reply newest");
    await expect(field).toHaveValue("reply newest");
    await page.keyboard.press("Escape");
  }
  await expect(page.getByRole("textbox", { name: "Reply" })).toHaveValue("");
  await expect(page.locator("[data-message]")).toHaveCount(1);
});

test("what is unsent leaves the results without a reload and is not found again", async () => {
  const { page } = await open.openBrowser();
  const mid = await say("marco.rossi", "My secret pangolin");
  await page.goto(`${open.desk.url}/inbox`);
  const box = page.getByRole("searchbox", { name: "Search" });
  const found = page.getByRole("region", { name: "Messages", exact: true }).getByRole("link");
  await expect(async () => {
    await box.fill("");
    await box.fill("pangolin");
    await expect(found).toHaveCount(1, { timeout: 1_000 });
  }).toPass();
  await play(open.desk, "/_play/unsend", { mid });
  await expect(found).toHaveCount(0);
  await box.fill("pango");
  await expect(page.getByText("Nothing found for “pango”")).toBeVisible();
});

test("in a conversation of 30,000 messages an old one is found and jumped to, with a small page", async () => {
  const { page, errors } = await open.openBrowser();
  await page.goto(`${open.desk.url}/inbox`);
  await openConversation(page, "Ana Lima");
  const database = await openDatabase(open.desk);
  await fillConversation(database, new URL(page.url()).pathname.split("/").at(-1) ?? "", MESSAGES);
  await database.end();
  await page.reload();
  const messages = page.getByRole("list", { name: "Messages with Ana Lima" }).locator("[data-message]");
  await expect(messages.last()).toContainText("The newest words");
  const main = await watchMainThread(page);

  await page.getByRole("searchbox", { name: "Search" }).fill("12345");
  await page
    .getByRole("region", { name: "Messages", exact: true })
    .getByRole("link", { name: /Message 12345\./ })
    .click();
  await expect(messages.filter({ hasText: /^Message 12345\. / })).toBeFocused();
  await expect(messages.filter({ hasText: /^Message 12345\. / })).toBeInViewport();
  expect(await messages.count()).toBeLessThanOrEqual(MOST);

  await page.keyboard.press("Control+f");
  const box = page.getByRole("searchbox", { name: "Find in conversation" });
  await expect(box).toBeFocused();
  const place = page.getByRole("search", { name: "Find in conversation" }).getByRole("status");
  await box.pressSequentially("cups", { delay: 20 });
  await expect(place).toHaveText("1 of 100+");
  await expect(messages.filter({ hasText: /^Message 29999\. / })).toBeInViewport();
  await box.press("Enter");
  await expect(place).toHaveText("2 of 100+");
  await expect(messages.filter({ hasText: /^Message 29998\. / })).toBeInViewport();
  await page.getByRole("button", { name: "Newer match" }).click();
  await expect(place).toHaveText("1 of 100+");
  await box.fill("message 4242");
  await expect(place).toHaveText("1 of 1");
  await expect(messages.filter({ hasText: /^Message 4242\. / })).toBeInViewport();
  expect(await messages.count()).toBeLessThanOrEqual(MOST);
  await box.fill("porcupine");
  await expect(place).toHaveText("Not found");
  await box.press("Escape");
  await expect(box).toHaveCount(0);

  const longest = await main.longestTask();
  console.log(`longest task: ${longest.ms} ms; most work in one: ${longest.cpuMs} ms`);
  expect(errors).toEqual([]);
});
