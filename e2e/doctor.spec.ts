import { expect, type Page, test } from "@playwright/test";
import { type RunningDesk, startDesk } from "./start-desk";
import { accountId, becomeOwner, look, openConsent, openConversation, passToConsent, play, reply } from "./stories";

let desk: RunningDesk;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  desk = await startDesk();
});
test.afterAll(() => desk.stop());

const PERSON = "Nora Keller";

/** From before the first account to each way in which a connection breaks: one cause, in words, with what mends it. */
test("the doctor names the one cause of what is wrong, and what it says to do mends it", async ({ page }) => {
  test.setTimeout(240_000);
  await becomeOwner(page, desk);

  await test.step("before any account is connected it says what can be known", async () => {
    await page.goto(`${desk.url}/channels/doctor`);
    await expect(line(page, "The app listens to Instagram")).toContainText("cannot be known until a message comes");
    await expect(line(page, "Signed in")).toContainText("Cannot be known until somebody logs in with Facebook");
    await expect(page.getByText(`${desk.url}/channels/connect/callback`)).toBeVisible();
    await expect(page.getByText("Needs mending")).toHaveCount(0);
  });

  await test.step("asked again in vain, Facebook remembers an earlier answer: the way out is shown, and it works", async () => {
    await openConsent(page, desk);
    await page.getByRole("checkbox", { name: "instagram_manage_messages" }).uncheck();
    await agree(page);
    await page.getByRole("button", { name: "Ask Facebook again" }).first().click();
    await passToConsent(page, desk);
    await page.getByRole("checkbox", { name: "instagram_manage_messages" }).uncheck();
    await agree(page);
    const walk = page.getByRole("list", { name: "What to do" });
    await expect(page.getByText("Facebook remembers an earlier answer")).toBeVisible();
    await expect(walk.getByRole("link", { name: "Business Integrations" })).toHaveAttribute(
      "href",
      `${desk.emulatorUrl}/facebook/settings?tab=business_tools`,
    );
    await page.goto(`${desk.url}/channels/doctor`);
    await expect(line(page, "instagram_manage_messages")).toContainText("Needs mending");
    await expect(page.getByText("Needs mending")).toHaveCount(1);
    await expect(page.getByRole("button", { name: "Ask Facebook again" })).toHaveCount(0);

    await page.goto(`${desk.emulatorUrl}/facebook/settings?tab=business_tools`);
    await page.getByRole("button", { name: "Remove" }).click();
    await page.goto(`${desk.url}/channels/doctor`);
    await page.getByRole("button", { name: "Connect afresh" }).click();
    await passToConsent(page, desk);
    await agree(page);
    await page.getByRole("radio", { name: "@nora.ceramics" }).check();
    await page.getByRole("button", { name: "Save" }).click();
    await page.waitForURL(/connected=yes/);
  });

  const channelUrl = page.url().replace(/\?.*$/, "");
  const igId = await accountId(desk);

  await test.step("connected, every part is looked at by itself", async () => {
    await expect(line(page, "Key to the Page")).toContainText("In order");
    await expect(line(page, "Allow access to messages")).toContainText("In order");
    // The page scrolls within its frame, and the frame not at all.
    expect(await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)).toBe(0);
    await expect(page.getByText("Needs mending")).toHaveCount(0);
  });

  await test.step("access to messages is switched off and on again", async () => {
    await play(desk, `/_control/accounts/${igId}`, { allowMessages: false });
    await checkNow(page);
    await onlyCause(page, "Allow access to messages", "Message controls → Connected tools");
    await expect(line(page, "Deliveries")).toContainText("Cannot be known until “Allow access to messages” is mended.");
    await play(desk, `/_control/accounts/${igId}`, { allowMessages: true });
    await checkNow(page);
    await nothingWrong(page);
  });

  await test.step("the app's subscription is dropped, and renewed by the button", async () => {
    const { apps } = await look<{ apps: { id: string }[] }>(desk, "/_control/apps");
    await play(desk, `/_control/apps/${apps[0]?.id}/webhook`, { url: null });
    await checkNow(page);
    await onlyCause(page, "The app listens to Instagram", "not subscribed to Instagram's messages");
    await expect(problems(page)).toContainText("New messages of @nora.ceramics may not arrive");
    await page.getByRole("button", { name: "Subscribe the app" }).click();
    await nothingWrong(page);
  });

  await test.step("complaint 24: a password is changed while somebody writes", async () => {
    await play(desk, "/_play/send", { customerId: "ana.lima", igId, text: "Is the bowl still there?" });
    await page.goto(`${desk.url}/inbox`);
    await openConversation(page, "Ana Lima");
    await play(desk, "/_control/tokens", { person: PERSON, action: "password-change" });
    await reply(page, "Yes, it is!");
    await expect(problems(page)).toContainText("Messages of @nora.ceramics cannot be answered");
    await expect(problems(page)).toContainText("changed their Facebook password");
    await expect(page.getByRole("textbox", { name: "Reply" })).toHaveCount(0);
    // What was written waits.
    await expect(page.getByText("Yes, it is!").last()).toBeVisible();
    await problems(page).getByRole("link", { name: "See what to do" }).click();
    await page.waitForURL(channelUrl);
    await onlyCause(page, "Signed in", "changed their Facebook password");
    await page.getByRole("main").getByRole("button", { name: "Reconnect" }).click();
    await page.waitForURL(`${desk.emulatorUrl}/facebook/**`);
    await page.getByRole("button", { name: PERSON, exact: true }).click();
    await agree(page);
    await page.getByRole("radio", { name: "@nora.ceramics" }).check();
    await page.getByRole("button", { name: "Save" }).click();
    await page.waitForURL(/connected=yes/);
    await expect(problems(page)).toBeHidden();
    await expect
      .poll(async () => JSON.stringify(await look(desk, "/_control/ledger")), { timeout: 90_000 })
      .toContain("Yes, it is!");
  });

  await test.step("what changed stands in the channel's history", async () => {
    await page.getByText("What changed").first().click();
    await expect(page.getByRole("list", { name: "What changed" })).toContainText("changed their Facebook password");
  });
});

function line(page: Page, title: string) {
  return page.getByRole("list", { name: "Checks" }).getByRole("listitem").filter({ hasText: title }).first();
}

function problems(page: Page) {
  return page.getByRole("status", { name: "Problems with accounts" });
}

async function checkNow(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Check now" }).click();
}

async function onlyCause(page: Page, title: string, words: string): Promise<void> {
  const red = page.getByRole("list", { name: "Checks" }).getByRole("listitem").filter({ hasText: "Needs mending" });
  await expect(red).toHaveCount(1);
  await expect(red).toContainText(title);
  await expect(red).toContainText(words);
}

async function nothingWrong(page: Page): Promise<void> {
  await expect(page.getByText("Needs mending")).toHaveCount(0);
  await expect(problems(page)).toBeHidden();
}

async function agree(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.waitForURL(`${desk.url}/channels/connect**`);
}
