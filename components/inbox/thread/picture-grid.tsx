"use client";

import { ImageOff } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { Attachment } from "@/lib/inbox/types";
import { cx } from "../../ui/cx";

const PictureViewer = dynamic(() => import("./picture-viewer").then((module) => module.PictureViewer), { ssr: false });

/** Pictures of one message; pressed, one fills the screen. */
export function PictureGrid({ pictures, name }: { pictures: Attachment[]; name: string }) {
  const [shown, setShown] = useState<number | null>(null);
  return (
    <div className={cx("grid max-w-full gap-0.5", pictures.length > 1 && "w-72 grid-cols-2")}>
      {pictures.map((picture, index) => (
        <Picture
          // biome-ignore lint/suspicious/noArrayIndexKey: the pictures of a message never change their places
          key={index}
          url={picture.url}
          label={
            pictures.length > 1 ? `Picture ${index + 1} of ${pictures.length} from ${name}` : `Picture from ${name}`
          }
          alone={pictures.length === 1}
          onOpen={() => setShown(index)}
        />
      ))}
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

type PictureProps = { url: string | null; label: string; alone: boolean; onOpen: () => void };

function Picture({ url, label, alone, onOpen }: PictureProps) {
  const [broken, setBroken] = useState(false);
  if (!url || broken) {
    return (
      <p className="flex min-h-24 min-w-40 flex-col items-center justify-center gap-1.5 rounded-bubble border border-edge border-dashed p-4 text-center text-faint text-xs">
        <ImageOff aria-hidden="true" className="size-4.5 stroke-[1.7]" />
        Picture no longer available
      </p>
    );
  }
  return (
    <button type="button" onClick={onOpen} className="overflow-hidden rounded-bubble">
      <img
        ref={(image) => {
          // It may have failed before this script ran, and then no event comes any more.
          if (image?.complete && image.naturalWidth === 0) setBroken(true);
        }}
        src={url}
        alt={label}
        referrerPolicy="no-referrer"
        decoding="async"
        onError={() => setBroken(true)}
        className={cx(
          "bg-ground",
          alone ? "max-h-80 min-h-24 min-w-24 max-w-full object-contain" : "aspect-square w-full object-cover",
        )}
      />
    </button>
  );
}
