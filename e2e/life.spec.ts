import { expect, type Page, test } from "@playwright/test";
import { type RunningDesk, startDesk } from "./start-desk";
import {
  accountId,
  becomeOwner,
  connectAccount,
  conversations,
  ledger,
  openBrowser,
  openConversation,
  play,
  reply,
} from "./stories";

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
  await expect(
    conversations(page).getByRole("link", { name: /^(@?earlier\S*|Earlier \d), Instagram app: Answer/ }),
  ).toHaveCount(8);
  await openConversation(page, "Earlier 3");
  await expect(page.getByText("Question 3")).toBeVisible();
  expect(errors).toEqual([]);
});

test("a token dies while somebody writes: one banner, the reply waits, and leaves by itself after reconnecting", async () => {
  test.setTimeout(180_000);
  const other = await page.context().newPage();
  await page.goto(`${desk.url}/inbox`);
  await openConversation(page, "Ana Lima");
  // A passing problem first, so that the reply is on its way when the token dies.
  await control("/_control/faults", { path: "send", kind: "error", status: 500, code: 2, transient: true, times: 1 });
  await reply(page, "It is on its way.");
  await control("/_control/tokens", { person: "Nora Keller", action: "password-change" });
  const banner = page.getByText(/changed their Facebook password/);
  await expect(banner.first()).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Reply" })).toHaveCount(0);
  // Messages come in all the while; one does not, and nobody knows.
  await play(desk, "/_play/send", { customerId: "ana.lima", igId, text: "Are you there?" });
  await expect(page.getByText("Are you there?").last()).toBeVisible();
  await control("/_control/deliveries/lose", { times: 1 });
  await play(desk, "/_play/send", { customerId: "ana.lima", igId, text: "Nobody hears this" });
  expect(await ledger(desk)).toEqual([]);
  await connectAccount(other, desk);
  await other.close();
  await expect(banner).toHaveCount(0);
  await expect(page.getByText("Nobody hears this").last()).toBeVisible({ timeout: 30_000 });
  await expect.poll(async () => (await ledger(desk)).map(({ text }) => text)).toEqual(["It is on its way."]);
  const sent = page
    .getByRole("list", { name: "Messages with" })
    .getByRole("listitem")
    .filter({ hasText: "It is on its way." });
  await expect(sent).toHaveCount(1);
  await expect(sent.getByText("Sent", { exact: true })).toBeAttached();
  await expect(page.getByRole("list", { name: "Fetched by the desk" })).toContainText("never reported by Instagram");
  await page.getByRole("button", { name: "Close this note" }).click();
  await expect(page.getByRole("list", { name: "Fetched by the desk" })).toHaveCount(0);
});

test("disconnected: history kept first, then erased by typing the account's name", async () => {
  test.setTimeout(120_000);
  await page.goto(`${desk.url}/channels`);
  await page.getByRole("link", { name: "@nora.ceramics" }).click();
  await page.getByRole("button", { name: "Disconnect…" }).click();
  await expect(page.getByRole("radio", { name: "Keep it" })).toBeChecked();
  await page.getByRole("button", { name: "Disconnect", exact: true }).click();
  await expect(page.getByText("This account is not connected any more")).toBeVisible();
  await page.goto(`${desk.url}/inbox`);
  await openConversation(page, "Ana Lima");
  await expect(page.getByText("@nora.ceramics is not connected any more.")).toBeVisible();
  await page.goto(`${desk.url}/channels`);
  await page.getByRole("link", { name: "@nora.ceramics" }).click();
  await page.getByRole("button", { name: "Erase its history…" }).click();
  const erase = page.getByRole("button", { name: "Erase", exact: true });
  await expect(erase).toBeDisabled();
  await page.getByRole("textbox", { name: "Type @nora.ceramics to confirm" }).fill("@nora.ceramics");
  await erase.click();
  await page.waitForURL(/\/channels\?erased/);
  await expect(page.getByText("No account is connected yet")).toBeVisible();
  await page.goto(`${desk.url}/inbox`);
  await expect(conversations(page).getByRole("link", { name: /^Ana Lima/ })).toHaveCount(0);
  expect(errors).toEqual([]);
});

async function control(path: string, body: object): Promise<void> {
  await play(desk, path, body);
}
