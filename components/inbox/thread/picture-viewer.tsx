"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useEffect, useState } from "react";
import { Dialog } from "../../ui/dialog";
import { IconButton } from "../../ui/icon-button";

type PictureViewerProps = { urls: string[]; start: number; name: string; onClose: () => void };

/** One picture as large as the screen allows, with its neighbours at the arrow keys. */
export function PictureViewer({ urls, start, name, onClose }: PictureViewerProps) {
  const [at, setAt] = useState(start);
  const url = urls[at];
  const step = (by: number) => setAt((known) => Math.min(urls.length - 1, Math.max(0, known + by)));
  useEffect(() => {
    const onKeyDown = ({ key }: KeyboardEvent) => {
      const by = key === "ArrowLeft" ? -1 : key === "ArrowRight" ? 1 : 0;
      if (by !== 0) setAt((known) => Math.min(urls.length - 1, Math.max(0, known + by)));
    };
    // On its way down: the dialog lets no arrow key come up again.
    window.addEventListener("keydown", onKeyDown, true);
    return () => window.removeEventListener("keydown", onKeyDown, true);
  }, [urls.length]);
  const title = urls.length > 1 ? `Picture ${at + 1} of ${urls.length} from ${name}` : `Picture from ${name}`;
  return (
    <Dialog title={title} open onOpenChange={(open) => !open && onClose()} className="w-auto max-w-[calc(100vw-2rem)]">
      <div className="flex items-center gap-2">
        {urls.length > 1 && (
          <IconButton label="Previous picture" disabled={at === 0} onClick={() => step(-1)}>
            <ChevronLeft />
          </IconButton>
        )}
        <img
          src={url}
          alt={title}
          referrerPolicy="no-referrer"
          className="max-h-[calc(100dvh-9rem)] min-w-0 max-w-full rounded-lg object-contain"
        />
        {urls.length > 1 && (
          <IconButton label="Next picture" disabled={at === urls.length - 1} onClick={() => step(1)}>
            <ChevronRight />
          </IconButton>
        )}
      </div>
      <a
        href={url}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="self-start text-accent-strong text-sm underline underline-offset-2"
      >
        Open in a new tab
      </a>
    </Dialog>
  );
}
