import { expect, type Page, test } from "@playwright/test";
import { png, type TestFile } from "./files";
import { type OpenDesk, openDesk } from "./open-desk";
import { look, openConversation, play } from "./stories";

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
  await expect(page).toHaveTitle(/^\(1\) /);
  await openConversation(page, "Ana Lima");
  await box(page).fill("Yes");
  await box(page).press("Enter");
  await expect(lastBubble(page).getByText("Sent", { exact: true })).toBeAttached();
  await expect(unread).toHaveCount(0);
  await expect(page).toHaveTitle(/^Ana Lima/);
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
  await other.context.clock.install();
  await other.page.goto(page.url());
  await expect(lastBubble(other.page).getByText("Picture sent; its preview is on its way")).toBeVisible();
  await expect(page.getByText("no longer available")).toHaveCount(0);
  await expect(other.page.getByText("no longer available")).toHaveCount(0);
  // It waits half a minute, and then has the desk ask for it.
  await other.context.clock.runFor(30_000);
  await expect(lastBubble(other.page).getByRole("button", { name: "Picture from you" })).toBeVisible();

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

test("files are pasted and dropped; words with a picture of them stay words", async () => {
  const page = await inboxWith("Ana Lima", "ana.lima", "Show me the bowl");
  const attached = page.getByRole("list", { name: "Attached files" });
  await box(page).evaluate(paste, picture("shot.png"));
  await expect(attached.getByText("Ready")).toHaveCount(1);
  await box(page).evaluate(paste, picture("words.png", "Words from a letter"));
  await expect(attached.getByRole("listitem")).toHaveCount(1);

  const history = page.getByRole("region", { name: "History" });
  await history.evaluate(drag, { ...picture("dropped.png"), type: "dragover" });
  await expect(page.getByPlaceholder("Drop it here to attach it")).toBeVisible();
  await history.evaluate(drag, { ...picture("dropped.png"), type: "drop" });
  await expect(page.getByPlaceholder("Write a reply…")).toBeVisible();
  await expect(attached.getByText("Ready")).toHaveCount(2);
  await expect(box(page)).toBeFocused();
  await page.getByRole("button", { name: "Remove shot.png" }).click();
  await page.getByRole("button", { name: "Remove dropped.png" }).click();
  await expect(attached).toHaveCount(0);
});

test("pictures fill the screen: arrows step, Escape closes, and the focus is where it was", async () => {
  await play(open.desk, "/_play/business/send", {
    igId: open.igId,
    customerId: "ana.lima",
    images: ["sea", "vase", "knit"],
  });
  const page = await inboxWith("Ana Lima", "ana.lima", "Nice");
  const first = page.getByRole("button", { name: "Picture 1 of 3 from you" });
  await first.focus();
  await page.keyboard.press("Enter");
  const viewer = (at: number) => page.getByRole("dialog", { name: `Picture ${at} of 3 from you` });
  const shown = () => page.getByRole("dialog").getByRole("img").getAttribute("src");
  await expect(viewer(1)).toBeVisible();
  await expect(page.getByRole("button", { name: "Previous picture" })).toBeDisabled();
  const before = await shown();
  await page.keyboard.press("ArrowRight");
  await expect(viewer(2)).toBeVisible();
  expect(await shown()).not.toBe(before);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(viewer(3)).toBeVisible();
  await page.keyboard.press("ArrowLeft");
  await expect(viewer(2)).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(viewer(2).locator(":focus")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(first).toBeFocused();
});

test("on a phone a finger that rests on a message brings its actions", async ({ browser }) => {
  const { mid } = await play(open.desk, "/_play/send", {
    customerId: "marco.rossi",
    igId: open.igId,
    text: "The green one?",
  });
  const desktop = await open.openBrowser();
  const storageState = await desktop.context.storageState();
  const phone = await browser.newContext({
    storageState,
    viewport: { width: 390, height: 760 },
    isMobile: true,
    hasTouch: true,
  });
  const page = await phone.newPage();
  await page.goto(`${open.desk.url}/inbox`);
  await openConversation(page, "Marco Rossi");
  // No second scrollbar beside that of the conversation.
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(760);
  const message = page.getByRole("listitem").filter({ hasText: "The green one?" }).last();
  const words = message.getByText("The green one?");
  const touch = await phone.newCDPSession(page);
  const { x, y, width, height } = (await words.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const point = { x: x + width / 2, y: y + height / 2 };
  const heart = message.getByRole("button", { name: "React with ❤️" });

  // A tap is no long press.
  await page.touchscreen.tap(point.x, point.y);
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [point] });
  await expect(heart.locator("..")).toHaveCSS("opacity", "1");
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await heart.tap();
  await expect(message.getByText("You reacted ❤️")).toBeAttached();
  await expect(message.getByRole("button", { name: "Take back ❤️" }).locator("..")).toHaveCSS("opacity", "0");
  expect(await page.evaluate(() => String(getSelection()))).toBe("");
  const hearts = async () => {
    const { threads } = await look<{ threads: { messages: { mid: string; reactions: unknown[] }[] }[] }>(
      open.desk,
      "/_play/state?threads=20&messages=50",
    );
    return threads.flatMap(({ messages }) => messages).find((one) => one.mid === mid)?.reactions.length;
  };
  await expect.poll(hearts).toBe(1);
  await phone.close();
});

test("complaint 45: a recorded voice message goes up as WAV, never as the browser's WebM", async () => {
  const page = await inboxWith("Ana Lima", "ana.lima", "How do I pronounce it?");
  await page.evaluate(hum);
  await page.getByRole("button", { name: "Record a voice message" }).click();
  await expect(page.getByText("0:01")).toBeVisible();
  const uploading = page.waitForRequest((request) => request.url().includes("/api/inbox/uploads"));
  await page.getByRole("button", { name: "Stop and keep" }).click();
  const upload = await uploading;
  expect(upload.headers()["content-type"]).toBe("audio/wav");
  await expect(page.getByRole("list", { name: "Attached files" }).getByText("Ready")).toBeVisible();
  await page.getByRole("button", { name: "Remove Voice message.wav" }).click();
});

test("a reaction to a message that is not here, and a message that another app answers, say so quietly", async () => {
  const page = await inboxWith("Studio Sol", "studio.sol", "One more thing");
  const list = page.getByRole("list", { name: "Messages with" });
  await play(open.desk, "/_play/sample", { customerId: "studio.sol", igId: open.igId, kind: "standby" });
  await expect(list.getByText("Is anybody there?")).toBeVisible();
  await expect(list.getByText("Another app was answering when this came")).toHaveCount(1);

  await play(open.desk, "/_control/deliveries/lose", { times: 1 });
  const { mid } = await play(open.desk, "/_play/send", { customerId: "studio.sol", igId: open.igId, text: "Lost" });
  await play(open.desk, "/_play/react", { mid, by: "customer", emoji: "😂" });
  await expect(list.getByText(/^Studio Sol ☀️ reacted 😂 to a message that is not here, \d/)).toBeVisible();
  await play(open.desk, "/_play/react", { mid, by: "customer", emoji: null });
  await expect(list.getByText(/to a message that is not here/)).toHaveCount(0);
});

test("what happens is read aloud once: a message and a failure, but no typing, Sent or Seen", async () => {
  const page = await inboxWith("Marco Rossi", "marco.rossi", "Is it ready?");
  await expect(lastBubble(page).getByText("Is it ready?")).toBeVisible();
  const said = await page.evaluateHandle(listen);
  const spoken = () => said.evaluate((lines) => lines);

  const { thread } = await play(open.desk, "/_play/send", {
    customerId: "marco.rossi",
    igId: open.igId,
    text: "Hello?",
  });
  await expect.poll(spoken).toEqual(["Marco Rossi: Hello?"]);
  await box(page).pressSequentially("It is ready");
  await box(page).press("Enter");
  await expect(lastBubble(page).getByText("Sent", { exact: true })).toBeAttached();
  await play(open.desk, "/_play/seen", { threadId: (thread as { id: string }).id, by: "customer" });
  await expect(lastBubble(page).getByText("Seen", { exact: true })).toBeAttached();
  // In the accessibility tree each state stands once.
  await expect(lastBubble(page)).toMatchAriaSnapshot(`
    - listitem:
      - paragraph: /at \\d+:\\d+/
      - paragraph: It is ready
      - button "Reply"
      - paragraph: Seen
  `);

  await fault({ path: "send", kind: "error", code: 551 });
  await box(page).fill("Come any time");
  await box(page).press("Enter");
  await expect(page.getByText("Not sent", { exact: true })).toBeVisible();
  await expect.poll(async () => (await spoken()).length).toBe(2);
  expect((await spoken())[1]).toMatch(/^Not sent: /);
});

/** In the page: from now on everything that a screen reader is told without asking. */
function listen(): string[] {
  const said: string[] = [];
  const live = "[role=log], [role=status], [role=alert], [aria-live]";
  const words = (node: Node | null) => (node?.textContent ?? "").trim();
  new MutationObserver((mutations) => {
    for (const { target, type, addedNodes } of mutations) {
      const place = target instanceof Element ? target : target.parentElement;
      const told = type === "characterData" ? [target] : [...addedNodes];
      for (const node of told) {
        const inside = node instanceof Element ? [...node.querySelectorAll(live)] : [];
        const heard = place?.closest(live) || (node instanceof Element && node.matches(live)) ? [node] : inside;
        said.push(...heard.map(words).filter((text) => text !== ""));
      }
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
  return said;
}

type Picture = { name: string; base64: string; words?: string };

function picture(name: string, words?: string): Picture {
  return { name, base64: png(name).bytes.toString("base64"), ...(words !== undefined && { words }) };
}

/** In the page: pastes a picture, with words where they are given. */
function paste(field: Element, { name, base64, words }: Picture): void {
  const clipboardData = new DataTransfer();
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  clipboardData.items.add(new File([bytes], name, { type: "image/png" }));
  if (words !== undefined) clipboardData.setData("text/plain", words);
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}

/** In the page: holds a picture over an element, or lets it fall there. */
function drag(element: Element, { type, name, base64 }: Picture & { type: string }): void {
  const dataTransfer = new DataTransfer();
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  dataTransfer.items.add(new File([bytes], name, { type: "image/png" }));
  element.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
}

/** In the page: a microphone that hears a hum, for machines without one. */
function hum(): void {
  navigator.mediaDevices.getUserMedia = async () => {
    const context = new AudioContext();
    const tone = context.createOscillator();
    const microphone = context.createMediaStreamDestination();
    tone.connect(microphone);
    tone.start();
    return microphone.stream;
  };
}

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
