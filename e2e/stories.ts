import type { Browser, BrowserContext, BrowserContextOptions, Page } from "@playwright/test";
import { expect } from "@playwright/test";
import type { RunningDesk } from "./start-desk";

/** A browser of one's own, as on another machine. */
export async function openBrowser(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ context: BrowserContext; page: Page; errors: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  return { context, page, errors };
}

/** At Facebook: choose the person, agree. */
export async function agreeAtFacebook(page: Page, person: string): Promise<void> {
  await page.getByRole("button", { name: new RegExp(`^${person}`) }).click();
  await page.getByRole("button", { name: "Continue", exact: true }).click();
}

export async function becomeOwner(page: Page, desk: RunningDesk, person = "Nora Keller"): Promise<void> {
  if (!desk.setupLink) throw new Error("This desk has an owner already.");
  await page.goto(desk.setupLink);
  await page.getByRole("button", { name: "Continue with Facebook" }).click();
  await agreeAtFacebook(page, person);
  await page.waitForURL(`${desk.url}/**`);
}

/** From "Connect" to Facebook's consent page, as the person who is logged in there. */
export async function openConsent(page: Page, desk: RunningDesk, person = "Nora Keller"): Promise<void> {
  await page.goto(`${desk.url}/channels/connect`);
  const start = page.getByRole("button", { name: "Continue with Facebook" });
  const cancel = page.getByRole("button", { name: "Cancel" });
  await expect(start.or(cancel).first()).toBeVisible();
  if (await cancel.count()) {
    await cancel.click();
    await page.waitForURL(`${desk.url}/channels`);
    await page.goto(`${desk.url}/channels/connect`);
  }
  await start.click();
  await passToConsent(page, desk, person);
}

/** At Facebook's dialog: says who one is, up to the consent page. */
export async function passToConsent(page: Page, desk: RunningDesk, person = "Nora Keller"): Promise<void> {
  await page.waitForURL(`${desk.emulatorUrl}/facebook/**`);
  await page.getByRole("button", { name: person, exact: true }).click();
  await expect(page.getByRole("button", { name: "Continue", exact: true })).toBeVisible();
}

export async function connectAccount(page: Page, desk: RunningDesk, username = "nora.ceramics"): Promise<void> {
  await openConsent(page, desk);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.waitForURL(`${desk.url}/channels/connect**`);
  await page.getByRole("radio", { name: `@${username}` }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Connected", { exact: true }).first()).toBeVisible();
}

/** What the emulator's phone does, over HTTP. */
export async function play(desk: RunningDesk, path: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${desk.emulatorUrl}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  if (!response.ok || typeof answer !== "object" || answer === null)
    throw new Error(`${path}: ${JSON.stringify(answer)}`);
  return answer as Record<string, unknown>;
}

export async function look<T>(desk: RunningDesk, path: string): Promise<T> {
  const response = await fetch(`${desk.emulatorUrl}${path}`);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return (await response.json()) as T;
}

export type Sent = { text: string; tag: string | null; customerId: string; mid: string };

/** The messages that Graph has taken; signals (typing, seen, reactions) stand in its ledger too and have no id. */
export async function ledger(desk: RunningDesk): Promise<Sent[]> {
  const { entries } = await look<{ entries: (Sent | { mid: null })[] }>(desk, "/_control/ledger");
  return entries.filter((entry) => entry.mid !== null);
}

/** The Instagram account id of a brand in the emulator. */
export async function accountId(desk: RunningDesk, username = "nora.ceramics"): Promise<string> {
  const { businesses } = await look<{ businesses: { igId: string; username: string }[] }>(desk, "/_play/state");
  const found = businesses.find((business) => business.username === username);
  if (!found) throw new Error(`The emulator has no @${username}.`);
  return found.igId;
}

export function conversations(page: Page) {
  return page.getByRole("navigation", { name: "Conversations" });
}

export async function openConversation(page: Page, name: string): Promise<void> {
  await conversations(page)
    .getByRole("link", { name: new RegExp(name) })
    .first()
    .click();
  await expect(page.getByRole("list", { name: `Messages with ${name}` })).toBeVisible();
}

export async function reply(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Reply" }).fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}
