import { expect, type Page } from "@playwright/test";
import type { RunningDesk } from "./start-desk";

export type Switchboard = {
  /** As a program of the workspace: the path below its app. */
  call(method: string, path: string, body?: object): Promise<Record<string, Record<string, string>>>;
};

/** A key made by hand, and a switchboard at which a bot answers first and the inbox after. */
export async function setUpSwitchboard(page: Page, desk: RunningDesk): Promise<Switchboard> {
  await page.goto(`${desk.url}/settings/api`);
  await page.getByRole("button", { name: "Create key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("Switchboard");
  await dialog.getByRole("button", { name: "Create key" }).click();
  const secret = await dialog.getByRole("textbox", { name: "Secret" }).inputValue();
  const id = await dialog.getByRole("textbox", { name: "Key id" }).inputValue();
  await dialog.getByRole("button", { name: "Done" }).click();
  const appId = await page.locator("dd code").last().innerText();

  const call: Switchboard["call"] = async (method, path, body) => {
    const response = await fetch(`${desk.url}/v2/apps/${appId}${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
        ...(body && { "content-type": "application/json" }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const json = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(json)}`);
    return json as Record<string, Record<string, string>>;
  };

  const webhooks = [{ target: "https://hooks.example.com/faq", triggers: ["conversation:message"] }];
  await call("POST", "/integrations", { type: "custom", displayName: "FAQ bot", webhooks });
  await page.reload();
  await page.getByRole("button", { name: "Let a program answer first" }).click();
  await dialog.getByRole("combobox", { name: "Which one?" }).selectOption("FAQ bot");
  await dialog.getByRole("button", { name: "Let it answer first" }).click();
  await expect(page.getByRole("list", { name: "Who can answer" }).getByRole("listitem")).toHaveText([
    /^faq-bot.*hands on to people.*Bot.*Answers first/,
    /^people.*The people of this desk/,
  ]);
  return { call };
}
