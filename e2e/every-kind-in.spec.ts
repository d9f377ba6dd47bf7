import { expect, type Locator, type Page, test } from "@playwright/test";
import { leadsOut, loaded, playable, standApart } from "./looks";
import { type OpenDesk, openDesk } from "./open-desk";
import { openPhone, type Phone } from "./phone";
import { type Pictures, pictures } from "./pictures";
import { conversations, openConversation, play, reply } from "./stories";

/** Everything that Instagram can bring in, made on the emulator's phone and looked at in the inbox. */
let open: OpenDesk;
let page: Page;
let errors: string[];
let ana: Phone;
let shown: Pictures;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  open = await openDesk(browser);
  const customer = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
  ana = await openPhone(await customer.newPage(), open.desk, "#/as/ana.lima/to/nora.ceramics", "nora.ceramics");
  await ana.write("Good morning");
  const opened = await open.openBrowser();
  page = opened.page;
  errors = opened.errors;
  await page.setViewportSize({ width: 1440, height: 1000 });
  await page.goto(`${open.desk.url}/inbox`);
  await openConversation(page, "Ana Lima");
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
const saying = (text: string | RegExp) => thread().locator("> li").filter({ hasText: text }).last();

/** Makes one on the phone, looks at its bubble, and takes its picture. */
async function kind(
  name: string,
  make: () => Promise<unknown>,
  look: (bubble: Locator) => Promise<void>,
): Promise<void> {
  await test.step(name, async () => {
    const before = await thread().locator("> li").count();
    await make();
    await expect(thread().locator("> li")).toHaveCount(before + 1);
    await look(newest());
    await shown.take(name, newest());
  });
}

test("words: emoji, links, right to left, very long", async () => {
  await kind(
    "text with emoji",
    () => ana.write("Is the green bowl 🥣 still there? 👩‍🎨"),
    (bubble) => expect(bubble.getByText("Is the green bowl 🥣 still there? 👩‍🎨")).toBeVisible(),
  );
  await kind(
    "emoji alone are large",
    () => ana.more("Emoji"),
    (bubble) => expect(bubble.getByText("👩‍🎨🏺💙")).toHaveCSS("font-size", "36px"),
  );
  await kind(
    "a link",
    () => ana.more("With a link"),
    (bubble) => leadsOut(bubble.getByRole("link"), /^https:\/\/example\.com\/vases\/sea-green\?size=2$/),
  );
  await kind(
    "right to left",
    () => ana.more("Right to left"),
    (bubble) => expect(bubble.getByText("مرحبا!")).toHaveCSS("direction", "rtl"),
  );
  await kind(
    "a very long text is folded",
    () => ana.more("Very long"),
    async (bubble) => {
      const text = bubble.getByText("I have been looking");
      const folded = await text.evaluate((each) => each.clientHeight);
      await bubble.getByRole("button", { name: "Show more" }).click();
      await expect(bubble.getByRole("button", { name: "Show less" })).toBeVisible();
      expect(await text.evaluate((each) => each.clientHeight)).toBeGreaterThan(folded);
    },
  );
});

test("media: pictures up to ten, GIF, sticker, video, voice, PDF, heart, and what is gone", async () => {
  const { samples } = await (await fetch(`${open.desk.emulatorUrl}/_play/state`)).json();
  const files = await ana.page.evaluate(
    async (urls: string[]) => {
      const read = async (url: string) => {
        const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
        return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
      };
      return Promise.all(urls.map(read));
    },
    (samples as { url: string }[]).map(({ url }) => new URL(url).pathname + new URL(url).search),
  );
  const ten = Array.from({ length: 10 }, (_, n) => ({
    name: `bowl ${n + 1}.png`,
    mimeType: "image/png",
    buffer: Buffer.from(files[n % files.length] ?? "", "latin1"),
  }));
  const photo = async (choose: () => Promise<unknown>) => {
    await ana.page.getByRole("button", { name: "Send a photo" }).click();
    await choose();
  };
  await kind(
    "one picture",
    () => photo(() => ana.page.getByRole("button", { name: "A glazed vase" }).click()),
    (bubble) => loaded(bubble.getByRole("img", { name: "Picture from Ana Lima" })),
  );
  await kind(
    "three pictures",
    () =>
      photo(async () => {
        await ana.page.getByRole("button", { name: "Select several" }).click();
        for (const name of ["Sunset over hills", "A knitted pattern", "City by night"])
          await ana.page.getByRole("button", { name }).click();
        await ana.page.getByRole("button", { name: "Send 3 photos" }).click();
      }),
    (bubble) => expect(bubble.getByRole("button", { name: /^Picture [123] of 3 from Ana Lima$/ })).toHaveCount(3),
  );
  await kind(
    "ten pictures",
    () => photo(() => ana.page.getByLabel("File of this computer").setInputFiles(ten)),
    async (bubble) => {
      await expect(bubble.getByRole("button", { name: /^Picture \d+ of 10 from Ana Lima$/ })).toHaveCount(10);
      for (const n of [1, 5, 10]) await loaded(bubble.getByRole("img", { name: `Picture ${n} of 10 from Ana Lima` }));
      await bubble.getByRole("button", { name: "Picture 9 of 10 from Ana Lima" }).click();
      const viewer = page.getByRole("dialog", { name: "Picture 9 of 10 from Ana Lima" });
      await expect(viewer).toBeVisible();
      await page.keyboard.press("ArrowRight");
      await loaded(page.getByRole("dialog").getByRole("img", { name: "Picture 10 of 10 from Ana Lima" }));
      await shown.take("the picture viewer", page.locator("body"));
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
    },
  );
  for (const name of ["GIF", "Sticker"])
    await kind(
      name,
      () => ana.more(name),
      (bubble) => loaded(bubble.getByRole("img", { name: "Picture from Ana Lima" })),
    );
  await kind(
    "a video has a player",
    () => ana.more("Video"),
    async (bubble) => {
      await playable(bubble.getByLabel("Video from Ana Lima"));
      await expect(bubble.getByLabel("Video from Ana Lima")).toHaveJSProperty("controls", true);
    },
  );
  await kind(
    "a voice note has a player",
    () => ana.more("Voice note"),
    async (bubble) => {
      const player = bubble.getByRole("group", { name: "Voice message from Ana Lima" });
      await expect(player.getByRole("slider", { name: "Position" })).toBeEnabled();
      await player.getByRole("button", { name: "Play" }).click();
      await expect
        .poll(() => player.locator("audio").evaluate((one: HTMLAudioElement) => one.played.length))
        .toBeGreaterThan(0);
    },
  );
  await kind(
    "a PDF document",
    () => ana.more("PDF file"),
    (bubble) => leadsOut(bubble.getByRole("link", { name: /PDF document/ }), /ig_messaging_cdn/),
  );
  await kind(
    "a heart",
    () => ana.more("Heart"),
    (bubble) => expect(bubble.getByText("❤️")).toBeAttached(),
  );
  const { thread: told } = await play(open.desk, "/_play/send", { customerId: "ana.lima", igId: open.igId, text: "…" });
  const raw = (message: object) =>
    play(open.desk, "/_play/raw", {
      igId: open.igId,
      item: {
        sender: { id: (told as { igsid: string }).igsid },
        recipient: { id: open.igId },
        timestamp: Date.now(),
        message,
      },
    });
  await expect(newest().getByText("…")).toBeVisible();
  const nowhere = { url: `${open.desk.emulatorUrl}/cdn/ig_messaging_cdn/?asset_id=0&signature=0` };
  for (const [name, type, words] of [
    ["a picture that cannot be loaded", "image", "Picture no longer available"],
    ["a video that cannot be loaded", "video", "Video no longer available"],
    ["a voice note that cannot be loaded", "audio", "Voice message no longer available"],
  ] as const)
    await kind(
      name,
      () => raw({ mid: `gone-${type}`, attachments: [{ type, payload: nowhere }] }),
      (bubble) => expect(bubble.getByText(words)).toBeVisible(),
    );
  const vase = { url: (samples as { url: string }[])[2]?.url };
  await kind(
    "three pictures of which two cannot be loaded",
    () =>
      raw({ mid: "some-gone", attachments: [nowhere, vase, nowhere].map((payload) => ({ type: "image", payload })) }),
    async (bubble) => {
      const gone = bubble.getByText("Picture no longer available");
      await expect(gone).toHaveCount(2);
      const seen = bubble.getByRole("button", { name: "Picture 2 of 3 from Ana Lima" });
      await standApart(gone.first(), seen, gone.last());
    },
  );
  await kind(
    "words and a picture in one message",
    () =>
      raw({
        mid: "both",
        text: "This one",
        attachments: [{ type: "image", payload: vase }],
      }),
    async (bubble) => {
      await loaded(bubble.getByRole("img"));
      await expect(bubble.getByText("This one")).toBeVisible();
    },
  );
});

test("complaint 18, 19: shared posts, reels and stories; view once; what Instagram keeps to itself", async () => {
  await kind(
    "a post",
    () => ana.more("Post"),
    (bubble) => loaded(bubble.getByRole("figure").getByRole("img", { name: /^Post: / })),
  );
  await kind(
    "a post in the form until April 2026",
    () => ana.more("Post, old form"),
    (bubble) => loaded(bubble.getByRole("figure").getByRole("img", { name: "Post" })),
  );
  await kind(
    "a post in both forms is one",
    () => ana.more("Post, both forms"),
    async (bubble) => {
      await expect(bubble.getByRole("figure")).toHaveCount(1);
      await loaded(bubble.getByRole("figure").getByRole("img", { name: /^Post: / }));
    },
  );
  await kind(
    "a reel",
    () => ana.more("Reel"),
    (bubble) => playable(bubble.getByLabel(/^Reel: Across the bay/)),
  );
  await kind(
    "a reel of which Instagram gives an address only",
    () => ana.more("Reel as a link"),
    async (bubble) => {
      await leadsOut(bubble.getByRole("link", { name: "Open on Instagram" }), /^https:\/\/www\.instagram\.com\/reel\//);
      await expect(bubble.getByText("How a bowl is thrown")).toBeVisible();
    },
  );
  await kind(
    "somebody's story",
    () => ana.more("Someone’s story"),
    (bubble) => loaded(bubble.getByRole("figure").getByRole("img", { name: "Story" })),
  );
  await kind(
    "view once",
    () => ana.more("Disappearing photo"),
    async (bubble) => {
      await expect(bubble.getByText(/seen once, and only in Instagram/)).toBeVisible();
      await leadsOut(bubble.getByRole("link", { name: "Open Instagram" }), /instagram\.com\/direct/);
    },
  );
  for (const name of ["Something apps cannot read", "The same, with an address"])
    await kind(
      name,
      () => ana.more(name),
      (bubble) => expect(bubble.getByText(/Instagram does not share this with apps/)).toBeVisible(),
    );
  await kind(
    "a kind from the future",
    () => ana.more("A kind from the future"),
    (bubble) => expect(bubble.getByText(/Not shown yet: hologram/)).toBeVisible(),
  );
});

test("complaint 12, 17, 20: stories: a reply with the story, a mention, and the rule about private accounts", async () => {
  await kind(
    "a story reply",
    async () => {
      await ana.page.getByRole("button", { name: "Reply to a story" }).click();
      const post = ana.page.getByRole("button", { name: "Post one as @nora.ceramics" });
      const box = ana.page.getByRole("textbox", { name: "Reply to the story of @nora.ceramics" });
      await expect(post.or(box)).toBeVisible();
      if (await post.isVisible()) await post.click();
      await box.fill("Love this one!");
      await ana.page.getByRole("button", { name: "Send reply" }).click();
    },
    async (bubble) => {
      await expect(bubble.getByText("Replied to your story")).toBeVisible();
      await expect(bubble.getByText("Love this one!")).toBeVisible();
      await loaded(bubble.getByRole("img", { name: /^Story of/ }));
      await leadsOut(bubble.getByRole("link", { name: "Open story" }), /ig_messaging_cdn/);
    },
  );
  const mention = async () => {
    await ana.page.getByRole("button", { name: "Mention in story" }).click();
    await ana.page.getByRole("button", { name: "Boats on a calm sea" }).click();
  };
  await kind("a story mention", mention, async (bubble) => {
    await expect(bubble.getByText("Mentioned you in their story")).toBeVisible();
    await loaded(bubble.getByRole("img", { name: "Story of Ana Lima" }));
    await bubble.getByRole("button", { name: "Not every mention arrives" }).click();
    await expect(page.getByText(/public, or private and followed by you/)).toBeVisible();
    await shown.take("the rule of mentions", page.locator("body"));
    await page.keyboard.press("Escape");
  });
  await test.step("a private account's mention does not arrive, unless the brand follows it", async () => {
    const before = await thread().locator("> li").count();
    await ana.page.getByRole("switch", { name: "Private account" }).click();
    await ana.page.getByRole("button", { name: "Unfollow", exact: true }).click();
    await ana.page.getByRole("button", { name: "Mention in story" }).click();
    await expect(ana.page.getByText(/Instagram will send the business nothing/)).toBeVisible();
    await ana.page.getByRole("button", { name: "Boats on a calm sea" }).click();
    await ana.write("Did you see my story?");
    await expect(newest().getByText("Did you see my story?")).toBeVisible();
    await expect(thread().locator("> li")).toHaveCount(before + 1);
  });
  await ana.page.getByRole("button", { name: "Follow", exact: true }).click();
  await kind("a followed private account's story mention", mention, (bubble) =>
    loaded(bubble.getByRole("img", { name: "Story of Ana Lima" })),
  );
  await ana.page.getByRole("switch", { name: "Private account" }).click();
});

test("complaint 51, 53: quotes, reactions, edits, unsending: set, changed, taken back, and before their message", async () => {
  await reply(page, "It is 38 euros.");
  await expect(ana.chat.getByText("It is 38 euros.")).toBeVisible();
  await kind(
    "a quote, which leads to what it quotes",
    async () => {
      await ana.tool(ana.chat.locator("> li").filter({ hasText: "Is the green bowl" }).first(), "Reply");
      await ana.write("I mean this one");
    },
    async (bubble) => {
      const quote = bubble.getByRole("button", {
        name: /replied to themselves.*Is the green bowl.*Go to that message/s,
      });
      await quote.click();
      await expect(page.locator(".revealed").filter({ hasText: "Is the green bowl" })).toBeFocused();
      await expect(page.locator(".revealed").filter({ hasText: "Is the green bowl" })).toBeInViewport();
    },
  );
  const ours = () => saying("It is 38 euros.").first();
  const onPhone = ana.chat.locator("> li").filter({ hasText: "It is 38 euros." });
  await test.step("a reaction is set, changed and taken back", async () => {
    await ana.react(onPhone, "❤️");
    await expect(ours().getByText("Ana Lima reacted ❤️")).toBeAttached();
    await expect(conversations(page).getByText("Reacted ❤️")).toBeVisible();
    await shown.take("a reaction", ours());
    await ana.react(onPhone, "😂");
    await expect(ours().getByText("Ana Lima reacted 😂")).toBeAttached();
    await expect(ours().getByText("Ana Lima reacted ❤️")).toHaveCount(0);
    await ana.react(onPhone, "😂");
    await expect(ours().getByRole("list", { name: "Reactions" })).toHaveCount(0);
  });
  await kind(
    "an edit, with what it said before",
    async () => {
      await ana.write("I take tow");
      await expect(newest().getByText("I take tow")).toBeVisible();
      for (const text of ["I take two", "I take two of them"]) {
        await ana.tool(ana.lastMessage, "Edit");
        await ana.write(text);
      }
    },
    async (bubble) => {
      await expect(bubble.getByText("I take two of them")).toBeVisible();
      await bubble.getByRole("button", { name: /^Edited/ }).click();
      await expect(page.getByText("Before it was edited")).toBeVisible();
      await expect(page.getByRole("listitem").filter({ hasText: /^.*I take tow$/ })).toBeVisible();
      await shown.take("what an edited text said before", page.locator("body"));
      await page.keyboard.press("Escape");
    },
  );
  await kind(
    "reaction and edit that come before their message",
    async () => {
      await ana.holdEvents();
      await ana.write("And a vsae");
      await ana.tool(ana.lastMessage, "Edit");
      await ana.write("And a vase");
      await ana.react(ana.lastMessage, "👍");
      await ana.releaseEvents();
    },
    async (bubble) => {
      await expect(bubble.getByText("And a vase")).toBeVisible();
      await expect(bubble.getByText("Ana Lima reacted 👍")).toBeAttached();
      await expect(bubble.getByRole("button", { name: /^Edited/ })).toBeVisible();
    },
  );
  await kind(
    "unsent",
    async () => {
      await ana.write("Oh, never mind");
      await expect(newest().getByText("Oh, never mind")).toBeVisible();
      await ana.tool(ana.lastMessage, "Unsend");
    },
    async (bubble) => {
      await expect(bubble.getByText("Ana Lima unsent a message")).toBeVisible();
      await expect(page.getByText("Oh, never mind")).toHaveCount(0);
    },
  );
  await kind(
    "unsent before it came",
    async () => {
      await ana.holdEvents();
      await ana.write("Never to be seen");
      await ana.tool(ana.lastMessage, "Unsend");
      await ana.releaseEvents();
    },
    async (bubble) => {
      await expect(bubble.getByText("Ana Lima unsent a message")).toBeVisible();
      await expect(page.getByText("Never to be seen")).toHaveCount(0);
    },
  );
});

test("taps, ways that led here, seen", async () => {
  const conversation = new URL(page.url()).pathname.split("/").pop();
  const send = async (part: object) => {
    const answer = await page.request.post(`${open.desk.url}/api/inbox/conversations/${conversation}/messages`, {
      headers: { origin: open.desk.url },
      data: { id: crypto.randomUUID(), parts: [part] },
    });
    expect(answer.status()).toBe(201);
  };
  await send({ type: "text", text: "Which colour?", quickReplies: [{ title: "Red" }, { title: "Blue" }] });
  const tap = ana.page.getByRole("group", { name: "Quick replies" }).getByRole("button", { name: "Blue" });
  await expect(tap).toBeVisible();
  await kind(
    "a tapped quick reply",
    () => tap.click(),
    async (bubble) => {
      await expect(bubble.getByText("Tapped a quick reply")).toBeVisible();
      await expect(bubble.getByText("Blue")).toBeVisible();
    },
  );
  await send({
    type: "buttons",
    text: "Shall we keep it for you?",
    buttons: [{ title: "Yes, please", payload: "keep" }],
  });
  const button = ana.lastMessage.getByRole("button", { name: "Yes, please" });
  await expect(button).toBeVisible();
  await kind(
    "a tapped button",
    () => button.click(),
    async (bubble) => {
      await expect(bubble.getByText("Tapped", { exact: true })).toBeVisible();
      await expect(bubble.getByText("Yes, please")).toBeVisible();
    },
  );
  for (const [name, words] of [
    ["Press of a button", "Talk to a person"],
    ["Ice breaker", "Do you take custom orders?"],
  ] as const)
    await kind(
      name,
      () => ana.more(name),
      (bubble) => expect(bubble.getByText(words)).toBeVisible(),
    );
  await kind(
    "came through a link",
    () => ana.more("Through a link"),
    async (bubble) => {
      await expect(bubble.getByText("Ana Lima came by your ig.me link")).toBeVisible();
      await expect(bubble.getByText("spring-sale")).toBeVisible();
    },
  );
  await kind(
    "came from an ad",
    () => ana.more("From an ad"),
    async (bubble) => {
      await expect(bubble.getByText("Ana Lima came from your ad")).toBeVisible();
      await expect(bubble.getByText("Spring sale: a third off all vases")).toBeVisible();
      await loaded(bubble.getByRole("img", { name: "Ad: Spring sale: a third off all vases" }));
      await expect(bubble.getByText("Is it still on?")).toBeVisible();
    },
  );
  await kind(
    "came from a product",
    () => ana.more("From a product"),
    async (bubble) => {
      await expect(bubble.getByText("Ana Lima came from a product")).toBeVisible();
    },
  );
  await reply(page, "Seen this?");
  // It stands where it leaves, which must be before the answer.
  await expect(saying("Seen this?").getByText("Sent", { exact: true })).toBeAttached();
  await kind(
    "nothing more",
    async () => ana.write("Yes"),
    async (bubble) => {
      await expect(bubble.getByText("Yes")).toBeVisible();
    },
  );
  await expect(saying("Seen this?").getByText(/^Seen/).first()).toBeVisible();
});

test("complaint 48: the brand's own phone and its other apps: echoes, marked so", async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
  const nora = await openPhone(await context.newPage(), open.desk, "#/phone-of/nora.ceramics/ana.lima", "ana.lima");
  await kind(
    "typed on the phone",
    () => nora.write("I write this in the train."),
    async (bubble) => {
      await expect(bubble.getByText("From Instagram app", { exact: true })).toBeVisible();
      await expect(bubble.getByText("I write this in the train.")).toBeVisible();
    },
  );
  const own = "you";
  const looks: [string, (bubble: Locator) => Promise<void>][] = [
    ["Heart", (bubble) => expect(bubble.getByText("❤️")).toBeAttached()],
    ["GIF", (bubble) => loaded(bubble.getByRole("img", { name: `Picture from ${own}` }))],
    ["Video", (bubble) => playable(bubble.getByLabel(`Video from ${own}`))],
    ["Voice note", (bubble) => expect(bubble.getByRole("group", { name: `Voice message from ${own}` })).toBeVisible()],
    ["PDF file", (bubble) => expect(bubble.getByRole("link", { name: /PDF document/ })).toBeVisible()],
    ["Post", (bubble) => loaded(bubble.getByRole("figure").getByRole("img"))],
    ["Disappearing photo", (bubble) => expect(bubble.getByText(/only in Instagram/)).toBeVisible()],
    ["Something apps cannot read", (bubble) => expect(bubble.getByText(/does not share this/)).toBeVisible()],
    [
      "Cards",
      async (bubble) => {
        const cards = bubble.getByRole("list", { name: "2 cards" });
        await expect(cards.getByText("Tall vase")).toBeVisible();
        await expect(cards.getByRole("link", { name: "Look" }).first()).toHaveAttribute("href", /nora\.ceramics/);
        await expect(cards.getByText("Order").first()).toBeVisible();
      },
    ],
    [
      "A product",
      async (bubble) => {
        await expect(bubble.getByText("Sea-green bowl")).toBeVisible();
        await expect(bubble.getByText("€ 38.00")).toBeVisible();
      },
    ],
  ];
  for (const [name, look] of looks) await kind(`the brand's own ${name}`, () => nora.more(name), look);
  await kind(
    "the brand's reply to a customer's story",
    async () => {
      await nora.page.getByRole("button", { name: "Reply to a story" }).click();
      await nora.page.getByRole("textbox", { name: "Reply to the story of @ana.lima" }).fill("What a view!");
      await nora.page.getByRole("button", { name: "Send reply" }).click();
    },
    async (bubble) => {
      await expect(bubble.getByText("You replied to their story")).toBeVisible();
      await loaded(bubble.getByRole("img", { name: /^Story of/ }));
    },
  );
  await kind(
    "the brand mentions a customer",
    async () => {
      await nora.page.getByRole("button", { name: "Mention in story" }).click();
      await nora.page.getByRole("button", { name: "City by night" }).click();
    },
    (bubble) => expect(bubble.getByText("You mentioned them in your story")).toBeVisible(),
  );
  await test.step("unsent by the brand", async () => {
    await nora.tool(nora.chat.locator("> li").filter({ hasText: "I write this in the train." }), "Unsend");
    await expect(thread().getByText("You unsent a message")).toBeVisible();
    await expect(thread().getByText("I write this in the train.")).toHaveCount(0);
  });
  await context.close();
});

test("what is no message: a quiet line, or set aside with its reason and a replay", async () => {
  for (const [name, words] of [
    ["Handover", "Not shown yet: pass thread control"],
    ["Opt-in", "Not shown yet: optin"],
    ["An event from the future", "Not shown yet: hologram"],
  ] as const)
    await kind(
      name,
      () => ana.more(name),
      (bubble) => expect(bubble.getByText(words)).toBeVisible(),
    );
  await kind(
    "what another app answers for (standby)",
    () => ana.more("Standby"),
    (bubble) => expect(bubble.getByText("Is anybody there?")).toBeVisible(),
  );
  for (const name of ["Live comment", "Mention in a post", "Comment", "Dashboard test"]) await ana.more(name);
  await shown.takeThread("everything that came", page);

  await expect(async () => {
    await page.goto(`${open.desk.url}/settings/set-aside`);
    await expect(page.getByText("A test from the dashboard of the Facebook app.").first()).toBeVisible({
      timeout: 1_000,
    });
  }).toPass();
  const items = page.getByRole("list", { name: "Set aside" }).getByRole("listitem");
  for (const field of ["live_comments", "mentions"])
    await expect(items.filter({ hasText: `Not shown yet: ${field}.` })).toHaveCount(1);
  const comment = items.filter({ hasText: "Not shown yet: comments." });
  await expect(comment).toHaveCount(1);
  await comment.getByText(/^As it came/).click();
  await expect(comment.getByText("Where can I buy this?")).toBeVisible();
  await expect(items.filter({ hasText: "hologram" }).first()).toBeVisible();
  await shown.take("set aside", page.locator("main"));
  await comment.getByRole("button", { name: "Replay comment" }).click();
  await expect(page.getByText("It is delivered again.")).toBeVisible();
  await expect(async () => {
    await page.goto(`${open.desk.url}/settings/set-aside?reason=${encodeURIComponent("Not shown yet: comments.")}`);
    await expect(items).toHaveCount(1, { timeout: 1_000 });
  }).toPass();
  expect(errors).toEqual([]);
});
