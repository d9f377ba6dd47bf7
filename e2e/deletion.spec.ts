import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { openDatabase } from "./desk-database";
import { type OpenDesk, openDesk } from "./open-desk";
import { readDatabase, readPage, search } from "./search-everywhere";
import { look, openConversation, play, reply } from "./stories";

/** A customer asks for what is kept of them, and to have it erased; a person of the brand asks the same through Facebook. */
let open: OpenDesk;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  open = await openDesk(browser);
});
test.afterAll(() => open?.desk.stop());

const SAID = "a-text-that-is-going-to-be-erased";
const DRAFT = "a-draft-that-nobody-sends-any-more";

test("complaint 52, 59: found, handed over, erased for every colleague at once, and proven", async () => {
  const { desk, igId } = open;
  await play(desk, "/_play/send", { customerId: "ana.lima", igId, text: SAID });
  await play(desk, "/_play/send", { customerId: "marco.rossi", igId, text: "Still here" });
  const colleague = await open.openBrowser();
  await colleague.page.goto(`${desk.url}/inbox`);
  await openConversation(colleague.page, "Ana Lima");
  await reply(colleague.page, `${SAID} too`);
  await expect(colleague.page.getByText("Sent", { exact: true }).first()).toBeAttached();
  await colleague.page.getByRole("textbox", { name: "Reply" }).fill(DRAFT);
  // A single message can be unsent in Instagram only, and nothing here looks as if it could.
  const own = colleague.page
    .getByRole("listitem")
    .filter({ hasText: `${SAID} too` })
    .last();
  await expect(own.getByRole("button")).toHaveCount(1);
  await expect(own.getByRole("button", { name: "Reply" })).toBeAttached();

  const { page, errors } = await open.openBrowser();
  await page.goto(`${desk.url}/settings/people`);
  await page.getByRole("link", { name: "Deletion" }).click();
  await page.getByLabel("Name, @username or Instagram-scoped id").fill("@ana.lima");
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("button", { name: "See what is kept of Ana Lima" }).click();
  await expect(page.getByRole("heading", { name: "What is kept of Ana Lima" })).toBeVisible();

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download everything" }).click();
  const exported = JSON.parse(await readFile(await (await download).path(), "utf8"));
  expect(exported.person).toMatchObject({ username: "ana.lima" });
  expect(exported.messages.map(({ text }: { text: string }) => text)).toEqual([SAID, `${SAID} too`]);

  await page.getByRole("button", { name: "Erase everything" }).click();
  await expect(page.getByRole("dialog").getByText("on Instagram the conversation stays as it is")).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Erase", exact: true }).click();
  const notice = page.getByRole("status").filter({ hasText: "Everything of this person is erased" });
  await expect(notice).toBeVisible();
  const code = /[0-9A-F]{20}/.exec(await notice.innerText())?.[0] ?? "";
  await expect(page.getByRole("list", { name: "Receipts" })).toContainText(code);

  // In the colleague's browser the conversation closes, and nothing of it stays.
  await expect(colleague.page).toHaveURL(`${desk.url}/inbox`);
  const list = colleague.page.getByRole("navigation", { name: "Conversations" });
  await expect(list.getByText("Marco Rossi")).toBeVisible();
  await expect(list.getByText("Ana Lima")).toHaveCount(0);
  const needles = [SAID, DRAFT, "Ana Lima", "ana.lima"].map((value) => ({ name: value, value }));
  const pages: Page[] = [colleague.page, page];
  for (const each of pages) expect(search(needles, await readPage(each))).toEqual([]);
  const database = await openDatabase(desk);
  expect(search(needles, await readDatabase(database))).toEqual([]);
  await database.end();

  // As the dialog said.
  type Phone = { threads: { messages: { text: string | null }[] }[] };
  const { threads } = await look<Phone>(desk, "/_play/state?threads=20&messages=50");
  const onInstagram = threads.flatMap(({ messages }) => messages.map(({ text }) => text));
  expect(onInstagram).toEqual(expect.arrayContaining([SAID, `${SAID} too`]));

  // Who writes again starts afresh.
  await play(desk, "/_play/send", { customerId: "ana.lima", igId, text: "Me again" });
  await openConversation(colleague.page, "Ana Lima");
  const thread = colleague.page.getByRole("list", { name: "Messages with Ana Lima" });
  await expect(thread.getByText("Me again")).toBeVisible();
  await expect(thread.getByText(SAID)).toHaveCount(0);
  expect([...errors, ...colleague.errors]).toEqual([]);
  await open.closeBrowsers();
});

test("a person of the brand sees what became of their request, and the desk says why it cannot answer", async () => {
  const { desk } = open;
  const { page } = await open.openBrowser();
  await page.goto(`${desk.url}/inbox`);
  const answer = await play(desk, "/_control/data-deletion", { person: "Nora Keller" });
  const { url, confirmation_code: code } = JSON.parse(String(answer.body));
  await expect(page.getByText("Messages of @nora.ceramics cannot be answered").first()).toBeVisible();

  const stranger = await (await page.context().browser())?.newContext();
  if (!stranger) throw new Error("There is no browser.");
  const status = await stranger.newPage();
  await status.goto(url);
  await expect(status.getByRole("heading", { name: "Your data has been deleted" })).toBeVisible();
  await expect(status.getByText(`Confirmation code ${code}`)).toBeVisible();
  await expect(status.getByText("you are the only owner")).toBeVisible();
  expect(await status.content()).not.toMatch(/Nora|nora/);
  const unknown = await status.goto(`${desk.url}/facebook/data-deletion/0123456789ABCDEF0123`);
  expect(unknown?.status()).toBe(404);

  await status.goto(`${desk.url}/sign-in`);
  await status.getByRole("link", { name: "Privacy" }).click();
  await expect(status.getByRole("heading", { name: "Privacy", exact: true })).toBeVisible();
  await expect(status.getByText("To have it handed over or deleted")).toBeVisible();
  await stranger.close();
  await open.closeBrowsers();
});
