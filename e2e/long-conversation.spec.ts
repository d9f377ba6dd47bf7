import { expect, test } from "@playwright/test";
import { openDatabase } from "./desk-database";
import { fillConversation } from "./long-conversation";
import { type MainThread, watchMainThread } from "./main-thread";
import { type OpenDesk, openDesk } from "./open-desk";
import { openConversation, play } from "./stories";

const MESSAGES = 30_000;
/** Messages in the page at most. */
const MOST = 300;
const PAGES = 12;

let open: OpenDesk;

test.beforeAll(async ({ browser }) => {
  open = await openDesk(browser);
  await play(open.desk, "/_play/send", { customerId: "ana.lima", igId: open.igId, text: "The newest words" });
});
test.afterAll(() => open.desk.stop());

test("a conversation of 30,000 messages opens, scrolls back and jumps to its beginning with a small page", async () => {
  const { page, errors } = await open.openBrowser();
  await page.goto(`${open.desk.url}/inbox`);
  await openConversation(page, "Ana Lima");
  const database = await openDatabase(open.desk);
  await fillConversation(database, new URL(page.url()).pathname.split("/").at(-1) ?? "", MESSAGES);
  await database.end();

  const main: MainThread = await watchMainThread(page);
  await page.reload();
  const history = page.getByRole("region", { name: "History" });
  const messages = page.getByRole("list", { name: "Messages with Ana Lima" }).locator("[data-message]");
  await expect(messages.last()).toContainText("The newest words");

  const first = () => messages.first().textContent();
  for (let read = 0; read < PAGES; read += 1) {
    const before = await first();
    await history.evaluate((pane) => pane.scrollTo(0, 0));
    await expect.poll(first).not.toBe(before);
    expect(await messages.count()).toBeLessThanOrEqual(MOST);
  }
  await expect(messages.getByText("The newest words")).toHaveCount(0);

  await page.getByRole("button", { name: "Back to the newest message" }).click();
  await expect(page.getByText("The newest words").last()).toBeInViewport();
  await page.getByRole("button", { name: /Message 3\. .*Go to that message/ }).click();
  await expect(messages.filter({ hasText: /^Message 3\. / })).toBeFocused();
  await history.evaluate((pane) => pane.scrollTo(0, 0));
  await expect(messages.first()).toContainText("Message 1.");
  await expect(messages.first()).toBeInViewport();

  // What was left out below comes again on the way down.
  const last = () => messages.last().textContent();
  const before = await last();
  await history.evaluate((pane) => pane.scrollTo(0, pane.scrollHeight));
  await expect.poll(last).not.toBe(before);
  expect(await messages.count()).toBeLessThanOrEqual(MOST);

  const longest = await main.longestTask();
  test.info().annotations.push({ type: "longest task", description: `${longest.cpuMs} ms of work` });
  expect(errors).toEqual([]);
});
