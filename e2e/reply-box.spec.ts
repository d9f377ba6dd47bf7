import { expect, type Page, test } from "@playwright/test";
import { png, type TestFile } from "./files";
import { type OpenDesk, openDesk } from "./open-desk";
import { openConversation, play } from "./stories";

let open: OpenDesk;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  open = await openDesk(browser);
});
test.afterAll(() => open?.desk.stop());
test.afterEach(async () => {
  await switches({ echo: "normal" });
  await open.closeBrowsers();
});

test("who answers at once has read the conversation", async () => {
  await play(open.desk, "/_play/send", { customerId: "ana.lima", igId: open.igId, text: "Do you ship to Porto?" });
  const { page } = await open.openBrowser();
  // That the message was looked at for a second is never told: who leaves at once is quicker.
  await page.route("**/read", (route) => route.abort());
  await page.goto(`${open.desk.url}/inbox`);
  const unread = page.getByRole("link", { name: /Ana Lima.*unread/ });
  await expect(unread).toHaveCount(1);
  await openConversation(page, "Ana Lima");
  await box(page).fill("Yes");
  await box(page).press("Enter");
  await expect(lastBubble(page).getByText("Sent", { exact: true })).toBeAttached();
  await expect(unread).toHaveCount(0);
});

test("a post of the brand is found by its picture, sent, and seen on the customer's phone", async () => {
  const page = await inboxWith("Ana Lima", "ana.lima", "Which vases are new?");
  const dialog = page.getByRole("dialog", { name: "Send a post of @nora.ceramics" });
  const posts = dialog.getByRole("radio");
  const openPicker = () => page.getByRole("button", { name: "Send one of your posts" }).click();

  await fault({ path: `/${open.igId}/media`, times: 2, kind: "error", code: 2 });
  await openPicker();
  await expect(dialog.getByRole("alert")).toHaveText(/Facebook had a passing problem/);
  await dialog.getByRole("button", { name: "Try again" }).click();
  await expect(posts).toHaveCount(24);
  await dialog.getByRole("button", { name: "Show older posts" }).click();
  await expect(posts).toHaveCount(30);
  await expect(dialog.getByRole("button", { name: "Show older posts" })).toHaveCount(0);
  await expect(dialog.getByRole("button", { name: "Send post" })).toBeDisabled();
  await page.keyboard.press("Escape");
  await expect(box(page)).toBeFocused();

  await openPicker();
  await posts.first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(posts.nth(4)).toBeChecked();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowRight");
  await expect(posts.nth(1)).toBeChecked();
  await switches({ echo: "delayed", echoDelayMs: 2_000 });
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  const card = lastBubble(page).getByRole("figure");
  await expect(card.getByText("Behind every piece: patience, wool and a lot of tea.")).toBeVisible();
  await expect
    .poll(() => card.getByRole("img").evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0);
  await expect(lastBubble(page).getByText("Sent", { exact: true })).toBeAttached();

  const phone = await open.openBrowser();
  await phone.page.goto(open.desk.emulatorUrl);
  await phone.page.getByRole("button", { name: "Play Ana Lima" }).click();
  const chat = phone.page.getByRole("list", { name: "Chat with nora.ceramics" });
  await expect(chat.getByText("Behind every piece: patience, wool and a lot of tea.")).toBeVisible();
});

test("own media are on their way until Instagram passes them back", async () => {
  const page = await inboxWith("Marco Rossi", "marco.rossi", "A picture, please");
  await switches({ echo: "never" });
  await pick(page, "Add a photo", [png("bowl.png")]);
  await expect(page.getByRole("list", { name: "Attached files" }).getByText("Ready")).toBeVisible();
  await page.getByRole("button", { name: "Send", exact: true }).click();
  const picture = lastBubble(page).getByRole("button", { name: "Picture from you" });
  await expect(picture).toBeVisible();
  await expect(lastBubble(page).getByText("Sent", { exact: true })).toBeAttached();
  // Another browser never had the file.
  const other = await open.openBrowser();
  await other.page.goto(page.url());
  await expect(lastBubble(other.page).getByText("Picture sent; its preview is on its way")).toBeVisible();
  await expect(page.getByText("no longer available")).toHaveCount(0);
  await expect(other.page.getByText("no longer available")).toHaveCount(0);

  await switches({ echo: "delayed", echoDelayMs: 3_000 });
  await pick(page, "Add a photo", [png("cup.png")]);
  await expect(page.getByRole("list", { name: "Attached files" }).getByText("Ready")).toBeVisible();
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(lastBubble(other.page).getByText(/on its way$/)).toBeVisible();
  await expect(lastBubble(other.page).getByRole("button", { name: "Picture from you" })).toBeVisible();
});

test("what is being put together survives a closed dialog and a reload, until it is sent or discarded", async () => {
  const page = await inboxWith("Studio Sol", "studio.sol", "Which colours are there?");
  const more = page.getByRole("button", { name: "Quick replies, buttons and cards" });
  const dialog = page.getByRole("dialog", { name: "More than words" });
  const text = dialog.getByRole("textbox", { name: "Text above the buttons" });
  const attached = page.getByRole("list", { name: "Attached files" });

  await more.click();
  await dialog.getByRole("radio", { name: "Buttons" }).check();
  await text.fill("How may we help?");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await pick(page, "Add a photo", [png("bowl.png")]);
  await expect(attached.getByText("Ready")).toBeVisible();
  await box(page).fill("These");
  await page.reload();
  await expect(attached.getByText("Ready")).toBeVisible();
  await expect(attached.locator("img")).toHaveJSProperty("naturalWidth", 4);
  await expect(box(page)).toHaveValue("These");

  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(lastBubble(page).getByText("Sent", { exact: true })).toBeAttached();
  await expect(lastBubble(page).getByRole("button", { name: "Picture from you" })).toBeVisible();
  await page.reload();
  await expect(attached).toHaveCount(0);

  await more.click();
  await expect(text).toHaveValue("How may we help?");
  await dialog.getByRole("button", { name: "Discard" }).click();
  await more.click();
  await dialog.getByRole("radio", { name: "Buttons" }).check();
  await expect(text).toHaveValue("");
});

async function inboxWith(name: string, customerId: string, text: string): Promise<Page> {
  await play(open.desk, "/_play/send", { customerId, igId: open.igId, text });
  const { page } = await open.openBrowser();
  await page.goto(`${open.desk.url}/inbox`);
  await openConversation(page, name);
  return page;
}

function box(page: Page) {
  return page.getByRole("textbox", { name: "Reply" });
}

function lastBubble(page: Page) {
  return page.getByRole("list", { name: "Messages with" }).locator("> li").last();
}

async function pick(page: Page, button: string, files: TestFile[]): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: button }).click();
  await (await chooser).setFiles(files.map(({ name, type, bytes }) => ({ name, mimeType: type, buffer: bytes })));
}

function switches(to: object): Promise<unknown> {
  return play(open.desk, "/_control/switches", to);
}

function fault(given: object): Promise<unknown> {
  return play(open.desk, "/_control/faults", given);
}
