import type { Browser, BrowserContext, Page } from "@playwright/test";
import { type RunningDesk, startDesk } from "./start-desk";
import { accountId, becomeOwner, connectAccount, openBrowser } from "./stories";

export type OpenDesk = {
  desk: RunningDesk;
  /** The Instagram account of @nora.ceramics. */
  igId: string;
  /** Another browser in which the owner is signed in; its page is still empty. */
  openBrowser(): Promise<{ context: BrowserContext; page: Page; errors: string[] }>;
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
    return {
      desk,
      igId: await accountId(desk),
      openBrowser: () => openBrowser(browser, { storageState }),
    };
  } catch (error) {
    await desk.stop();
    throw error;
  }
}
