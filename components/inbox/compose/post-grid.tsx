"use client";

import { Clapperboard, ImageIcon } from "lucide-react";
import type { KeyboardEvent } from "react";
import type { Post } from "@/lib/inbox/types";
import { cx } from "../../ui/cx";
import { useInbox, useNow } from "../inbox-context";
import { hasFailed, useMediaAttempts } from "../thread/use-media-attempts";
import { moment } from "../words/time-words";

const GRID = "grid grid-cols-3 gap-1.5 desk:grid-cols-4";

type PostGridProps = { posts: Post[]; chosen: Post | null; onChoose: (post: Post) => void };

/** The posts as squares, one of which is chosen: by a press, or along and across with the arrow keys. */
export function PostGrid({ posts, chosen, onChoose }: PostGridProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const rows = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (rows === 0) return;
    // Radio buttons would step to the next one, not to the one below.
    event.preventDefault();
    const radios = [...event.currentTarget.querySelectorAll("input")];
    const tops = radios.map((radio) => radio.getBoundingClientRect().top);
    const columns = tops.filter((top) => top === tops[0]).length;
    const next = radios[radios.indexOf(event.target as HTMLInputElement) + rows * columns];
    next?.focus();
    next?.click();
  };
  return (
    <fieldset aria-label="Posts" onKeyDown={onKeyDown} className={GRID}>
      {posts.map((post, index) => (
        <PostTile
          key={post.id}
          post={post}
          first={index === 0}
          chosen={post.id === chosen?.id}
          onChoose={() => onChoose(post)}
        />
      ))}
    </fieldset>
  );
}

type PostTileProps = { post: Post; first: boolean; chosen: boolean; onChoose: () => void };

function PostTile({ post: { kind, caption, pictureUrl, postedAt }, first, chosen, onChoose }: PostTileProps) {
  const { zone } = useInbox();
  const now = useNow();
  const { way, attempt, onError } = useMediaAttempts(1, () => undefined);
  const what = [kind === "reel" ? "Reel" : "Post", postedAt && moment(postedAt, now, zone)].filter(Boolean).join(", ");
  return (
    <label
      title={caption ?? undefined}
      className={cx(
        "relative block aspect-square cursor-pointer overflow-hidden rounded-control bg-ground outline-offset-2 has-focus-visible:outline-2 has-focus-visible:outline-accent",
        chosen && "ring-3 ring-accent",
      )}
    >
      <input
        type="radio"
        name="post"
        aria-label={caption ? `${what}: ${caption}` : what}
        // biome-ignore lint/a11y/noAutofocus: it is what the dialog was opened for
        autoFocus={first}
        checked={chosen}
        onChange={onChoose}
        className="peer absolute inset-0 size-full cursor-pointer opacity-0"
      />
      {pictureUrl && way !== null ? (
        <img
          key={attempt}
          ref={(image) => {
            if (hasFailed(image)) onError();
          }}
          src={pictureUrl}
          alt=""
          loading="lazy"
          referrerPolicy="no-referrer"
          decoding="async"
          onError={onError}
          className="size-full object-cover"
        />
      ) : (
        <span aria-hidden="true" className="flex size-full flex-col justify-center gap-1 p-2 text-soft text-xs">
          <ImageIcon className="size-4 shrink-0 stroke-[1.7]" />
          <span className="line-clamp-3 break-words">{caption}</span>
        </span>
      )}
      {kind === "reel" && (
        <Clapperboard
          aria-hidden="true"
          className="absolute top-1.5 right-1.5 size-5 rounded-md bg-card/85 p-0.5 text-ink stroke-[1.8]"
        />
      )}
    </label>
  );
}

/** In the shape of what is to come. */
export function PostGridSkeleton() {
  return (
    <div aria-hidden="true" className={cx(GRID, "p-1")}>
      {Array.from({ length: 8 }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <span key={at} className="aspect-square animate-pulse rounded-control bg-ground" />
      ))}
    </div>
  );
}
