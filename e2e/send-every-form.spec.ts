import { expect, type Page, test } from "@playwright/test";
import { mp4, pdf, png, type TestFile } from "./files";
import { type OpenDesk, openDesk } from "./open-desk";
import { look, openConversation, play } from "./stories";

type Entry = { customerId: string; mid: string | null; raw: Record<string, unknown> };
type PhoneMessage = {
  mid: string;
  text: string | null;
  attachments: { type: string }[];
  quickReplies: string[];
  cards: unknown[];
  replyTo: string | null;
  reactions: { by: string; emoji: string }[];
};

let open: OpenDesk;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  open = await openDesk(browser);
});
test.afterAll(() => open?.desk.stop());

test("every form leaves from the reply box and arrives on the customer's phone", async () => {
  test.setTimeout(180_000);
  const { desk, igId } = open;
  const { page, errors } = await open.openBrowser();
  await page.addInitScript(hum);
  await page.goto(`${desk.url}/inbox`);
  const asked = await play(desk, "/_play/send", { customerId: "ana.lima", igId, text: "Which glazes do you have?" });
  await openConversation(page, "Ana Lima");
  const box = page.getByRole("textbox", { name: "Reply" });
  const send = page.getByRole("button", { name: "Send", exact: true });
  const attached = page.getByRole("list", { name: "Attached files" });
  const sends = async () => {
    const { entries } = await look<{ entries: Entry[] }>(desk, "/_control/ledger");
    return entries.filter(({ customerId, mid }) => customerId === "ana.lima" && mid !== null).map(({ raw }) => raw);
  };
  const phone = async () => {
    const { threads } = await look<{ threads: { customerId: string; messages: PhoneMessage[] }[] }>(
      desk,
      "/_play/state?threads=20&messages=50",
    );
    return threads.find(({ customerId }) => customerId === "ana.lima")?.messages ?? [];
  };

  await test.step("two pictures with words are one bubble of two sends", async () => {
    await pick(page, "Add a photo", [png("blue.png"), png("green.png")]);
    await expect(attached.getByText("Ready")).toHaveCount(2);
    await expect(attached.getByRole("img", { includeHidden: true })).toHaveCount(2);
    await box.fill("These two");
    await send.click();
    await expect(attached).toHaveCount(0);
    const bubble = lastBubble(page);
    await expect(bubble.getByRole("button", { name: /^Picture [12] of 2 from you$/ })).toHaveCount(2);
    await expect(bubble.getByText("These two")).toBeVisible();
    await expect(bubble.getByText("Sent", { exact: true })).toBeAttached();
    const arrived = (await phone()).slice(-2);
    expect(arrived.map(({ text, attachments }) => [text, attachments.map(({ type }) => type)])).toEqual([
      [null, ["image", "image"]],
      ["These two", []],
    ]);
  });

  await test.step("a film and a document, one message each; what Instagram does not take is refused at once", async () => {
    await pick(page, "Attach a file", [{ name: "song.mp3", type: "audio/mpeg", bytes: Buffer.from("ID3") }]);
    await expect(page.getByRole("alert").getByText(/^song\.mp3: Instagram takes sound as M4A/)).toBeVisible();
    await pick(page, "Attach a file", [mp4("kiln.mp4"), pdf("price list.pdf")]);
    await expect(attached.getByText("Ready")).toHaveCount(2);
    await page.getByRole("button", { name: "Remove kiln.mp4" }).click();
    await expect(attached.getByRole("listitem")).toHaveCount(1);
    await send.click();
    await expect(lastBubble(page).getByRole("link", { name: /price list\.pdf/ })).toBeVisible();
    await expect(lastBubble(page).getByText("Sent", { exact: true })).toBeAttached();
    await expect.poll(async () => (await phone()).at(-1)?.attachments.map(({ type }) => type)).toEqual(["file"]);
  });

  await test.step("a file that the server refuses says why and keeps the reply back", async () => {
    await pick(page, "Add a photo", [{ ...png("no-picture.png"), bytes: Buffer.from("<svg/>") }]);
    await expect(attached.getByRole("alert")).toHaveText(/takes no SVG/);
    await box.fill("With it");
    await expect(send).toBeDisabled();
    await page.getByRole("button", { name: "Remove no-picture.png" }).click();
    await expect(send).toBeEnabled();
  });

  await test.step("a voice message, recorded here, leaves as WAV", async () => {
    await page.getByRole("button", { name: "Record a voice message" }).click();
    await expect(page.getByText("Recording", { exact: true })).toBeVisible();
    await expect(page.getByText("0:01")).toBeVisible();
    await page.getByRole("button", { name: "Stop and keep" }).click();
    await expect(attached.getByLabel("Listen to Voice message.wav")).toBeVisible();
    await expect(attached.getByText("Ready")).toBeVisible();
    await box.fill("");
    await send.click();
    await expect(lastBubble(page).getByRole("group", { name: "Voice message from you" })).toBeVisible();
    await expect(lastBubble(page).getByText("Sent", { exact: true })).toBeAttached();
    await expect
      .poll(async () => (await phone()).at(-1)?.attachments)
      .toMatchObject([{ type: "audio", contentType: "audio/wav" }]);
  });

  await test.step("without a microphone it says what to do", async () => {
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
    });
    await page.getByRole("button", { name: "Record a voice message" }).click();
    await expect(page.getByRole("alert").getByText(/Allow it beside the address/)).toBeVisible();
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await expect(box).toBeFocused();
  });

  await test.step("a long text goes out in parts", async () => {
    const before = (await sends()).length;
    await box.fill("word ".repeat(250).trim());
    await expect(page.getByText("Goes out in 2 parts")).toBeVisible();
    await send.click();
    const lengths = async () =>
      (await sends()).slice(before).map(({ message }) => (message as { text: string }).text.length);
    await expect.poll(lengths).toEqual([999, 249]);
  });

  await test.step("a heart", async () => {
    await page.getByRole("button", { name: "Send a heart" }).click();
    await expect.poll(async () => (await sends()).at(-1)?.message).toEqual({ attachment: { type: "like_heart" } });
    await expect(lastBubble(page).getByText("Sent", { exact: true })).toBeAttached();
  });

  await test.step("quick replies leave with the words and can be tapped", async () => {
    await page.getByRole("button", { name: "Quick replies, buttons and cards" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Quick reply 1" }).fill("Red");
    await dialog.getByRole("button", { name: "Add a quick reply" }).click();
    await dialog.getByRole("textbox", { name: "Quick reply 2" }).fill("Blue");
    await dialog.getByRole("button", { name: "Add to the reply" }).click();
    await expect(page.getByRole("list", { name: "Quick replies to send" }).getByRole("listitem")).toHaveCount(2);
    await expect(box).toBeFocused();
    await expect(send).toBeDisabled();
    await box.fill("Which one?");
    await send.click();
    await expect
      .poll(async () => (await phone()).at(-1))
      .toMatchObject({ text: "Which one?", quickReplies: ["Red", "Blue"] });
    await expect(page.getByRole("list", { name: "Quick replies to send" })).toHaveCount(0);
  });

  await test.step("buttons, and cards that say what is missing", async () => {
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: "Quick replies, buttons and cards" }).click();
    await dialog.getByRole("radio", { name: "Buttons" }).check();
    await dialog.getByRole("textbox", { name: "Text above the buttons" }).fill("How may we help?");
    await dialog.getByRole("textbox", { name: "Button 1", exact: true }).fill("Shop");
    await dialog.getByRole("textbox", { name: "Address of button 1" }).fill("https://shop.example/");
    await dialog.getByRole("button", { name: "Send buttons" }).click();
    await expect(dialog).toHaveCount(0);
    await expect(lastBubble(page).getByRole("link", { name: "Shop" })).toBeVisible();
    await expect.poll(async () => JSON.stringify((await sends()).at(-1))).toContain('"web_url"');

    await page.getByRole("button", { name: "Quick replies, buttons and cards" }).click();
    await dialog.getByRole("radio", { name: "Cards" }).check();
    await dialog.getByRole("textbox", { name: "Subtitle" }).fill("24 cm");
    await dialog.getByRole("button", { name: "Send cards" }).click();
    await expect(dialog.getByRole("alert")).toHaveText("The card has no title.");
    await dialog.getByRole("textbox", { name: "Title", exact: true }).fill("Tall vase");
    await dialog.getByRole("button", { name: "Add a button" }).click();
    await dialog.getByRole("textbox", { name: "Button 1", exact: true }).fill("Order");
    await expect(dialog.getByRole("region", { name: "Preview" }).getByText("Tall vase")).toBeVisible();
    await dialog.getByRole("button", { name: "Send cards" }).click();
    await expect
      .poll(async () => (await phone()).at(-1)?.cards)
      .toMatchObject([{ title: "Tall vase", subtitle: "24 cm", buttons: [{ title: "Order", payload: "Order" }] }]);
  });

  await test.step("an answer that quotes, and what Escape does", async () => {
    const question = page.getByRole("listitem").filter({ hasText: "Which glazes do you have?" });
    await question.hover();
    await question.getByRole("button", { name: "Reply" }).click();
    await expect(box).toBeFocused();
    await expect(page.getByText("Replying to Ana Lima")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByText("Replying to Ana Lima")).toHaveCount(0);
    await expect(box).toBeFocused();
    await question.getByRole("button", { name: "Reply" }).focus();
    await page.keyboard.press("Enter");
    await box.fill("Blue and green");
    await box.press("Enter");
    await expect.poll(async () => (await phone()).at(-1)).toMatchObject({ text: "Blue and green", replyTo: asked.mid });
    await expect(lastBubble(page).getByText("Sent", { exact: true })).toBeAttached();
  });

  await test.step("a heart on the customer's message, and back", async () => {
    const question = page
      .getByRole("listitem")
      .filter({ has: page.locator(`text="Which glazes do you have?"`) })
      .first();
    const hearts = async () => (await phone()).find(({ mid }) => mid === asked.mid)?.reactions.map(({ by }) => by);
    await question.hover();
    await question.getByRole("button", { name: "React with ❤️" }).click();
    await expect(question.getByText("You reacted ❤️")).toBeAttached();
    await expect.poll(hearts).toEqual(["business"]);
    await question.getByRole("button", { name: "Take back ❤️" }).click();
    await expect(question.getByText("You reacted ❤️")).toHaveCount(0);
    await expect.poll(hearts).toEqual([]);
  });

  await test.step("the customer sees that somebody writes", async () => {
    const { entries } = await look<{ entries: Entry[] }>(desk, "/_control/ledger");
    expect(entries.filter(({ raw }) => raw.sender_action === "typing_on").length).toBeGreaterThan(0);
  });

  expect(errors).toEqual([]);
});

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

function lastBubble(page: Page) {
  return page.getByRole("list", { name: "Messages with" }).locator("> li").last();
}

async function pick(page: Page, button: string, files: TestFile[]): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: button }).click();
  await (await chooser).setFiles(files.map(({ name, type, bytes }) => ({ name, mimeType: type, buffer: bytes })));
}
