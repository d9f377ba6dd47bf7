import { Link2, Megaphone, ShoppingBag } from "lucide-react";
import type { Referral } from "@/lib/inbox/types";
import { referralWords } from "../words/referral-words";
import { ReferralPicture } from "./referral-picture";

type ReferralCardProps = { referral: Referral; name: string; messageId: string };

/** What led the customer here: an ad with its picture and title, a link of the brand, a product of its shop. */
export function ReferralCard({ referral, name, messageId }: ReferralCardProps) {
  const { origin, came, detail } = referralWords(referral);
  const Icon = { ad: Megaphone, product: ShoppingBag, link: Link2 }[origin];
  const media = referral.pictureUrl ?? referral.videoUrl;
  return (
    <div className="my-0.5 flex w-fit max-w-full items-center gap-3 rounded-bubble border border-line bg-card p-2.5">
      {media ? (
        <ReferralPicture
          url={media}
          alt={referral.adTitle ? `Ad: ${referral.adTitle}` : "Picture of the ad"}
          messageId={messageId}
        />
      ) : null}
      <p className="min-w-0 text-sm">
        <span className="flex items-center gap-1.5 text-faint text-xs">
          <Icon aria-hidden="true" className="size-3.5 shrink-0 stroke-[1.8]" />
          <span>
            <bdi>{name}</bdi> came {came}
          </span>
        </span>
        {detail && (
          <span dir="auto" className="mt-0.5 line-clamp-3 break-words font-medium">
            {detail}
          </span>
        )}
      </p>
    </div>
  );
}
