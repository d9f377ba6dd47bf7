"use client";

import { useEffect, useState } from "react";
import { cx } from "../../ui/cx";
import { useInbox } from "../inbox-context";
import { StoryGone, storySize } from "./story-card";

type StoryMediaProps = { url: string; messageId: string; alt: string; large: boolean };

/** A picture, else a video: Meta's address does not tell which. When neither loads, the story is gone. */
export function StoryMedia({ url, messageId, alt, large }: StoryMediaProps) {
  const { inbox } = useInbox();
  const [form, setForm] = useState<"picture" | "video" | "gone">("picture");

  const fail = () => {
    // Without a network nothing loads, and that says nothing about the story.
    if (!navigator.onLine) return;
    if (form === "picture") return setForm("video");
    setForm("gone");
    inbox.reportStoryGone(messageId);
  };
  useEffect(() => {
    const again = () => setForm("picture");
    window.addEventListener("online", again);
    return () => window.removeEventListener("online", again);
  }, []);

  const shape = cx("shrink-0 rounded-[0.625rem] bg-ground object-cover", storySize(large));
  if (form === "gone") return <StoryGone large={large} />;
  if (form === "video") {
    return (
      <video
        src={url}
        aria-label={alt}
        controls
        muted
        playsInline
        preload="metadata"
        onError={fail}
        className={shape}
      />
    );
  }
  return (
    <img
      ref={(image) => {
        // It may have failed before this script ran, and then no event comes any more.
        if (image?.complete && image.naturalWidth === 0 && navigator.onLine) setForm("video");
      }}
      src={url}
      alt={alt}
      referrerPolicy="no-referrer"
      decoding="async"
      onError={fail}
      className={shape}
    />
  );
}
