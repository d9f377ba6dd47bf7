import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { expect, type Page, test } from "@playwright/test";

const APP = { id: "1203948576102938", secret: "0123456789abcdef0123456789abcdef" };

/** A page that logs in as the SDK's documentation tells; what it got stands in its text. */
const APP_PAGE = `<!DOCTYPE html><title>An app</title><button>Log in</button><output></output><p id="init"></p>
<script>
const output = document.querySelector("output");
let answers = 0;
const show = (response) => { output.textContent = JSON.stringify(response); output.dataset.answers = ++answers; };
const asked = Object.fromEntries(new URLSearchParams(location.search));
window.fbAsyncInit = () => {
  FB.init({ appId: "${APP.id}", version: "v26.0", cookie: false, xfbml: false });
  document.querySelector("#init").textContent = "ready";
};
document.querySelector("button").onclick = () => FB.login(show, asked);
</script>`;

let emulator: ChildProcess;
let app: Server;
let sdkUrl = "";
let pageUrl = "";

test.beforeAll(async () => {
  app = createServer((_, res) => {
    res.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    res.end(`${APP_PAGE}<script async src="${sdkUrl}"></script>`);
  }).listen(0, "127.0.0.1");
  await once(app, "listening");
  pageUrl = `http://localhost:${(app.address() as AddressInfo).port}/`;
  emulator = spawn(process.execPath, ["--import", "tsx", "emulator/main.ts"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      EMULATOR_PORT: "0",
      EMULATOR_APP_ID: APP.id,
      EMULATOR_APP_SECRET: APP.secret,
      EMULATOR_REDIRECT_URIS: pageUrl,
    },
  });
  if (!emulator.stdout) throw new Error("The emulator has no output to read.");
  for await (const line of createInterface({ input: emulator.stdout })) {
    const url = /https?:\/\/\S+/.exec(line)?.[0];
    if (!url) continue;
    sdkUrl = `${url}/sdk/en_US/sdk.js`;
    break;
  }
  emulator.stdout.resume();
});

test.afterAll(async () => {
  app.close();
  const ended = once(emulator, "exit");
  emulator.kill("SIGTERM");
  await ended;
});

async function open(page: Page, options: Record<string, string>): Promise<void> {
  await page.goto(`${pageUrl}?${new URLSearchParams(options)}`);
  await expect(page.locator("#init")).toHaveText("ready");
}

const response = async (page: Page) => JSON.parse((await page.locator("output").textContent()) ?? "");

test("the pop-up hands over a token, is closed, and a closed or refused one says unknown", async ({ page }) => {
  await open(page, { scope: "pages_show_list,instagram_basic", return_scopes: "true" });
  const [first] = await Promise.all([page.waitForEvent("popup"), page.getByRole("button").click()]);
  await first.getByRole("button", { name: "Nora Keller" }).click();
  await first.getByRole("button", { name: "Continue" }).click();
  await expect(page.locator("output")).toContainText("connected");
  const { authResponse, status } = await response(page);
  expect(status).toBe("connected");
  expect(authResponse).toMatchObject({
    accessToken: expect.stringMatching(/^EAAG/),
    userID: expect.stringMatching(/^\d+$/),
    expiresIn: 5400,
    graphDomain: "facebook",
    grantedScopes: "public_profile,pages_show_list,instagram_basic",
  });
  expect(authResponse.data_access_expiration_time).toBeGreaterThan(Date.now() / 1000);
  await expect.poll(() => first.isClosed()).toBe(true);

  await open(page, { scope: "pages_show_list,email" });
  const [second] = await Promise.all([page.waitForEvent("popup"), page.getByRole("button").click()]);
  await second.getByRole("button", { name: "Nora Keller" }).click();
  await second.getByRole("button", { name: "Cancel" }).click();
  await expect(page.locator("output")).toHaveText('{"authResponse":null,"status":"unknown"}');

  await open(page, { scope: "email" });
  const [third] = await Promise.all([page.waitForEvent("popup"), page.getByRole("button").click()]);
  await third.close();
  await expect(page.locator("output")).toHaveText('{"authResponse":null,"status":"unknown"}');
});

test("a code instead of a token; a blocked pop-up never answers", async ({ page }) => {
  await open(page, { scope: "email", response_type: "code", override_default_response_type: "true" });
  const [popup] = await Promise.all([page.waitForEvent("popup"), page.getByRole("button").click()]);
  await popup.getByRole("button", { name: "Ingrid Berg" }).click();
  await popup.getByRole("button", { name: "Continue" }).click();
  await expect(page.locator("output")).toContainText("connected");
  const { authResponse } = await response(page);
  expect(Object.keys(authResponse)).toEqual(["code"]);

  await open(page, { scope: "email" });
  await page.evaluate(() => {
    const { open } = window;
    window.open = () => {
      window.open = open;
      return null;
    };
  });
  await page.getByRole("button").click();
  const [later] = await Promise.all([page.waitForEvent("popup"), page.getByRole("button").click()]);
  await later.close();
  await expect(page.locator("output")).toContainText("unknown");
  await expect(page.locator("output")).toHaveAttribute("data-answers", "1");
});
