"use client";

import type { MouseEvent } from "react";
import type { FoundMessage } from "@/lib/inbox/types";
import { Avatar } from "../../ui/avatar";
import { useInbox, useNow } from "../inbox-context";
import { avatarUrl } from "../list/avatar-url";
import { ageInWords, shortAge } from "../words/time-words";
import { excerpt } from "./excerpt";
import { Highlighted } from "./highlighted";
import { RESULT_CLASS } from "./result-class";

/** A message that was found, leading to itself in its conversation. */
export function FoundMessageItem({ found, question }: { found: FoundMessage; question: string }) {
  const { inbox, open, zone } = useInbox();
  const now = useNow();
  const { message, conversation } = found;
  const { contact } = conversation;
  const line = excerpt(found.text, found.ranges);
  const who =
    message.direction === "in"
      ? ""
      : `${message.author?.id === inbox.viewer.id ? "You" : (message.author?.name ?? "You")}: `;
  const onClick = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    inbox.sought.set({ conversationId: conversation.id, question });
    open(conversation.id);
    // Gone meanwhile, or no answer: the conversation itself is open and says what there is.
    inbox.reveal(conversation.id, message.id).catch(() => undefined);
  };
  return (
    <li>
      <a
        href={`/inbox/${conversation.id}`}
        aria-label={`${contact.displayName}, ${who}${line.text}, ${ageInWords(message.sentAt, now, zone)}`}
        onClick={onClick}
        className={RESULT_CLASS}
      >
        <Avatar id={contact.id} name={contact.displayName} src={avatarUrl(contact)} size={36} />
        <span className="min-w-0">
          <span dir="auto" className="block truncate text-left font-medium">
            {contact.displayName}
          </span>
          <span className="line-clamp-2 text-sm text-soft" dir="auto">
            {who}
            <Highlighted text={line.text} ranges={line.ranges} />
          </span>
        </span>
        <time
          dateTime={new Date(message.sentAt).toISOString()}
          className="tabular self-start pt-0.5 whitespace-nowrap text-2xs text-faint"
        >
          {shortAge(message.sentAt, now, zone)}
        </time>
      </a>
    </li>
  );
}
