import { randomUUID } from "node:crypto";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { pdf } from "./files";
import { conversationWith } from "./inbox-state";
import { loaded, playable } from "./looks";
import { type OpenDesk, openDesk } from "./open-desk";
import { openPhone, type Phone } from "./phone";
import { type Pictures, pictures } from "./pictures";
import { ledger, openConversation, play } from "./stories";

/** Every form that leaves the desk, looked at in the inbox and on the phone of the customer who gets it. */
let open: OpenDesk;
let page: Page;
let errors: string[];
let ana: Phone;
let shown: Pictures;
let conversation: string;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  open = await openDesk(browser);
  const customer = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
  ana = await openPhone(await customer.newPage(), open.desk, "#/as/ana.lima/to/nora.ceramics", "nora.ceramics");
  await ana.write("Which glazes do you have?");
  const opened = await open.openBrowser();
  page = opened.page;
  errors = opened.errors;
  await page.setViewportSize({ width: 1440, height: 1000 });
  await page.goto(`${open.desk.url}/inbox`);
  await openConversation(page, "Ana Lima");
  conversation = await conversationWith("Ana Lima", page.request, open.desk);
});
test.beforeEach(({ browser: _ }, testInfo) => {
  test.setTimeout(180_000);
  shown = pictures(testInfo);
});
test.afterAll(async () => {
  await ana?.page.context().close();
  await open?.closeBrowsers();
  await open?.desk.stop();
});

const thread = () => page.getByRole("list", { name: "Messages with Ana Lima" });
const newest = () => thread().locator("> li").last();
const question = () => thread().locator("> li").filter({ hasText: "Which glazes" }).first();
const onPhone = (text: string) => ana.chat.locator("> li[data-mid]").filter({ hasText: text });
const headers = () => ({ origin: open.desk.url });

async function send(parts: object[], more: { replyTo?: string } = {}): Promise<void> {
  const answer = await page.request.post(`${open.desk.url}/api/inbox/conversations/${conversation}/messages`, {
    headers: headers(),
    data: { id: randomUUID(), parts, ...more },
  });
  expect(answer.status(), await answer.text()).toBe(201);
}

async function upload(name: string, type: string, bytes: Buffer): Promise<string> {
  const query = new URLSearchParams({ conversation, name });
  const answer = await page.request.post(`${open.desk.url}/api/inbox/uploads?${query}`, {
    headers: { ...headers(), "content-type": type },
    data: bytes,
  });
  expect(answer.status(), await answer.text()).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}

/** The bytes of what another customer has sent from the phone: real media, as a browser gets them. */
async function bytesOf(kind: string): Promise<Buffer> {
  const customer = { customerId: "marco.rossi", igId: open.igId };
  const { thread: chat } = await play(open.desk, "/_play/other", { ...customer, kind });
  const { messages } = chat as { messages: { attachments: { url: string }[] }[] };
  const { pathname, search } = new URL(messages.at(-1)?.attachments[0]?.url ?? "");
  const latin1 = await ana.page.evaluate(async (address) => {
    const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  }, pathname + search);
  return Buffer.from(latin1, "latin1");
}

type Looks = { parts?: number; inbox: (bubble: Locator) => Promise<void>; phone: (message: Locator) => Promise<void> };

/** Sends one form, looks at its one bubble here and at the last of its messages there, and takes a picture of both. */
async function form(name: string, make: () => Promise<void>, { parts = 1, inbox, phone }: Looks): Promise<void> {
  await test.step(name, async () => {
    const here = await thread().locator("> li").count();
    const there = await ana.chat.locator("> li[data-mid]").count();
    await make();
    await expect(thread().locator("> li")).toHaveCount(here + 1);
    await expect(
      newest()
        .getByText(/^(Sent|Seen)/)
        .first(),
    ).toBeAttached();
    await inbox(newest());
    await expect(ana.chat.locator("> li[data-mid]")).toHaveCount(there + parts);
    await phone(ana.lastMessage);
    await shown.take(`${name} in the inbox`, newest());
    await shown.take(`${name} on the phone`, ana.lastMessage);
  });
}

test("words, in one part and in several", async () => {
  const says = (text: string): Looks => ({
    inbox: (bubble) => expect(bubble.getByText(text)).toBeVisible(),
    phone: (message) => expect(message.getByText(text)).toBeVisible(),
  });
  const text = (words: string) => () => send([{ type: "text", text: words }]);
  await form("text with emoji", text("Sea-green 🌊 and oat 🌾"), says("Sea-green 🌊 and oat 🌾"));
  await form("a link", text("All of them: https://nora.example/glazes"), {
    inbox: (bubble) => expect(bubble.getByRole("link")).toHaveAttribute("href", "https://nora.example/glazes"),
    phone: (message) => expect(message.getByRole("link")).toHaveAttribute("href", "https://nora.example/glazes"),
  });
  await form("right to left", text("نعم، لا تزال متوفرة"), {
    inbox: (bubble) => expect(bubble.getByText("نعم")).toHaveCSS("direction", "rtl"),
    phone: (message) => expect(message.locator(".bubble")).toHaveCSS("direction", "rtl"),
  });
  const long = Array.from({ length: 300 }, (_, n) => `wörd${n}`).join(" ");
  await form("a text of more than 1,000 bytes is one bubble here and several messages there", text(long), {
    parts: 3,
    inbox: async (bubble) => {
      await expect(bubble.getByText("wörd0 ")).toBeVisible();
      await expect(bubble.getByText("wörd299")).toBeAttached();
    },
    phone: (message) => expect(message.getByText(/wörd299$/)).toBeVisible(),
  });
});

test("media: pictures, GIF, video, sound, PDF, a heart, a post", async () => {
  const picture = await bytesOf("sticker");
  const pictureIds = (count: number) =>
    Promise.all(Array.from({ length: count }, (_, n) => upload(`bowl ${n + 1}.gif`, "image/gif", picture)));
  const media = (kind: string, ids: () => Promise<string[]>) => async () =>
    send([{ type: "media", media: kind, uploadIds: await ids() }]);
  const one = (name: string, type: string, bytes: Buffer) => async () => [await upload(name, type, bytes)];

  await form(
    "a picture",
    media("image", () => pictureIds(1)),
    {
      inbox: (bubble) => loaded(bubble.getByRole("img", { name: "Picture from you" })),
      phone: (message) => loaded(message.getByRole("img", { name: "GIF" })),
    },
  );
  await form(
    "ten pictures",
    media("image", () => pictureIds(10)),
    {
      inbox: async (bubble) => {
        await expect(bubble.getByRole("button", { name: /^Picture \d+ of 10 from you$/ })).toHaveCount(10);
        await loaded(bubble.getByRole("img", { name: "Picture 10 of 10 from you" }));
      },
      phone: async (message) => {
        await expect(message.getByRole("group", { name: "10 photos" })).toBeVisible();
        await loaded(message.getByRole("img").last());
      },
    },
  );
  await form("a GIF", media("image", one("sun.gif", "image/gif", await bytesOf("gif"))), {
    inbox: (bubble) => loaded(bubble.getByRole("img", { name: "Picture from you" })),
    phone: (message) => loaded(message.getByRole("img", { name: "GIF" })),
  });
  await form("a video", media("video", one("kiln.mp4", "video/mp4", await bytesOf("video"))), {
    inbox: (bubble) => playable(bubble.getByLabel("Video from you")),
    phone: (message) => playable(message.getByLabel("Video")),
  });
  await form("a sound", media("audio", one("note.wav", "audio/wav", await bytesOf("voice"))), {
    inbox: (bubble) =>
      expect(bubble.getByRole("group", { name: "Voice message from you" }).getByRole("slider")).toBeEnabled(),
    phone: (message) => expect(message.getByRole("button", { name: "Play voice note" })).toBeVisible(),
  });
  await form("a PDF document", media("file", one("price list.pdf", "application/pdf", pdf("price list.pdf").bytes)), {
    inbox: (bubble) => expect(bubble.getByRole("link", { name: /price list\.pdf/ })).toBeVisible(),
    phone: (message) => expect(message.getByRole("link", { name: /^PDF / })).toBeVisible(),
  });
  await form("a heart", () => send([{ type: "like_heart" }]), {
    inbox: (bubble) => expect(bubble.getByText("❤️")).toBeAttached(),
    phone: (message) => expect(message.getByRole("img", { name: "Heart" })).toBeVisible(),
  });
  const get = async <T>(path: string) =>
    (await (await page.request.get(`${open.desk.url}/api/inbox${path}`)).json()) as T;
  const { conversation: row } = await get<{ conversation: { channelId: string } }>(`/conversations/${conversation}`);
  const { posts } = await get<{ posts: { id: string }[] }>(`/channels/${row.channelId}/posts`);
  await form("a post of the brand", () => send([{ type: "post", postId: posts[0]?.id }]), {
    inbox: (bubble) => loaded(bubble.getByRole("figure").getByRole("img")),
    phone: async (message) => {
      await expect(message.getByText("Post", { exact: true })).toBeVisible();
      await loaded(message.locator(".shared img").last());
    },
  });
  const [glaze = ""] = await pictureIds(1);
  await form(
    "pictures with words: several sends, one bubble, in order",
    () =>
      send([
        { type: "media", media: "image", uploadIds: [glaze] },
        { type: "text", text: "This is sea-green" },
      ]),
    {
      parts: 2,
      inbox: async (bubble) => {
        await loaded(bubble.getByRole("img", { name: "Picture from you" }));
        await expect(bubble.getByText("This is sea-green")).toBeVisible();
      },
      phone: (message) => expect(message.getByText("This is sea-green")).toBeVisible(),
    },
  );
});

test("quick replies, buttons, cards, a quote", async () => {
  await form(
    "quick replies",
    () => send([{ type: "text", text: "Which size?", quickReplies: [{ title: "Small" }, { title: "Large" }] }]),
    {
      inbox: (bubble) =>
        expect(bubble.getByRole("list", { name: "Quick replies" }).getByRole("listitem")).toHaveText([
          "Small",
          "Large",
        ]),
      phone: async () => {
        const offered = ana.page.getByRole("group", { name: "Quick replies" });
        await expect(offered.getByRole("button")).toHaveText(["Small", "Large"]);
        await shown.take("quick replies above the keyboard", ana.page.getByRole("main", { name: "Phone" }));
      },
    },
  );
  const buttons = [
    { title: "Shop", url: "https://nora.example/" },
    { title: "Ask a person", payload: "person" },
  ];
  await form("buttons", () => send([{ type: "buttons", text: "How may we help?", buttons }]), {
    inbox: async (bubble) => {
      await expect(bubble.getByText("How may we help?")).toBeVisible();
      await expect(bubble.getByRole("link", { name: "Shop" })).toHaveAttribute("href", "https://nora.example/");
      await expect(bubble.getByText("Ask a person")).toBeVisible();
    },
    phone: async (message) => {
      await expect(message.getByText("How may we help?")).toBeVisible();
      await expect(message.getByRole("link", { name: "Shop" })).toHaveAttribute("href", "https://nora.example/");
      await expect(message.getByRole("button", { name: "Ask a person" })).toBeEnabled();
    },
  });
  const cards = [
    { title: "Tall vase", subtitle: "24 cm", url: "https://nora.example/vase", buttons },
    { title: "Oat bowl", subtitle: "14 cm" },
  ];
  await form("cards", () => send([{ type: "cards", cards }]), {
    inbox: async (bubble) => {
      const list = bubble.getByRole("list", { name: "2 cards" });
      await expect(list.getByRole("link", { name: "Tall vase" })).toHaveAttribute("href", "https://nora.example/vase");
      await expect(list.getByText("14 cm")).toBeVisible();
    },
    phone: async (message) => {
      const list = message.getByRole("group", { name: "2 cards" });
      await expect(list.getByRole("link", { name: /Tall vase/ })).toHaveAttribute("href", "https://nora.example/vase");
      await expect(list.getByText("Oat bowl")).toBeAttached();
    },
  });
  const quoted = await question().locator("[data-message]").getAttribute("data-message");
  await form("a quote", () => send([{ type: "text", text: "Blue, green and oat" }], { replyTo: quoted ?? "" }), {
    inbox: (bubble) =>
      expect(bubble.getByRole("button", { name: /^You replied to Ana Lima.*Which glazes do you have/s })).toBeVisible(),
    phone: async (message) => {
      await expect(message.getByText("Replied to you")).toBeVisible();
      await expect(message.getByRole("button", { name: "Which glazes do you have?" })).toBeVisible();
    },
  });
  await shown.takeThread("everything that left", page);
});

test("a reaction and its end, typing, seen, and a person's reply after 24 hours", async () => {
  await test.step("the brand's heart is set and taken back", async () => {
    await question().hover();
    await question().getByRole("button", { name: "React with ❤️" }).click();
    await expect(question().getByText("You reacted ❤️")).toBeAttached();
    await expect(onPhone("Which glazes").first().getByRole("img", { name: "Reactions: ❤️" })).toBeVisible();
    await shown.take("a reaction on the phone", onPhone("Which glazes").first());
    await question().hover();
    await question().getByRole("button", { name: "Take back ❤️" }).click();
    await expect(
      onPhone("Which glazes")
        .first()
        .getByRole("img", { name: /^Reactions/ }),
    ).toHaveCount(0);
  });
  await test.step("somebody writes", async () => {
    await page.getByRole("textbox", { name: "Reply" }).pressSequentially("One mom");
    await expect(ana.page.getByLabel("nora.ceramics is typing")).toBeVisible();
    await shown.take("typing on the phone", ana.page.getByLabel("nora.ceramics is typing"));
    await page.getByRole("textbox", { name: "Reply" }).fill("");
  });
  await test.step("somebody has read", async () => {
    await ana.write("Thank you!");
    await expect(newest().getByText("Thank you!")).toBeVisible();
    await newest().scrollIntoViewIfNeeded();
    await expect(ana.chat.getByText(/^Seen/)).toBeVisible();
    await shown.take("seen on the phone", ana.page.getByRole("main", { name: "Phone" }));
  });
  await test.step("a day later: a person's reply says so", async () => {
    const customer = { customerId: "studio.sol", igId: open.igId };
    await play(open.desk, "/_play/send", { ...customer, text: "Is it back?", ago: 25 * 3_600_000 });
    await openConversation(page, "Studio Sol");
    await page.getByRole("textbox", { name: "Reply" }).fill("It is!");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await expect(page.getByRole("list", { name: "Messages with Studio Sol" }).getByText("It is!")).toBeVisible();
    await expect
      .poll(async () => (await ledger(open.desk)).at(-1))
      .toMatchObject({ text: "It is!", tag: "HUMAN_AGENT" });
    await ana.page.goto(`${open.desk.emulatorUrl}/#/as/studio.sol/to/nora.ceramics`);
    await expect(onPhone("It is!").getByText("Sent with tag HUMAN_AGENT")).toBeVisible();
  });
  expect(errors).toEqual([]);
});
