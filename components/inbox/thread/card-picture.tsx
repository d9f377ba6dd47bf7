"use client";

import { hasFailed, useMediaAttempts } from "./use-media-attempts";

/** A picture of the brand's own making; without it the card still says everything. */
export function CardPicture({ url }: { url: string }) {
  const { way, attempt, onError } = useMediaAttempts(1, () => undefined);
  if (way === null) return null;
  return (
    <img
      key={attempt}
      ref={(image) => {
        if (hasFailed(image)) onError();
      }}
      src={url}
      alt=""
      referrerPolicy="no-referrer"
      decoding="async"
      onError={onError}
      className="aspect-[1.91] w-full bg-ground object-cover"
    />
  );
}
