import { expect, type Locator, type Page } from "@playwright/test";
import type { RunningDesk } from "./start-desk";

export type Phone = {
  page: Page;
  /** The chat that is open. */
  chat: Locator;
  lastMessage: Locator;
  write(text: string): Promise<void>;
  /** "More" and an entry of its menu. */
  more(name: string): Promise<void>;
  /** A tool of a message: React, Reply, Edit, Unsend. */
  tool(message: Locator, name: string): Promise<void>;
  react(message: Locator, emoji: string): Promise<void>;
  /** Keeps what happens from the app until it lets it go, the newest first. */
  holdEvents(): Promise<void>;
  releaseEvents(): Promise<void>;
};

/** The emulator's phone, in the hand of a customer or of the brand itself. */
export async function openPhone(page: Page, desk: RunningDesk, who: string, partner: string): Promise<Phone> {
  await page.goto(`${desk.emulatorUrl}/${who}`);
  const chat = page.getByRole("list", { name: `Chat with ${partner}` });
  await expect(page.getByRole("textbox", { name: "Message", exact: true })).toBeVisible();
  const box = page.getByRole("textbox", { name: "Message", exact: true });
  const tool = async (message: Locator, name: string) => {
    await message.hover();
    await message.getByRole("button", { name, exact: true }).click();
  };
  return {
    page,
    chat,
    lastMessage: chat.locator("> li[data-mid]").last(),
    write: async (text) => {
      await box.fill(text);
      await box.press("Enter");
      await expect(box).toHaveValue("");
    },
    more: async (name) => {
      await page.getByRole("button", { name: "More", exact: true }).click();
      await page.getByRole("menuitem", { name, exact: true }).click();
    },
    tool,
    react: async (message, emoji) => {
      await tool(message, "React");
      await message.getByRole("button", { name: `React with ${emoji}` }).click();
    },
    holdEvents: async () => {
      await page.getByRole("button", { name: "Hold events back" }).click();
      await expect(page.getByRole("button", { name: /held back go/ })).toBeVisible();
    },
    releaseEvents: () => page.getByRole("button", { name: /held back go/ }).click(),
  };
}
