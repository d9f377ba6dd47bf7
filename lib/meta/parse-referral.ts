import { z } from "zod";
import type { IncomingMessage } from "../inbox/receive-messages";
import { textOf } from "./item-place";
import { httpUrl, storableStart } from "./webhook-values";

type Referral = NonNullable<NonNullable<IncomingMessage["details"]>["referral"]>;

const LONGEST_CHARACTERS = 1000;

const loose = z.looseObject({});
const referral = z.looseObject({
  ads_context_data: loose.optional().catch(undefined),
  product: loose.optional().catch(undefined),
});

/** What led the customer here: an ig.me link, an advertisement with its picture and title, a product of the shop. */
export function parseReferral(value: unknown): Referral | null {
  const parsed = referral.safeParse(value);
  if (!parsed.success) return null;
  const { ads_context_data: ad = {}, product = {} } = parsed.data;
  const found: Referral = {
    ...given("source", short(parsed.data.source)),
    ...given("ref", short(parsed.data.ref)),
    ...given("adId", short(parsed.data.ad_id)),
    ...given("adTitle", short(ad.ad_title)),
    ...given("pictureUrl", httpUrl(ad.photo_url)),
    ...given("videoUrl", httpUrl(ad.video_url)),
    ...given("productId", short(product.id) ?? short(ad.product_id)),
  };
  return Object.keys(found).length > 0 ? found : null;
}

function short(value: unknown): string | undefined {
  const text = typeof value === "number" && Number.isSafeInteger(value) ? String(value) : textOf(value);
  return text === null ? undefined : storableStart(text, LONGEST_CHARACTERS);
}

/** One member, or none where there is no value. */
function given<K extends string>(key: K, value: string | undefined): { [key in K]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { [key in K]?: string });
}
