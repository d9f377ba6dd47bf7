import { expect, type Page, test } from "@playwright/test";
import { type OpenDesk, openDesk } from "./open-desk";
import { conversations, ledger, look, openConversation, play, reply } from "./stories";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** What a new message leaves; the screen counts in minutes. */
const WHOLE_DAY = /^Reply within (1 d|2[34] h)$/;

let open: OpenDesk;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  open = await openDesk(browser);
});
test.afterEach(() => open.closeBrowsers());
test.afterAll(() => open?.desk.stop());

test("complaint 38, 39, 40: the reply window is shown, applied, and opened again by the customer", async () => {
  test.setTimeout(90_000);
  const { desk, igId } = open;
  const { page, errors } = await open.openBrowser();
  await page.goto(`${desk.url}/inbox`);
  const say = (customerId: string, text: string, ago = 0) => play(desk, "/_play/send", { customerId, igId, text, ago });

  await test.step("within 24 hours: no tag", async () => {
    await say("ana.lima", "Do you ship to Porto?");
    await openConversation(page, "Ana Lima");
    await expect(page.getByText(WHOLE_DAY)).toBeVisible();
    await expect(page.getByText(/^Answer due in /)).toBeVisible();
    await answer(page, "Yes, in two days.");
    await expect(page.getByText(/^Answer due/)).toHaveCount(0);
    await expect(page.getByText(/^Open until /)).toBeVisible();
  });

  await test.step("after 25 hours: a person replies, and Instagram is told so", async () => {
    await say("marco.rossi", "Is the green one back?", 25 * HOUR_MS + 120_000);
    await openConversation(page, "Marco Rossi");
    await expect(page.getByText(/^Human agent replies until /)).toBeVisible();
    await expect(page.getByText(/^Answer due 1 h [12] m ago, overdue$/)).toBeVisible();
    await answer(page, "It is, since this morning.");
    await expect(page.getByText(/^Answer due/)).toHaveCount(0);
    await expect(page.getByText(/^Human agent replies until /)).toBeVisible();
  });

  await test.step("after 8 days: closed, in words; the customer's next message opens it", async () => {
    await say("studio.sol", "Where is my parcel?", 8 * DAY_MS);
    await openConversation(page, "Studio Sol");
    await expect(page.getByText("Window closed.")).toBeVisible();
    await expect(page.getByText(/7 days after the customer's last message/)).toBeVisible();
    await expect(page.getByRole("textbox", { name: "Reply" })).toHaveCount(0);
    await expect(conversations(page).getByRole("link", { name: /^Studio Sol.*reply window closed$/ })).toBeVisible();
    await say("studio.sol", "Hello?");
    await expect(page.getByText(WHOLE_DAY)).toBeVisible();
    await expect(page.getByText("Window closed.")).toHaveCount(0);
    await answer(page, "It left on Monday.");
  });

  await test.step("a story mention alone opens it", async () => {
    const { customer } = await play(desk, "/_play/customers", { name: "Mia Mention" });
    await play(desk, "/_play/story-mention", { customerId: (customer as { id: string }).id, igId });
    await openConversation(page, "Mia Mention");
    await expect(page.getByText("Mentioned you in their story").last()).toBeVisible();
    await expect(page.getByText(WHOLE_DAY)).toBeVisible();
    await answer(page, "Thank you for the mention!");
  });

  expect((await ledger(desk)).map(({ text, tag }) => [text, tag])).toEqual([
    ["Yes, in two days.", null],
    ["It is, since this morning.", "HUMAN_AGENT"],
    ["It left on Monday.", null],
    ["Thank you for the mention!", null],
  ]);
  expect(errors).toEqual([]);
});

test("an answer moves its conversation to the top of the list and takes the reader along", async () => {
  const { desk, igId } = open;
  const { page } = await open.openBrowser();
  await page.setViewportSize({ width: 1280, height: 500 });
  for (let n = 1; n <= 14; n += 1) {
    const { customer } = await play(desk, "/_play/customers", { name: `Writer ${n}` });
    const customerId = (customer as { id: string }).id;
    await play(desk, "/_play/send", { customerId, igId, text: `Question ${n}`, ago: n * 60_000 });
  }
  await page.goto(`${desk.url}/inbox`);
  const row = conversations(page).getByRole("link", { name: /^Writer 12,/ });
  await row.click();
  await expect(row).toBeInViewport();
  await answer(page, "It does.");
  await expect(conversations(page).getByRole("link").first()).toHaveAccessibleName(/^Writer 12, You: It does/);
  await expect(row).toBeInViewport();
});

test("once Instagram has refused a late reply, the reply box says so before the next one is written", async () => {
  const { desk, igId } = open;
  const { page } = await open.openBrowser();
  const { apps } = await look<{ apps: { id: string }[] }>(desk, "/_control/apps");
  for (const { id } of apps) await play(desk, `/_control/apps/${id}`, { humanAgent: false });
  const { customer } = await play(desk, "/_play/customers", { name: "Lena Late" });
  const customerId = (customer as { id: string }).id;
  await play(desk, "/_play/send", { customerId, igId, text: "Still there?", ago: 30 * HOUR_MS });
  await page.goto(`${desk.url}/inbox`);
  await openConversation(page, "Lena Late");
  await reply(page, "Sorry for the wait.");
  await expect(page.getByText("Not sent", { exact: true })).toBeVisible();
  await expect(page.getByText(/^Instagram refuses late replies until/)).toBeVisible();
  await expect(page.getByText(/^Human agent replies until/)).toHaveCount(0);
});

async function answer(page: Page, text: string): Promise<void> {
  await reply(page, text);
  const sent = page.getByRole("list", { name: "Messages with" }).getByRole("listitem").filter({ hasText: text });
  await expect(sent.getByText("Sent", { exact: true })).toBeAttached();
}
