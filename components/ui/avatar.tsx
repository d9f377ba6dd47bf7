"use client";

import { useState } from "react";
import { cx } from "./cx";
import { hueOf, initialsOf } from "./initials";

type AvatarProps = {
  /** Whatever identifies the person; picks the colour. */
  id: string;
  name: string;
  src?: string | null;
  /** Diameter in px. */
  size?: number;
  /** A ring, as Instagram draws around people who have a story. */
  story?: boolean;
  className?: string;
};

/** A picture, or initials on a colour of their own where there is none or it does not load. The name stands beside it, so it is silent. */
export function Avatar({ id, name, src, size = 40, story = false, className }: AvatarProps) {
  const [broken, setBroken] = useState<string | null>(null);
  const showPicture = src && broken !== src;
  return (
    <span
      aria-hidden="true"
      className={cx(
        "relative inline-grid shrink-0 select-none place-items-center overflow-hidden rounded-full font-semibold",
        story && "ring-2 ring-accent ring-offset-2 ring-offset-paper",
        className,
      )}
      style={{
        width: size,
        height: size,
        fontSize: Math.round(size * 0.36),
        background: `oklch(0.56 0.075 ${hueOf(id)})`,
        color: "oklch(0.99 0.005 85)",
      }}
    >
      {initialsOf(name)}
      {showPicture && (
        <img
          // An error before hydration fires no event, so the picture's own state is asked too.
          ref={(image) => {
            if (image?.complete && image.naturalWidth === 0) setBroken(src);
          }}
          src={src}
          alt=""
          width={size}
          height={size}
          loading="lazy"
          decoding="async"
          referrerPolicy="no-referrer"
          draggable={false}
          onError={() => setBroken(src)}
          className="absolute inset-0 size-full object-cover"
        />
      )}
    </span>
  );
}
