"use client";

import { X } from "lucide-react";
import { useInbox } from "../inbox-context";

type OfferedRepliesProps = { conversationId: string; titles: string[] };

/** The quick replies that go out with the text, each to be taken out again. */
export function OfferedReplies({ conversationId, titles }: OfferedRepliesProps) {
  const { compositions } = useInbox().inbox;
  if (titles.length === 0) return null;
  return (
    <ul aria-label="Quick replies to send" className="flex flex-wrap gap-1.5 px-3 pt-2.5 [list-style-type:'']">
      {titles.map((title) => (
        <li key={title} className="flex items-center gap-1 rounded-full border border-edge py-0.5 pr-1 pl-2.5 text-sm">
          <bdi>{title}</bdi>
          <button
            type="button"
            aria-label={`Remove ${title}`}
            onClick={() =>
              compositions.offer(
                conversationId,
                titles.filter((other) => other !== title),
              )
            }
            className="grid size-6 place-items-center rounded-full text-soft hover:text-ink"
          >
            <X aria-hidden="true" className="size-3.5" />
          </button>
        </li>
      ))}
    </ul>
  );
}
