"use client";

import { useInbox } from "../inbox-context";
import { MediaGone } from "./media-gone";
import { useMediaAttempts } from "./use-media-attempts";

type MediaVideoProps = { url: string | null; messageId: string; name: string };

export function MediaVideo({ url, messageId, name }: MediaVideoProps) {
  const { inbox } = useInbox();
  const { way, attempt, onError } = useMediaAttempts(1, () => inbox.reportMediaGone(messageId));
  if (!url || way === null) return <MediaGone kind="video" />;
  return (
    // biome-ignore lint/a11y/useMediaCaption: nobody has written down what is said in it
    <video
      key={attempt}
      src={url}
      aria-label={`Video from ${name}`}
      controls
      playsInline
      preload="metadata"
      onError={onError}
      className="max-h-80 min-h-40 w-60 max-w-full rounded-bubble bg-ground"
    />
  );
}
