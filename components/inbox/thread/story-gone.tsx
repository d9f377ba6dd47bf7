import { ImageOff } from "lucide-react";
import { cx } from "../../ui/cx";

/** Stands where a story was; the words beside it say so. */
export function StoryGone({ large }: { large: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        "grid shrink-0 place-items-center rounded-[0.625rem] border border-edge border-dashed text-faint",
        storySize(large),
      )}
    >
      <ImageOff className="size-4.5 stroke-[1.7]" />
    </span>
  );
}

/** A mention's picture is the message itself; a reply's is a reminder. */
export function storySize(large: boolean): string {
  return large ? "h-44 w-26" : "h-26 w-16.5";
}
