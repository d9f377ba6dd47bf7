import type { Page } from "@playwright/test";
import type { RunningDesk } from "./start-desk";

export type Switchboard = {
  /** As a program of the workspace: the path below its app. */
  call(method: string, path: string, body?: object): Promise<Record<string, Record<string, string>>>;
  id: string;
};

/** A key made by hand, and with it a switchboard at which a bot answers first and the inbox after. */
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

  const { switchboard } = await call("POST", "/switchboards");
  const places = `/switchboards/${switchboard?.id}/switchboardIntegrations`;
  const webhooks = [{ target: "https://hooks.example.com/faq", triggers: ["conversation:message"] }];
  const bot = await call("POST", "/integrations", { type: "custom", displayName: "FAQ", webhooks });
  const integrationId = bot.integration?.id;
  const place = await call("POST", places, { name: "faq-bot", integrationId, bot: true });
  await call("POST", places, { name: "people", integrationType: "replydesk:inbox" });
  await call("PATCH", `/switchboards/${switchboard?.id}`, {
    enabled: true,
    defaultSwitchboardIntegrationId: place.switchboardIntegration?.id,
  });
  return { call, id: switchboard?.id ?? "" };
}
