import type { Locator, Page, TestInfo } from "@playwright/test";

export type Pictures = {
  /** One part of a page. */
  take(name: string, part: Locator): Promise<void>;
  /**
   * A whole conversation at the width of a desk and of a phone, in daylight and in the dark; only where the
   * environment says E2E_PICTURES=all, for it takes its time.
   */
  takeThread(name: string, page: Page): Promise<void>;
  /** A page as it is now, from top to bottom, at every width and in both schemes; only where E2E_PICTURES=all. */
  takePage(name: string, page: Page): Promise<void>;
};

const SCHEMES = ["light", "dark"] as const;
const WIDTHS = { wide: 1440, phone: 390 };
const PAGE_WIDTHS = { wide: 1440, middle: 800, phone: 390 };
/** So high that a whole conversation of the tests stands in the window, px. */
const TALL = 20_000;
/** Of one picture, px. */
const SLICE = 1_400;

/** Pictures for people to look at. They stand among the results of the run, by their order, and nowhere else. */
export function pictures(testInfo: TestInfo): Pictures {
  let count = 0;
  const keep = async (name: string, take: (path: string) => Promise<unknown>) => {
    count += 1;
    const file = `${String(count).padStart(3, "0")} ${name}.png`;
    const path = testInfo.outputPath(file);
    await take(path);
    testInfo.attachments.push({ name: file, path, contentType: "image/png" });
  };
  return {
    take: (name, part) => keep(name, (path) => part.screenshot({ path, animations: "disabled" })),
    takeThread: async (name, page) => {
      if (process.env.E2E_PICTURES !== "all") return;
      const before = page.viewportSize();
      const list = page.getByRole("list", { name: /^Messages with/ });
      for (const [size, width] of Object.entries(WIDTHS)) {
        await page.setViewportSize({ width, height: TALL });
        const box = await list.boundingBox();
        const [top, end] = [box?.y ?? 0, (box?.y ?? 0) + (box?.height ?? 0)];
        for (let y = Math.max(top, 0); y < end; y += SLICE) {
          const clip = { x: 0, y, width, height: Math.min(SLICE, end - y) };
          for (const colorScheme of SCHEMES) {
            await page.emulateMedia({ colorScheme });
            await keep(`${name} ${size} ${colorScheme}`, (path) => page.screenshot({ path, clip }));
          }
        }
      }
      await page.emulateMedia({ colorScheme: "light" });
      if (before) await page.setViewportSize(before);
    },
    takePage: async (name, page) => {
      if (process.env.E2E_PICTURES !== "all") return;
      const before = page.viewportSize();
      for (const [size, width] of Object.entries(PAGE_WIDTHS)) {
        await page.setViewportSize({ width, height: 900 });
        for (const colorScheme of SCHEMES) {
          await page.emulateMedia({ colorScheme });
          await keep(`${name} ${size} ${colorScheme}`, (path) =>
            page.screenshot({ path, fullPage: true, animations: "disabled" }),
          );
        }
      }
      await page.emulateMedia({ colorScheme: "light" });
      if (before) await page.setViewportSize(before);
    },
  };
}
