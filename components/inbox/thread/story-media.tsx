"use client";

import { cx } from "../../ui/cx";
import { useInbox } from "../inbox-context";
import { AnyMedia } from "./any-media";
import { StoryGone, storySize } from "./story-gone";

type StoryMediaProps = { url: string; messageId: string; alt: string; large: boolean };

export function StoryMedia({ url, messageId, alt, large }: StoryMediaProps) {
  const { inbox } = useInbox();
  return (
    <AnyMedia
      url={url}
      alt={alt}
      className={cx("shrink-0 rounded-[0.625rem] bg-ground object-cover", storySize(large))}
      fallback={<StoryGone large={large} />}
      onLost={() => inbox.reportStoryGone(messageId)}
    />
  );
}
