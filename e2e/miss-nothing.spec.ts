import { randomUUID } from "node:crypto";
import { type APIRequestContext, expect, type Page, type Request, test } from "@playwright/test";
import { gatherCrowd } from "./crowd";
import { conversationWith, everyText, paintedState, storedState } from "./inbox-state";
import { type OpenDesk, openDesk } from "./open-desk";
import { conversations, openConversation, play, reply } from "./stories";

const DAY_MS = 86_400_000;
const PATIENT = { timeout: 30_000 };
/** What a killed server had just begun is free again after a minute. */
const LEASED = { timeout: 80_000 };

let open: OpenDesk;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  open = await openDesk(browser);
});
test.afterEach(() => open.closeBrowsers());
test.afterAll(() => open?.desk.stop());

test("every open tab ends equal to the database, over a lost network and a killed server", async () => {
  test.setTimeout(200_000);
  const { desk } = open;
  const crowd = await gatherCrowd(open, 30);
  const [first = "", second = ""] = crowd.names;
  await crowd.chatter(50);

  const here = await open.openBrowser();
  const there = await open.openBrowser();
  const [leader, follower, list] = [here.page, await here.context.newPage(), await here.context.newPage()];
  const elsewhere = there.page;
  await openInbox(leader, first);
  await openInbox(follower, second);
  await openInbox(list);
  await openInbox(elsewhere, first);
  const answers: string[] = [];
  const typeAnswer = async (text: string) => {
    answers.push(text);
    await reply(elsewhere, text);
  };
  const postAnswer = async (place: number, text: string) => {
    answers.push(text);
    await post(elsewhere.request, crowd.names[place] ?? "", text);
  };

  await test.step("connected: painted everywhere at once", async () => {
    await crowd.say(0, "Is this painted at once?");
    const said = Date.now();
    for (const tab of [leader, follower, list, elsewhere])
      await expect(conversations(tab).getByText("Is this painted at once?")).toBeVisible({ timeout: 5_000 });
    console.log(`painted in four tabs within ${Date.now() - said} ms`);
  });

  await test.step("offline: what happens meanwhile shows in the other browser only", async () => {
    const broken = leader.waitForEvent("requestfailed", isStream);
    await here.context.setOffline(true);
    await broken;
    await crowd.chatter(60);
    for (const n of [1, 2, 3]) await typeAnswer(`Answer ${n} while others are offline`);
    for (const n of [4, 5, 6, 7, 8]) await postAnswer(n, `Answer ${n} while others are offline`);
    await expect(thread(elsewhere).getByText("Answer 3 while others are offline")).toBeVisible();
    for (const tab of [leader, follower, list]) {
      await expect(tab.getByText("You are offline. Reconnecting…")).toBeVisible();
      await expect(tab.getByText("while others are offline")).toHaveCount(0);
    }
  });

  await test.step("the server is killed, and comes back while messages and answers go on", async () => {
    await desk.killApp();
    await here.context.setOffline(false);
    await crowd.chatter(40);
    await desk.untilReady();
    // Meta tries again what found nobody; the first time after a few seconds by its clock.
    await play(desk, "/_control/clock", { advanceMs: 15_000 });
    await play(desk, "/_control/clock", { offsetMs: 0 });
  });

  const late = await here.context.newPage();
  await test.step("a tab is opened late", async () => {
    await Promise.all([
      crowd.chatter(49),
      (async () => {
        for (const n of [9, 10]) await typeAnswer(`Answer ${n} after the restart`);
        for (const n of [11, 12, 13, 14, 15, 16, 17, 18, 19, 20]) await postAnswer(n, `Answer ${n} after the restart`);
      })(),
      openInbox(late, second),
    ]);
  });

  const all = [...crowd.said, ...answers].sort();
  expect(all).toHaveLength(220);
  await expect.poll(() => everyText(elsewhere.request, desk), LEASED).toEqual(all);
  for (const tab of [leader, follower, list, elsewhere, late]) {
    await expect(async () => expect(await paintedState(tab)).toEqual(await storedState(tab))).toPass(PATIENT);
    expect(await tab.evaluate(() => "kept" in window), "not reloaded").toBe(true);
  }
  expect([...here.errors, ...there.errors]).toEqual([]);
});

test("a connected browser does not poll, and changes come through the stream", async () => {
  test.setTimeout(90_000);
  const { desk, igId } = open;
  await play(desk, "/_play/send", { customerId: "ana.lima", igId, text: "Good morning" });
  const { context, page: leader, errors } = await open.openBrowser();
  const follower = await context.newPage();
  const tabs = [leader, follower];
  const traffic = tabs.map(watchTraffic);
  await context.clock.install();
  await openInbox(leader);
  await openInbox(follower, "Ana Lima");
  // Opened, it counts as read, and its neighbours are loaded ahead. Then there is nothing left to do.
  await expect(conversations(leader).getByRole("link", { name: /^Ana Lima, Good morning/ })).toBeVisible();
  await context.clock.runFor(2_000);
  await expect
    .poll(() => traffic.map(({ pending }) => [...pending].filter((request) => !isStream(request))))
    .toEqual([[], []]);
  for (const { asked } of traffic) asked.length = 0;

  // Three quarters of a minute in the browser, and a moment for everybody else: shorter than the silence of a dead stream.
  await context.clock.runFor(45_000);
  for (const n of [1, 2, 3, 4, 5]) {
    await play(desk, "/_play/send", { customerId: "ana.lima", igId, text: `Line ${n}` });
    await expect(conversations(leader).getByText(`Line ${n}`)).toBeVisible();
    await expect(thread(follower).getByText(`Line ${n}`)).toBeVisible();
  }
  const [askedByLeader, askedByFollower] = traffic.map(({ asked }) =>
    asked.map((request) => `${request.method()} ${new URL(request.url()).pathname}`),
  );
  expect(askedByLeader).toEqual([]);
  // What it tells the server is not what it asks for: that the open conversation has been read.
  expect(askedByFollower?.filter((request) => !/^POST .*\/read$/.test(request))).toEqual([]);
  expect(errors).toEqual([]);
});

test("complaint 14, 15, 16: a story that ends turns to its placeholder by itself, in every open browser and on a phone", async () => {
  test.setTimeout(90_000);
  const { desk, igId } = open;
  await play(desk, "/_play/send", { customerId: "studio.sol", igId, text: "We wore your bowls" });
  const browsers = [await open.openBrowser(), await open.openBrowser()] as const;
  const phone = browsers[1].page;
  await phone.setViewportSize({ width: 390, height: 844 });
  const tabs = [browsers[0].page, await browsers[0].context.newPage(), phone];
  for (const tab of tabs) await openInbox(tab, "Studio Sol");

  await test.step("24 hours after it was posted", async () => {
    const almostOver = { customerId: "studio.sol", igId, ago: DAY_MS - 10_000 };
    await play(desk, "/_play/business/story", { igId, ago: DAY_MS - 9_000 });
    await play(desk, "/_play/story-mention", almostOver);
    await play(desk, "/_play/story-reply", { ...almostOver, ago: DAY_MS - 9_000, text: "Lovely" });
    await play(desk, "/_play/other", { ...almostOver, kind: "ig_story" });
    for (const tab of tabs) {
      await expect(storyPicture(tab)).toHaveCount(2);
      await expect(thread(tab).getByRole("img", { name: "Story", exact: true })).toBeVisible();
    }
    for (const tab of tabs) {
      await expect(gone(tab)).toHaveCount(2);
      for (const words of await gone(tab).all()) await expect(words).toBeVisible();
      await expect(storyPicture(tab)).toHaveCount(0);
      await expect(thread(tab).getByRole("figure").getByText("No longer available")).toBeVisible();
      await expect(thread(tab).getByRole("img", { name: "Story", exact: true })).toHaveCount(0);
    }
  });

  await test.step("earlier, because its author ended it: the first browser that cannot load it tells all others", async () => {
    const { story } = await play(desk, "/_play/story-mention", { customerId: "studio.sol", igId });
    for (const tab of tabs) await expect(storyPicture(tab)).toHaveJSProperty("complete", true);
    await play(desk, "/_play/story/end", { storyId: (story as { id: string }).id });
    const newcomer = await open.openBrowser();
    await openInbox(newcomer.page, "Studio Sol");
    for (const tab of [...tabs, newcomer.page]) {
      await expect(gone(tab)).toHaveCount(3);
      await expect(storyPicture(tab)).toHaveCount(0);
      expect(await tab.evaluate(() => "kept" in window), "not reloaded").toBe(true);
    }
  });
});

test("complaint 34, 35: a stranger whom Instagram does not name can be told apart, and the missing permission is named", async () => {
  const { desk, igId } = open;
  const { page } = await open.openBrowser();
  await page.setViewportSize({ width: 1440, height: 800 });
  const { customer } = await play(desk, "/_play/customers", { name: "Lea Winter" });
  const say = async (text: string) =>
    play(desk, "/_play/send", { customerId: (customer as { id: string }).id, igId, text });
  await play(desk, "/_control/deliveries/hold", {});
  const { igsid } = (await say("Is anybody there?")).thread as { igsid: string };
  await play(desk, "/_control/faults", { path: `/${igsid}`, kind: "error", code: 10 });
  await play(desk, "/_control/deliveries/release", {});
  await page.goto(`${desk.url}/inbox`);
  await openConversation(page, `Instagram user …${igsid.slice(-4)}`);
  await expect(
    page.getByText(/Advanced Access .* and for the feature Business Asset User Profile Access/),
  ).toBeVisible();
  await say("Hello?");
  await expect(conversations(page).getByRole("link", { name: /^Lea Winter, Hello\?/ })).toBeVisible();
  await expect(page.getByText(/Business Asset/)).toHaveCount(0);
});

/** Opens the inbox and marks the page, so that a reload would show. */
async function openInbox(page: Page, name?: string): Promise<void> {
  const live = page.waitForResponse((response) => new URL(response.url()).pathname === "/api/inbox/me");
  await page.goto(`${open.desk.url}/inbox`);
  // A tab asks who it is and how late it is once its stream is up.
  await live;
  if (name) await openConversation(page, name);
  await page.evaluate(() => Object.assign(window, { kept: true }));
}

async function post(request: APIRequestContext, name: string, text: string): Promise<void> {
  const { url } = open.desk;
  const id = await conversationWith(name, request, open.desk);
  const response = await request.post(`${url}/api/inbox/conversations/${id}/messages`, {
    headers: { origin: url },
    data: { id: randomUUID(), text },
  });
  expect(response.status()).toBe(201);
}

/** Requests to the desk: all, and those not answered yet. */
function watchTraffic(page: Page): { asked: Request[]; pending: Set<Request> } {
  const asked: Request[] = [];
  const pending = new Set<Request>();
  page.on("request", (request) => {
    if (!request.url().startsWith(open.desk.url)) return;
    asked.push(request);
    pending.add(request);
  });
  page.on("requestfinished", (request) => pending.delete(request));
  page.on("requestfailed", (request) => pending.delete(request));
  return { asked, pending };
}

function isStream(request: Request): boolean {
  return new URL(request.url()).pathname === "/api/live";
}

function thread(page: Page) {
  return page.getByRole("list", { name: "Messages with" });
}

function storyPicture(page: Page) {
  return thread(page).getByRole("img", { name: /^Story of/ });
}

function gone(page: Page) {
  return thread(page).getByText("The story is no longer available on Instagram.");
}
