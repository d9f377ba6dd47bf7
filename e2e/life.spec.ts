import { expect, type Page, test } from "@playwright/test";
import { type RunningDesk, startDesk } from "./start-desk";
import { accountId, becomeOwner, connectAccount, conversations, openBrowser, openConversation, play } from "./stories";

/** The life of a connection, as its owner sees it. */
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let desk: RunningDesk;
let igId: string;
let page: Page;
let errors: string[];

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  desk = await startDesk();
  igId = await accountId(desk);
  ({ page, errors } = await openBrowser(browser));
  await becomeOwner(page, desk);
});
test.afterAll(async () => {
  await page?.context().close();
  await desk?.stop();
});

test("what was said before is read back while one looks on", async () => {
  test.setTimeout(120_000);
  for (let n = 1; n <= 8; n += 1) {
    const { customer } = await play(desk, "/_play/customers", { name: `Earlier ${n}` });
    const customerId = (customer as { id: string }).id;
    await play(desk, "/_play/send", { customerId, igId, text: `Question ${n}`, ago: n * DAY_MS });
    await play(desk, "/_play/business/send", { customerId, igId, text: `Answer ${n}`, ago: n * DAY_MS - HOUR_MS });
  }
  await play(desk, "/_play/send", { customerId: "ana.lima", igId, text: "Still waiting", ago: 2 * HOUR_MS });
  await connectAccount(page, desk);
  const bar = page.getByRole("progressbar", { name: "Reading conversations" });
  await expect(bar).toBeVisible();
  await expect.poll(() => bar.getAttribute("aria-valuemax")).toBe("9");
  await expect(page.getByText(/^Compared with Instagram/)).toContainText("17 messages in 9 conversations", {
    timeout: 60_000,
  });
  await expect(bar).toHaveCount(0);
  await page.goto(`${desk.url}/inbox`);
  await expect(conversations(page).getByRole("link", { name: /^Ana Lima, 1 unread message/ })).toBeVisible();
  await expect(conversations(page).getByRole("link", { name: /^(@?earlier\S*|Earlier \d), You: Answer/ })).toHaveCount(
    8,
  );
  await openConversation(page, "Earlier 3");
  await expect(page.getByText("Question 3")).toBeVisible();
  expect(errors).toEqual([]);
});
