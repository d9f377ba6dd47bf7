import { expect, test } from "@playwright/test";
import { type OpenDesk, openDesk } from "./open-desk";

let open: OpenDesk;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  open = await openDesk(browser);
});
test.afterEach(() => open.closeBrowsers());
test.afterAll(() => open?.desk.stop());

test("a key is made, shown once, used, and revoked", async () => {
  const { outputDir } = test.info();
  test.setTimeout(60_000);
  const { desk } = open;
  const { page, errors } = await open.openBrowser();
  await page.goto(`${desk.url}/settings/api`);
  await expect(page.getByText("There is no key yet.")).toBeVisible();
  await page.screenshot({ path: `${outputDir}/api-empty.png` });

  await page.getByRole("button", { name: "Create key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("Helpdesk");
  await page.screenshot({ path: `${outputDir}/api-create.png` });
  await dialog.getByRole("button", { name: "Create key" }).click();
  const secret = await dialog.getByRole("textbox", { name: "Secret" }).inputValue();
  const id = await dialog.getByRole("textbox", { name: "Key id" }).inputValue();
  await page.screenshot({ path: `${outputDir}/api-secret.png` });
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toHaveCount(0);
  expect(await page.content()).not.toContain(secret);

  const appId = await page.locator("dd code").last().innerText();
  const ask = () =>
    fetch(`${desk.url}/v2/apps/${appId}/integrations`, {
      headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` },
    });
  const answer = await ask();
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    integrations: [{ type: "instagram", status: "active", businessUsername: "nora.ceramics" }],
  });

  await page.reload();
  const keys = page.getByRole("list", { name: "API keys" });
  await expect(keys.getByText("last used")).toBeVisible();
  await page.screenshot({ path: `${outputDir}/api-used.png` });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.screenshot({ path: `${outputDir}/api-phone-dark.png` });
  await keys.getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("There is no key yet.")).toBeVisible();
  expect((await ask()).status).toBe(401);

  await page.getByRole("link", { name: "Reference of every operation" }).click();
  await page.getByRole("navigation", { name: "Contents" }).getByRole("link", { name: "PostMessage" }).click();
  await expect(page.getByRole("heading", { name: "Send a message to the customer" })).toBeInViewport();
  await page.screenshot({ path: `${outputDir}/reference-phone-dark.png` });
  expect(errors).toEqual([]);
});
