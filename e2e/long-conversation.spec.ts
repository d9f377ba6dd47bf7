import { brotliCompressSync } from "node:zlib";
import { expect, type Page, test } from "@playwright/test";
import { openDatabase } from "./desk-database";
import { fillConversation } from "./long-conversation";
import { type MainThread, watchMainThread } from "./main-thread";
import { type OpenDesk, openDesk } from "./open-desk";
import { openConversation, play } from "./stories";

const MESSAGES = 30_000;
/** Messages in the page at most. */
const MOST = 300;
const PAGES = 12;
/** All JavaScript until the first row can be pressed, brotli. */
const MOST_SCRIPT_BYTES = 190 * 1024;

let open: OpenDesk;

test.beforeAll(async ({ browser }) => {
  open = await openDesk(browser);
  await play(open.desk, "/_play/send", { customerId: "ana.lima", igId: open.igId, text: "The newest words" });
});
test.afterAll(() => open.desk.stop());

test("the inbox needs little JavaScript until its first row can be pressed", async () => {
  const { page } = await open.openBrowser();
  const scripts = sizesOfScripts(page);
  await page.goto(`${open.desk.url}/inbox`);
  await openConversation(page, "Ana Lima");
  const sizes = await Promise.all(scripts);
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  console.log(`JavaScript until the first row can be pressed: ${bytes} bytes in ${sizes.length} files`);
  expect(sizes.length).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(MOST_SCRIPT_BYTES);
});

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
  let elements = 0;
  for (let read = 0; read < PAGES; read += 1) {
    const before = await first();
    await history.evaluate((pane) => pane.scrollTo(0, 0));
    await expect.poll(first).not.toBe(before);
    expect(await messages.count()).toBeLessThanOrEqual(MOST);
    elements = Math.max(elements, await page.locator("*").count());
  }
  console.log(`elements in the page: at most ${elements}`);
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
  console.log(`longest task: ${longest.ms} ms; most work in one: ${longest.cpuMs} ms`);
  expect(errors).toEqual([]);
});

/** What each script that the page asks for weighs on its way, as a proxy with brotli sends it; grows while the page loads. */
function sizesOfScripts(page: Page): Promise<number>[] {
  const sizes: Promise<number>[] = [];
  page.on("requestfinished", (request) => {
    if (request.resourceType() !== "script") return;
    const response = request.response();
    sizes.push(response.then(async (answer) => brotliCompressSync((await answer?.body()) ?? "").length));
  });
  return sizes;
}
