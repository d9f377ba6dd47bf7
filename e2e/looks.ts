import { expect, type Locator } from "@playwright/test";

/** A picture is seen, and what it shows has come. */
export async function loaded(picture: Locator): Promise<void> {
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
}

/** A video or sound whose beginning has come. */
export async function playable(media: Locator): Promise<void> {
  await expect.poll(() => media.evaluate((one: HTMLMediaElement) => one.duration)).toBeGreaterThan(0);
}

/** A link that leaves the desk alone in its tab. */
export async function leadsOut(link: Locator, to: RegExp): Promise<void> {
  await expect(link).toHaveAttribute("href", to);
  await expect(link).toHaveAttribute("target", "_blank");
  await expect(link).toHaveAttribute("rel", /noopener/);
}

/** None lies over the one after it; they stand in one row, from left to right. */
export async function standApart(...row: Locator[]): Promise<void> {
  const boxes = await Promise.all(row.map((one) => one.boundingBox()));
  for (const [n, box] of boxes.entries()) {
    const before = boxes[n - 1];
    if (before && box) expect(Math.floor(before.x + before.width)).toBeLessThanOrEqual(box.x);
  }
  expect(boxes).not.toContain(null);
}
