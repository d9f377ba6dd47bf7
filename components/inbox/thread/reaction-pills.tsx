import type { ReactionRow } from "@/lib/inbox/types";
import { cx } from "../../ui/cx";

type ReactionPillsProps = { reactions: ReactionRow[]; name: string; own: boolean };

/** What either side answered with an emoji, on the lower edge of the bubble. */
export function ReactionPills({ reactions, name, own }: ReactionPillsProps) {
  if (reactions.length === 0) return null;
  return (
    <ul
      aria-label="Reactions"
      className={cx("relative z-10 -mt-1.5 flex gap-0.5 [list-style-type:'']", own ? "mr-2" : "ml-2")}
    >
      {reactions.map(({ by, emoji }) => {
        const words = `${by === "customer" ? name : "You"} reacted ${emoji}`;
        return (
          <li
            key={by}
            title={words}
            className="rounded-full border-2 border-card bg-ground px-1.5 text-sm leading-[1.35rem]"
          >
            <span aria-hidden="true">{emoji}</span>
            <span className="sr-only">{words}</span>
          </li>
        );
      })}
    </ul>
  );
}
