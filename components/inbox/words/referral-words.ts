import type { Referral } from "@/lib/inbox/types";

export type ReferralWords = {
  origin: "ad" | "product" | "link";
  /** Goes on after "came". */
  came: string;
  detail: string | null;
};

/** What led a customer to write, and what it was called. */
export function referralWords(referral: Referral): ReferralWords {
  const { source, ref, adTitle, pictureUrl, videoUrl, productId } = referral;
  if (adTitle || pictureUrl || videoUrl || /^ads?$/i.test(source ?? "")) {
    return { origin: "ad", came: "from your ad", detail: adTitle ?? ref ?? null };
  }
  if (productId) return { origin: "product", came: "from a product", detail: `Product ${productId}` };
  return { origin: "link", came: "by your ig.me link", detail: ref ?? null };
}
