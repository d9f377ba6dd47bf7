import { expect, type Page, test } from "@playwright/test";
import { type RunningDesk, startDesk } from "./start-desk";
import {
  accountId,
  agreeAtFacebook,
  becomeOwner,
  ledger,
  look,
  openConversation,
  passToConsent,
  play,
  reply,
} from "./stories";

/** Each way to connect an account, in a real browser, up to the first message that is answered. */
let desk: RunningDesk;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  desk = await startDesk();
});
test.afterAll(() => desk.stop());

test.use({ actionTimeout: 20_000, navigationTimeout: 20_000 });

let page: Page;
test.beforeAll(async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
  await becomeOwner(page, desk);
});
test.afterAll(() => page.context().close());

async function openWay(name: string): Promise<void> {
  await page.goto(`${desk.url}/channels/connect`);
  await expect(page.getByRole("button", { name: "Continue with Facebook" })).toBeVisible();
  await page.getByRole("link", { name: new RegExp(`^${name}`) }).click();
}

async function choose(username: string): Promise<void> {
  await page.waitForURL(/\/channels\/connect(#content)?$/);
  await page
    .getByRole("radiogroup", { name: "Instagram accounts" })
    .getByRole("radio", { name: `@${username}` })
    .check();
  await page.getByRole("button", { name: "Save" }).click();
  await page.waitForURL(/\/channels\/[0-9a-f-]{36}/);
}

/** A customer writes to the account, and reads the answer. */
async function isAnswered(username: string, customer: string, from: RunningDesk = desk): Promise<void> {
  const igId = await accountId(from, username);
  const made = (await play(from, "/_play/customers", { name: customer })) as { customer: { id: string } };
  const text = `Hello ${username}`;
  const sent = await play(from, "/_play/send", { customerId: made.customer.id, igId, text });
  expect(sent.delivery).toEqual({ sent: true });
  await page.goto(`${from.url}/inbox`);
  await openConversation(page, customer);
  await reply(page, `Welcome, ${customer}`);
  await expect.poll(async () => (await ledger(from)).map((entry) => entry.text)).toContain(`Welcome, ${customer}`);
}

test("a pop-up with Facebook's script: blocked it says so, closed it says so, and then it connects", async () => {
  await openWay("In a pop-up window");
  const button = page.getByRole("button", { name: "Log in with Facebook" });

  await test.step("the browser blocks the window", async () => {
    await expect(button).toBeEnabled();
    await page.evaluate(() => {
      window.open = () => null;
    });
    await button.click();
    await expect(page.getByRole("status")).toContainText("Your browser has blocked Facebook's window");
    await page.getByRole("link", { name: "Continue without a pop-up" }).click();
    await expect(page.getByRole("button", { name: "Continue with Facebook" })).toBeVisible();
    await openWay("In a pop-up window");
  });

  await test.step("the window is closed", async () => {
    const opening = page.waitForEvent("popup");
    await button.click();
    const popup = await opening;
    await popup.waitForLoadState();
    await popup.close();
    await expect(page.getByRole("status")).toContainText("Facebook's window was closed");
  });

  await test.step("it connects", async () => {
    const opening = page.waitForEvent("popup");
    await button.click();
    await agreeAtFacebook(await opening, "Nora Keller");
    await choose("nora.ceramics");
    await expect(page.getByText("Connected", { exact: true }).first()).toBeVisible();
    await isAnswered("nora.ceramics", "Paula Popp");
  });
});

test("Facebook's script runs on its own page and nowhere else", async () => {
  const policyOf = async (path: string) =>
    (await page.request.get(`${desk.url}${path}`)).headers()["content-security-policy"] ?? "";
  const policy = await policyOf("/channels/connect/pop-up");
  const scripts = policy.split("; ").find((one) => one.startsWith("script-src")) ?? "";
  expect(scripts.split(" ").filter((source) => source.startsWith("http"))).toEqual([desk.emulatorUrl]);
  expect(scripts).not.toContain("strict-dynamic");
  expect(policy).toContain(`connect-src ${desk.url}/channels/connect/pop-up ${desk.emulatorUrl}`);
  for (const path of ["/channels/connect", "/inbox", "/channels/connect/token"]) {
    const other = (await policyOf(path)).split("; ").find((one) => one.startsWith("script-src"));
    expect(other).not.toContain(desk.emulatorUrl);
  }
  await page.goto(`${desk.url}/channels/connect/pop-up`);
  await expect(page.getByRole("button", { name: "Log in with Facebook" })).toBeEnabled();
  const reached = await page.evaluate(() =>
    fetch("/api/inbox/me").then(
      () => true,
      () => false,
    ),
  );
  expect(reached).toBe(false);
});

test("a Facebook whose script does not load names the other way", async () => {
  await page.route("**/sdk/en_US/sdk.js", (route) => route.abort());
  await openWay("In a pop-up window");
  await expect(page.getByText("Facebook's script does not load")).toBeVisible();
  await page.getByRole("link", { name: "Continue without a pop-up" }).click();
  await expect(page.getByRole("button", { name: "Continue with Facebook" })).toBeVisible();
  await page.unroute("**/sdk/en_US/sdk.js");
});

test("a Page token from the app's dashboard, pasted by hand", async () => {
  const { apps } = await look<{ apps: { id: string; webhook: object | null }[] }>(desk, "/_control/apps");
  const token = await generateToken(apps[0]?.id ?? "", "Nora Keller", "Alder & Ash");
  await openWay("With a Page token");
  const field = page.getByRole("textbox", { name: "Page access token" });

  await field.fill("EAAnobodysTokenAtAll0123456789");
  await page.getByRole("button", { name: "Check the token" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "does not know this token" })).toBeVisible();

  await field.fill(token);
  await page.getByRole("button", { name: "Check the token" }).click();
  await page.waitForURL(`${desk.url}/channels/connect`);
  await expect(page.getByText("Alder & Ash")).toBeVisible();
  expect(await page.content()).not.toContain(token);
  await choose("alder.and.ash");
  expect(await page.content()).not.toContain(token);
  await isAnswered("alder.and.ash", "Tim Token");
});

test("a channel with its own Facebook app, whose webhook address is set by itself", async () => {
  const { app } = (await play(desk, "/_control/apps", { name: "Fjord's own", person: "Ingrid Berg" })) as {
    app: { id: string; secret: string };
  };
  const token = await generateToken(app.id, "Ingrid Berg", "Fjord Knits");
  await play(desk, `/_control/apps/${app.id}`, { mode: "live" });
  await openWay("With your own Facebook app");
  await page.getByRole("textbox", { name: "App ID" }).fill(app.id);
  await page.getByRole("textbox", { name: "App secret" }).fill("0".repeat(32));
  await page.getByRole("textbox", { name: "Page access token" }).fill(token);
  await page.getByRole("button", { name: "Check the token" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "does not accept this secret" })).toBeVisible();

  await page.getByRole("textbox", { name: "App ID" }).fill(app.id);
  await page.getByRole("textbox", { name: "App secret" }).fill(app.secret);
  await page.getByRole("textbox", { name: "Page access token" }).fill(token);
  await page.getByRole("button", { name: "Check the token" }).click();
  await choose("fjord.knits");
  await expect(page.getByText(`${desk.url}/webhooks/instagram/${app.id}`)).toBeVisible();
  await expect(page.getByText("Facebook sends this app's Instagram events here.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy the verify token" })).toBeVisible();
  expect(await page.content()).not.toContain(app.secret);
  // It was so before the first look: nobody was warned in vain.
  const checks = page.getByRole("list", { name: "Checks" });
  await expect(checks.getByRole("listitem").filter({ hasText: "The app listens to Instagram" })).toContainText(
    "In order",
  );
  expect(await page.content()).not.toContain("not subscribed to Instagram");
  await isAnswered("fjord.knits", "Olga Own");
});

/** How long it takes stands in the report, beside each listing; nothing is asserted about it here. */
test("240 Pages over three businesses are listed and searched, the first time and on reconnect", async () => {
  await play(desk, "/_control/agency", {});
  await page.goto(`${desk.url}/channels/connect`);
  await page.getByRole("button", { name: "Continue with Facebook" }).click();
  await passToConsent(page, desk, "Agnes Hart");
  await listsQuickly();
  const chosen = page.getByRole("radio", { disabled: false }).last();
  const pageId = await chosen.getAttribute("value");
  await chosen.check();
  await page.getByRole("button", { name: "Save" }).click();
  await page.waitForURL(/\/channels\/[0-9a-f-]{36}/);
  await page.getByRole("button", { name: "Reconnect" }).click();
  await passToConsent(page, desk, "Agnes Hart");
  await listsQuickly(1);
  await expect(page.locator(`input[type="radio"][value="${pageId}"]`)).toBeChecked();
});

/** @param kept the radio that stays in sight whatever is searched */
async function listsQuickly(kept = 0): Promise<void> {
  const began = Date.now();
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  const group = page.getByRole("radiogroup", { name: "Instagram accounts" });
  await expect(group.getByRole("radio")).toHaveCount(240);
  const search = page.getByRole("searchbox", { name: "Search accounts" });
  await search.fill("tamarind");
  await expect(group.getByRole("radio")).toHaveCount(12 + kept);
  test.info().annotations.push({ type: "240 Pages listed and searched", description: `${Date.now() - began} ms` });
  await search.fill("northwind retail");
  await expect(group.getByRole("radio").first()).toBeVisible();
  await search.fill("");
}

/** At Facebook's dashboard, as somebody who has a role on the app. */
async function generateToken(appId: string, person: string, pageName: string): Promise<string> {
  const { people } = await look<{ people: { id: string; name: string }[] }>(desk, "/_control/people");
  const id = people.find(({ name }) => name === person)?.id ?? "";
  await play(desk, `/_control/apps/${appId}`, { roles: { [person]: "administrator" } });
  const visit = await page.context().newPage();
  await visit.context().addCookies([{ name: "emulator_person", value: id, domain: "127.0.0.1", path: "/facebook" }]);
  await visit.goto(`${desk.emulatorUrl}/facebook/developers/${appId}/messages`);
  await visit.getByRole("button", { name: `Generate token for ${pageName}` }).click();
  const token = await visit.getByRole("textbox", { name: "Page access token" }).inputValue();
  await visit.close();
  return token;
}

test.describe("Facebook Login for Business", () => {
  let other: RunningDesk;
  test.beforeAll(async () => {
    test.setTimeout(180_000);
    const id = "8800770066005500";
    other = await startDesk({ FACEBOOK_LOGIN_CONFIG_ID: id, EMULATOR_LOGIN_CONFIG_ID: id });
  });
  test.afterAll(() => other.stop());

  test("a configuration gives all permissions or none, says so, and connects", async () => {
    await becomeOwner(page, other);
    await page.goto(`${other.url}/channels/connect`);
    await expect(page.getByText("gives all of them or none")).toBeVisible();
    await page.getByRole("button", { name: "Continue with Facebook" }).click();
    await passToConsent(page, other);
    await expect(page.getByRole("checkbox", { name: "instagram_manage_messages" })).toBeDisabled();
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByText("all permissions in Facebook's dialog or none")).toBeVisible();
    await page.getByRole("button", { name: "Try again" }).click();
    await passToConsent(page, other);
    await page.getByRole("button", { name: "Continue", exact: true }).click();
    await choose("nora.ceramics");
    await isAnswered("nora.ceramics", "Carl Config", other);
  });
});
