import type { Browser, BrowserContext, Page } from "@playwright/test";
import { type RunningDesk, startDesk } from "./start-desk";
import { accountId, becomeOwner, connectAccount, openBrowser } from "./stories";

export type OpenDesk = {
  desk: RunningDesk;
  /** The Instagram account of @nora.ceramics. */
  igId: string;
  /** Another browser in which the owner is signed in; its page is still empty. */
  openBrowser(): Promise<{ context: BrowserContext; page: Page; errors: string[] }>;
  closeBrowsers(): Promise<void>;
};

/** A desk whose owner is signed in and has connected @nora.ceramics. */
export async function openDesk(browser: Browser): Promise<OpenDesk> {
  const desk = await startDesk();
  try {
    const owner = await openBrowser(browser);
    await becomeOwner(owner.page, desk);
    await connectAccount(owner.page, desk);
    const storageState = await owner.context.storageState();
    await owner.context.close();
    const contexts: BrowserContext[] = [];
    return {
      desk,
      igId: await accountId(desk),
      openBrowser: async () => {
        const opened = await openBrowser(browser, { storageState });
        contexts.push(opened.context);
        return opened;
      },
      closeBrowsers: async () => {
        await Promise.all(contexts.splice(0).map((context) => context.close()));
      },
    };
  } catch (error) {
    await desk.stop();
    throw error;
  }
}
