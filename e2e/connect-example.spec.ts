import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { openPhone } from "./phone";
import { type RunningDesk, startDesk } from "./start-desk";
import { accountId, becomeOwner, connectAccount, ledger, look, openBrowser, passToConsent, play } from "./stories";

/** The site of an integrator (`npm run example:connect`), as their customer meets it. */
let desk: RunningDesk;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  desk = await startDesk({}, "bin/example-connect.ts");
});
test.afterAll(() => desk.stop());

test.use({ actionTimeout: 20_000, navigationTimeout: 20_000 });

const accounts = (page: Page) => page.getByRole("radiogroup", { name: "Instagram accounts" });

async function openPopUp(page: Page): Promise<Page> {
  await page.goto(desk.siteUrl);
  const opening = page.waitForEvent("popup");
  await page.getByRole("button", { name: "Log in with Facebook" }).click();
  return opening;
}

async function loginByRedirect(page: Page): Promise<void> {
  await page.goto(desk.siteUrl);
  await page.getByRole("button", { name: "Continue without a pop-up" }).click();
  await passToConsent(page, desk);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await expect(accounts(page)).toBeVisible();
}

async function choose(page: Page, username: string): Promise<void> {
  await accounts(page)
    .getByRole("radio", { name: `@${username}`, exact: true })
    .check();
  await page.getByRole("button", { name: "Connect", exact: true }).click();
}

test("from the login to the first answered message, past a declined dialog and a missing permission", async ({
  browser,
}) => {
  const { page, context, errors } = await openBrowser(browser);
  const seen = watchForTokens(context);

  await test.step("who declines is told that nothing happened", async () => {
    const popup = await openPopUp(page);
    await popup.getByRole("button", { name: "Nora Keller" }).click();
    await popup.getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByRole("alert")).toContainText("Nothing was connected");
  });

  await test.step("a permission that was unticked is named", async () => {
    const popup = await openPopUp(page);
    await popup.getByRole("button", { name: "Nora Keller" }).click();
    await popup.getByRole("checkbox", { name: "instagram_manage_messages" }).uncheck();
    await popup.getByRole("button", { name: "Continue", exact: true }).click();
    await expect(page.getByRole("heading", { name: "A permission is missing" })).toBeVisible();
    await expect(page.getByRole("alert")).toContainText("instagram_manage_messages");
  });

  await test.step("and is given when Facebook is asked again, by redirect", async () => {
    await page.getByRole("button", { name: "Ask Facebook again" }).click();
    await passToConsent(page, desk);
    await page.getByRole("checkbox", { name: "instagram_manage_messages" }).check();
    await page.getByRole("button", { name: "Continue", exact: true }).click();
    await expect(accounts(page).getByRole("radio").first()).toBeEnabled();
  });

  await test.step("a Page without Instagram says why it cannot be chosen; an account is chosen", async () => {
    const without = accounts(page).getByRole("radio", { disabled: true }).first();
    await expect(without).toBeDisabled();
    await expect(accounts(page).getByText("No Instagram professional account is linked").first()).toBeVisible();
    await choose(page, "nora.ceramics");
    await page.waitForURL(/\/inbox/);
    await expect(page.getByText("Nobody has written since you connected.")).toBeVisible();
  });

  await test.step("a message comes in and is answered", async () => {
    const customer = await openBrowser(browser);
    const ana = await openPhone(customer.page, desk, "#/as/ana.lima/to/nora.ceramics", "nora.ceramics");
    await ana.write("<i>Do you</i> ship to Porto?");
    await page
      .getByRole("navigation", { name: "Conversations" })
      .getByRole("link", { name: /Ana Lima.*Porto/ })
      .click();
    await expect(page.getByText("Nobody has written")).toHaveCount(0);
    const messages = page.getByRole("list", { name: "Messages with Ana Lima" });
    await expect(page.getByRole("listitem").getByText("<i>Do you</i> ship to Porto?")).toHaveCount(2);
    await page.getByRole("textbox", { name: "Reply" }).fill("Yes, in two days.");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await expect(ana.chat.getByText("Yes, in two days.")).toBeVisible();
    await ana.write("Wonderful!");
    await expect(messages.getByText("Wonderful!")).toBeVisible();
    await expect(messages.getByText("Seen")).toBeVisible();
    expect((await ledger(desk)).map(({ text, tag }) => [text, tag])).toEqual([["Yes, in two days.", null]]);
    await customer.context.close();
  });

  await test.step("who mentions the account in a story can be answered too", async () => {
    await play(desk, "/_play/story-mention", { customerId: "studio.sol", igId: await accountId(desk) });
    await page.getByRole("link", { name: /Mentioned you in their story/ }).click();
    await expect(page.getByRole("link", { name: "See the story" })).toHaveAttribute("href", /\/cdn\//);
  });

  await test.step("no token was in an address, a page or the log", async () => {
    const { tokens, addresses } = seen;
    expect(tokens.length).toBeGreaterThan(0);
    const shown = [await page.content(), await readFile(join(desk.dataDir, "site.log"), "utf8"), ...addresses].join(
      "\n",
    );
    for (const token of tokens) expect(shown.includes(token)).toBe(false);
    // Shorter words of chance begin like a token, too.
    expect(shown).not.toMatch(/EAAG\w{100}/);
  });
  expect(errors).toEqual([]);
  await context.close();
});

test("what the desk refuses is said in its words: a permission that is gone, an account of another workspace", async ({
  browser,
}) => {
  const owner = await openBrowser(browser);
  await becomeOwner(owner.page, desk);
  await connectAccount(owner.page, desk, "alder.and.ash");
  await owner.context.close();

  const { page, context } = await openBrowser(browser);
  await loginByRedirect(page);
  await choose(page, "alder.and.ash");
  await expect(page.getByRole("alert")).toContainText("could not be connected");
  await expect(page.getByRole("alert")).toContainText("another workspace");

  const { apps } = await look<{ apps: { id: string; name: string }[] }>(desk, "/_control/apps");
  const appId = apps.find(({ name }) => name === "Parlour")?.id;
  const { people } = await look<{ people: { id: string; name: string }[] }>(desk, "/_control/people");
  const person = people.find(({ name }) => name === "Nora Keller")?.id;
  await play(desk, "/_control/grants", { person, appId, revoke: ["pages_messaging"] });
  await choose(page, "cafe.lumen");
  await expect(page.getByRole("alert")).toContainText("lacks the permission pages_messaging");

  await play(desk, "/_control/grants", { person, appId, grant: ["pages_messaging"] });
  await choose(page, "nora.ceramics");
  await page.waitForURL(/\/inbox/);
  await expect(page.getByText("@nora.ceramics", { exact: true })).toBeVisible();
  await context.close();
});

test("what others send is not believed", async ({ browser }) => {
  const { page, context } = await openBrowser(browser);
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${desk.siteUrl}${path}`, { redirect: "manual", ...init });

  const body = JSON.stringify({ events: [{ id: "1", type: "conversation:message", payload: {} }] });
  const signed = { "webhook-id": "msg_1", "webhook-timestamp": `${Math.floor(Date.now() / 1000)}` };
  for (const headers of [{}, signed, { ...signed, "webhook-signature": `v1,${"A".repeat(43)}=` }])
    expect((await ask("/webhook", { method: "POST", body, headers })).status).toBe(401);

  for (const path of ["/login", "/accounts", "/login/pop-up", "/leave", "/inbox/0123456789abcdef01234567"]) {
    const headers = { origin: "https://elsewhere.example", "content-type": "application/x-www-form-urlencoded" };
    expect((await ask(path, { method: "POST", body: "page=1&token=EAAG&state=x&text=x", headers })).status).toBe(403);
  }
  expect((await ask("/inbox")).headers.get("location")).toBe("/");
  expect((await ask("/events")).status).toBe(401);

  // The answer to a login that began in another browser.
  const begun = await ask("/login", { method: "POST", headers: { origin: desk.siteUrl } });
  const state = new URL(begun.headers.get("location") ?? "").searchParams.get("state");
  expect(state).toMatch(/^\S{32}$/);
  await page.goto(`${desk.siteUrl}/login/answer?code=x&state=${state}`);
  await expect(page.getByRole("alert")).toContainText("This login is over");
  await context.close();
});

/** Every token that the browser posts, and every address that it asks for. */
function watchForTokens(context: BrowserContext): { tokens: string[]; addresses: string[] } {
  const [tokens, addresses]: [string[], string[]] = [[], []];
  context.on("request", (request) => {
    addresses.push(request.url());
    const posted = request.url().endsWith("/login/pop-up") ? request.postData() : null;
    const token = new URLSearchParams(posted ?? "").get("token");
    if (token) tokens.push(token);
  });
  return { tokens, addresses };
}
