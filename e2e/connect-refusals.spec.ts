import { request } from "node:http";
import { expect, type Page, test } from "@playwright/test";
import { type RunningDesk, startDesk } from "./start-desk";
import { agreeAtFacebook, becomeOwner, connectAccount, openBrowser, openConsent, passToConsent, play } from "./stories";

let desk: RunningDesk;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  desk = await startDesk();
  const { page, context } = await openBrowser(browser);
  await becomeOwner(page, desk);
  await context.close();
});
test.afterAll(() => desk.stop());

/** What is missing is said, a way mends it although Facebook remembers, nothing is half-connected, nobody is signed out. */
test("every way in which Facebook withholds something ends in a sentence and a mend", async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page);

  await test.step("the dialog is cancelled", async () => {
    await openConsent(page, desk);
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.waitForURL(`${desk.url}/channels/connect**`);
    await expect(page.getByText("Facebook's dialog was closed")).toBeVisible();
    await expect(page.getByRole("link", { name: "With a Page token" })).toBeVisible();
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

/** Whoever follows a prepared link ends on this desk, signed in, and nothing of theirs is asked for elsewhere. */
test("no address that comes along with a sign-in leads away from the desk", async ({ page, context }) => {
  test.setTimeout(120_000);
  const elsewhere: string[] = [];
  context.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== "data:" && ![desk.url, desk.emulatorUrl].includes(origin)) elsewhere.push(request.url());
  });
  page.on("dialog", (dialog) => {
    elsewhere.push(`dialog ${dialog.message()}`);
    return dialog.dismiss();
  });
  const arrived = async () => {
    await page.waitForURL((url) => url.origin === desk.url && !url.pathname.startsWith("/api/"));
    expect((await page.request.get(`${desk.url}/api/inbox/me`)).status()).toBe(200);
    await context.clearCookies({ domain: "localhost" });
  };

  for (const evil of [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "javascript:alert(document.domain)",
  ])
    await test.step(`a link to sign in, on to ${evil}`, async () => {
      await page.goto(`${desk.url}/sign-in?next=${encodeURIComponent(evil)}`);
      await page.getByRole("button", { name: "Continue with Facebook" }).click();
      await agreeAtFacebook(page, "Nora Keller");
      await arrived();
    });

  for (const evil of ["https://evil.example/", "/%09/evil.example", "javascript:alert(document.domain)"])
    await test.step(`a callbackUrl of ${evil}, past the desk's own pages`, async () => {
      await page.goto(`${desk.url}/sign-in`);
      await page.evaluate(async (callbackUrl) => {
        const { csrfToken } = await (await fetch("/api/auth/csrf")).json();
        const body = new URLSearchParams({ csrfToken, callbackUrl, json: "true" });
        const answer = await fetch("/api/auth/signin/facebook", { method: "POST", body });
        location.assign((await answer.json()).url);
      }, decodeURIComponent(evil));
      await agreeAtFacebook(page, "Nora Keller");
      await arrived();
    });

  await test.step("a cookie that another page of this host has set names the place to go", async () => {
    await page.goto(`${desk.url}/sign-in`);
    await context.addCookies([{ name: "next-auth.callback-url", value: "https://evil.example/", url: desk.url }]);
    await page.getByRole("button", { name: "Continue with Facebook" }).click();
    await agreeAtFacebook(page, "Nora Keller");
    await arrived();
  });

  await test.step("who is signed in already is not sent on either", async () => {
    await signIn(page);
    for (const evil of ["//evil.example/", "https:evil.example", "/\t/evil.example"]) {
      await page.goto(`${desk.url}/sign-in?next=${encodeURIComponent(evil)}`);
      await expect(page).toHaveURL(`${desk.url}/inbox`);
    }
  });
  expect(elsewhere).toEqual([]);
});

test("a proxy may call the desk by another name; a form of another page is refused by any", async ({ page }) => {
  await signIn(page);
  const html = await (await page.request.get(`${desk.url}/channels/connect`)).text();
  const action = /name="(\$ACTION_ID_[0-9a-f]+)"/.exec(html)?.[1] ?? "";
  expect(action).not.toBe("");
  const cookie = (await page.context().cookies(desk.url)).map(({ name, value }) => `${name}=${value}`).join("; ");
  const press = (origin: string) =>
    new Promise<string>((resolve, reject) => {
      const headers = { host: "desk.internal", origin, cookie, "content-type": "multipart/form-data; boundary=x" };
      const call = request(`${desk.url}/channels/connect`, { method: "POST", headers }, (response) => {
        response.resume();
        resolve(`${response.statusCode} ${new URL(response.headers.location ?? "none:", desk.url).origin}`);
      });
      call.on("error", reject).end(`--x\r\ncontent-disposition: form-data; name="${action}"\r\n\r\n\r\n--x--\r\n`);
    });
  expect(await press(desk.url)).toBe(`303 ${desk.emulatorUrl}`);
  expect(await press("https://evil.example")).toBe("500 null");
  expect(await press("http://desk.internal")).toBe("500 null");
});

async function signIn(page: Page): Promise<void> {
  await page.goto(`${desk.url}/sign-in`);
  await page.getByRole("button", { name: "Continue with Facebook" }).click();
  await agreeAtFacebook(page, "Nora Keller");
  await page.waitForURL(`${desk.url}/inbox`);
}

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
