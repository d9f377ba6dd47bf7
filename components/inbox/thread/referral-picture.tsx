"use client";

import { useInbox } from "../inbox-context";
import { AnyMedia } from "./any-media";

type ReferralPictureProps = { url: string; alt: string; messageId: string };

export function ReferralPicture({ url, alt, messageId }: ReferralPictureProps) {
  const { inbox } = useInbox();
  return (
    <AnyMedia
      url={url}
      alt={alt}
      className="size-16 shrink-0 rounded-[0.625rem] bg-ground object-cover"
      fallback={null}
      onLost={() => inbox.reportMediaGone(messageId)}
    />
  );
}
