"use client";

import type { ReactNode } from "react";
import { hasFailed, useMediaAttempts } from "./use-media-attempts";

type AnyMediaProps = { url: string; alt: string; className: string; fallback: ReactNode; onLost: () => void };

/** A picture, else a video: Meta's address does not tell which. When neither loads it is gone. */
export function AnyMedia({ url, alt, className, fallback, onLost }: AnyMediaProps) {
  const { way, attempt, onError } = useMediaAttempts(2, onLost);
  if (way === null) return fallback;
  if (way === 1) {
    return (
      <video
        key={attempt}
        src={url}
        aria-label={alt}
        controls
        muted
        playsInline
        preload="metadata"
        onError={onError}
        className={className}
      />
    );
  }
  return (
    <img
      key={attempt}
      ref={(image) => {
        if (hasFailed(image)) onError();
      }}
      src={url}
      alt={alt}
      referrerPolicy="no-referrer"
      decoding="async"
      onError={onError}
      className={className}
    />
  );
}
