"use client";

import { ArrowUpRight, Clapperboard, Image, Link, Sparkles } from "lucide-react";
import type { Attachment } from "@/lib/inbox/types";
import { DAY } from "@/lib/time";
import { useInbox } from "../inbox-context";
import { AnyMedia } from "./any-media";
import { MediaGone } from "./media-gone";
import { useDeadline } from "./use-deadline";

type SharedCardProps = { shared: Attachment; messageId: string; sentAt: number };

const KINDS: Record<string, { Icon: typeof Image; word: string }> = {
  post: { Icon: Image, word: "Post" },
  reel: { Icon: Clapperboard, word: "Reel" },
  story: { Icon: Sparkles, word: "Story" },
  link: { Icon: Link, word: "Link" },
};

/** A post, reel or story of anybody, passed on: its picture where Meta gives one, else the way to it on Instagram. */
export function SharedCard({ shared, messageId, sentAt }: SharedCardProps) {
  const { inbox } = useInbox();
  // A story lives 24 hours and was there before the message was; posts and reels stay.
  const over = useDeadline(sentAt + DAY) && shared.type === "story";
  const { Icon, word } = KINDS[shared.type] ?? { Icon: Link, word: "Shared" };
  const media = over ? null : shared.url;
  const gone = <MediaGone kind="shared" className="m-2" />;
  const to = shared.permalink;
  return (
    <figure className="w-60 max-w-full overflow-hidden rounded-bubble border border-line bg-card">
      {media ? (
        <AnyMedia
          url={media}
          alt={`${word}${shared.title ? `: ${shared.title}` : ""}`}
          className="block max-h-80 min-h-24 w-full bg-ground object-cover"
          fallback={gone}
          onLost={() => inbox.reportMediaGone(messageId)}
        />
      ) : (
        !to && gone
      )}
      <figcaption className="px-3 py-2 text-sm">
        <span className="flex items-center gap-1.5 text-faint text-xs">
          <Icon aria-hidden="true" className="size-3.5 stroke-[1.8]" />
          {word}
        </span>
        {shared.title && (
          <span className="mt-0.5 line-clamp-3 break-words" dir="auto">
            {shared.title}
          </span>
        )}
        {to && (
          <a
            href={to}
            target="_blank"
            rel="noopener noreferrer nofollow"
            className="mt-1 inline-flex items-center gap-0.5 font-medium text-accent-strong text-xs hover:underline"
          >
            {shared.type === "link" ? "Open link" : "Open on Instagram"}
            <ArrowUpRight aria-hidden="true" className="size-3.5" />
          </a>
        )}
      </figcaption>
    </figure>
  );
}
