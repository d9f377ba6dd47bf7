import { expect, type Page, test } from "@playwright/test";
import { type RunningDesk, startDesk } from "./start-desk";
import { becomeOwner, connectAccount, openConsent, passToConsent, play } from "./stories";

let desk: RunningDesk;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  desk = await startDesk();
});
test.afterAll(() => desk.stop());

/** What is missing is said, a way mends it although Facebook remembers, nothing is half-connected, nobody is signed out. */
test("every way in which Facebook withholds something ends in a sentence and a mend", async ({ page }) => {
  test.setTimeout(120_000);
  await becomeOwner(page, desk);

  await test.step("the dialog is cancelled", async () => {
    await openConsent(page, desk);
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.waitForURL(`${desk.url}/channels/connect**`);
    await expect(page.getByText("Facebook's dialog was closed")).toBeVisible();
    await nothingConnected(page);
  });

  await test.step("a permission is unticked", async () => {
    await openConsent(page, desk);
    await page.getByRole("checkbox", { name: "instagram_manage_messages" }).uncheck();
    await agree(page);
    await expect(page.getByText("A permission is missing")).toBeVisible();
    await expect(page.getByText("instagram_manage_messages", { exact: true })).toBeVisible();
    await expect(page.getByRole("button", { name: "Save" })).toHaveCount(0);
    await nothingConnected(page);
  });

  await test.step("asking anew does not help against Facebook's memory, asking again does", async () => {
    await openConsent(page, desk);
    await agree(page);
    await expect(page.getByText("A permission is missing")).toBeVisible();
    await page.getByRole("button", { name: "Ask Facebook again" }).first().click();
    await passToConsent(page, desk);
    await page.getByRole("checkbox", { name: "instagram_manage_messages" }).check();
    await agree(page);
    await expect(page.getByText("A permission is missing")).toHaveCount(0);
    await expect(page.getByRole("radio", { name: "@nora.ceramics" })).toBeEnabled();
  });

  await test.step("a Page without Instagram and one without the messaging task say why they cannot be chosen", async () => {
    const group = page.getByRole("radiogroup", { name: "Instagram accounts" });
    const withoutTask = group.getByRole("radio", { disabled: true }).first();
    await expect(withoutTask).toBeDisabled();
    await expect(group.getByText(/professional account/).first()).toBeVisible();
    await expect(group.getByText(/role|task|Messages/).first()).toBeVisible();
  });

  await test.step("a Page is unticked: Edit previous settings brings it back", async () => {
    await page.goto(`${desk.emulatorUrl}/facebook/business-integrations`);
    await play(desk, "/_control/grants", { person: await nora(), remove: true });
    await openConsent(page, desk);
    await page.getByRole("checkbox", { name: "Nora Ceramics", exact: true }).uncheck();
    await agree(page);
    await expect(page.getByRole("radio", { name: "@alder.and.ash" })).toBeVisible();
    await expect(page.getByRole("radio", { name: "@nora.ceramics" })).toHaveCount(0);
    await page.getByText("Do you miss a Page?").click();
    await page.getByRole("button", { name: "Ask Facebook again" }).last().click();
    await passToConsent(page, desk);
    await page.getByText("Edit previous settings").click();
    await page.getByRole("checkbox", { name: "Nora Ceramics", exact: true }).check();
    await agree(page);
    await expect(page.getByRole("radio", { name: "@nora.ceramics" })).toBeEnabled();
    await nothingConnected(page);
  });

  await test.step("in the end it connects, and the same person is still signed in", async () => {
    await connectAccount(page, desk);
    const me = await page.request.get(`${desk.url}/api/inbox/me`);
    expect((await me.json()).member.name).toBe("Nora Keller");
  });
});

async function agree(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.waitForURL(`${desk.url}/channels/connect**`);
}

async function nothingConnected(page: Page): Promise<void> {
  const answer = await page.request.get(`${desk.url}/api/inbox/channels`);
  expect(answer.status()).toBe(200);
  expect((await answer.json()).channels).toEqual([]);
  const subscriptions = await fetch(`${desk.emulatorUrl}/_control/subscriptions`);
  expect(JSON.stringify(await subscriptions.json())).not.toContain('"subscribed_fields":["');
}

async function nora(): Promise<string> {
  const answer = await fetch(`${desk.emulatorUrl}/_control/people`);
  const { people } = (await answer.json()) as { people: { id: string; name: string }[] };
  return people.find((person) => person.name === "Nora Keller")?.id ?? "";
}
