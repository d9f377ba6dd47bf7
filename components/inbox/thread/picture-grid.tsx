"use client";

import { useState } from "react";
import type { Attachment, MessageRow } from "@/lib/inbox/types";
import { cx } from "../../ui/cx";
import { lazily } from "../../ui/lazily";
import { useInbox } from "../inbox-context";
import { isMissing, MediaAwaited } from "./media-awaited";
import { MediaGone } from "./media-gone";
import { hasFailed, useMediaAttempts } from "./use-media-attempts";

const PictureViewer = lazily(() => import("./picture-viewer").then((module) => module.PictureViewer));

type PictureGridProps = { pictures: Attachment[]; message: MessageRow; name: string };

/** Pictures of one message; pressed, one fills the screen. */
export function PictureGrid({ pictures, message, name }: PictureGridProps) {
  const [shown, setShown] = useState<number | null>(null);
  return (
    <div className={cx("grid max-w-full gap-0.5", columns(pictures.length))}>
      {pictures.map((picture, index) =>
        isMissing(picture) ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: they never change their places
          <MediaAwaited key={index} awaited={picture} message={message} inGrid={pictures.length > 1} />
        ) : (
          <Picture
            // biome-ignore lint/suspicious/noArrayIndexKey: they never change their places; an address that is new is tried anew
            key={`${index} ${picture.url}`}
            url={picture.url}
            messageId={message.id}
            label={
              pictures.length > 1 ? `Picture ${index + 1} of ${pictures.length} from ${name}` : `Picture from ${name}`
            }
            alone={pictures.length === 1}
            onOpen={() => setShown(index)}
          />
        ),
      )}
      {shown !== null && (
        <PictureViewer
          urls={pictures.flatMap(({ url }) => (url ? [url] : []))}
          start={pictures.slice(0, shown).filter(({ url }) => url).length}
          name={name}
          onClose={() => setShown(null)}
        />
      )}
    </div>
  );
}

function columns(pictures: number): string {
  if (pictures === 1) return "";
  return pictures === 2 || pictures === 4 ? "w-72 grid-cols-2" : "w-80 grid-cols-3";
}

type PictureProps = { url: string | null; messageId: string; label: string; alone: boolean; onOpen: () => void };

function Picture({ url, messageId, label, alone, onOpen }: PictureProps) {
  const { inbox } = useInbox();
  const { way, attempt, onError } = useMediaAttempts(1, () => inbox.reportMediaGone(messageId));
  if (!url || way === null) return <MediaGone kind="picture" inGrid={!alone} />;
  return (
    <button type="button" onClick={onOpen} className="overflow-hidden rounded-bubble">
      <img
        key={attempt}
        ref={(image) => {
          if (hasFailed(image)) onError();
        }}
        src={url}
        alt={label}
        referrerPolicy="no-referrer"
        decoding="async"
        onError={onError}
        className={cx(
          "rounded-bubble outline outline-1 outline-ink/12 -outline-offset-1",
          // A sticker is see-through: it lies on the screen as it is.
          alone
            ? "max-h-80 min-h-24 min-w-24 max-w-full object-contain"
            : "aspect-square w-full bg-ground object-cover",
        )}
      />
    </button>
  );
}
