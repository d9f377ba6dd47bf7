"use client";

import type { MessageRow } from "@/lib/inbox/types";
import { Popover } from "../../ui/popover";
import { useInbox, useNow } from "../inbox-context";
import { moment } from "../words/time-words";

/** That a message was edited, and what it said before. */
export function EditedNote({ message }: { message: MessageRow }) {
  const { zone } = useInbox();
  const now = useNow();
  if (message.editedAt === null || message.unsent) return null;
  if (message.earlier.length === 0) return <p className="mx-1 mt-0.5 text-faint text-xs">Edited</p>;
  return (
    <Popover
      title="Before it was edited"
      trigger={
        <button type="button" className="mx-1 mt-0.5 text-faint text-xs underline-offset-2 hover:underline">
          Edited
          <span className="sr-only">: show what it said before</span>
        </button>
      }
    >
      <ol className="scroll-pane flex max-h-64 flex-col gap-2 [list-style-type:'']">
        {message.earlier.map(({ text, at }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: earlier texts never change their places
          <li key={index}>
            <p className="text-faint text-xs">{moment(at, now, zone)}</p>
            <p dir="auto" className="whitespace-pre-wrap break-words">
              {text}
            </p>
          </li>
        ))}
      </ol>
    </Popover>
  );
}
