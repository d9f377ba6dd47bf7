"use client";

import { memo } from "react";
import type { MessageRow } from "@/lib/inbox/types";
import { Avatar } from "../../ui/avatar";
import { cx } from "../../ui/cx";
import type { StateWord } from "../words/message-state";
import { timeOfDay } from "../words/time-words";
import { MessageBody } from "./message-body";
import { MessageStatus } from "./message-status";

export type Person = { id: string; name: string; username: string | null; picture: string | null };

type MessageItemProps = {
  message: MessageRow;
  person: Person;
  zone: string;
  divider: string | null;
  author: string | null;
  startsGroup: boolean;
  endsGroup: boolean;
  /** Where it stands, for own messages. */
  word: StateWord | null;
  wordVisible: boolean;
  local: boolean;
};

export const MessageItem = memo(function MessageItem(props: MessageItemProps) {
  const { message, person, zone, divider, author, startsGroup, endsGroup, word, wordVisible, local } = props;
  const own = message.direction === "out";
  return (
    <li className={cx(startsGroup && !divider ? "pt-3" : "pt-0.5")} data-message={message.id}>
      {divider && <p className="pt-5 pb-3 text-center text-faint text-xs">{divider}</p>}
      <div className={cx("group flex items-end gap-2", own && "flex-row-reverse")}>
        {!own && (
          <span className="w-7 shrink-0 max-desk:hidden">
            {endsGroup && <Avatar id={person.id} name={person.name} src={person.picture} size={28} />}
          </span>
        )}
        <div className={cx("flex min-w-0 max-w-[min(65ch,78%)] flex-col", own ? "items-end" : "items-start")}>
          {author && <p className="mx-1 mb-1 text-faint text-xs">{author}</p>}
          <p className="sr-only">
            {own ? (author ?? "You") : person.name} at {timeOfDay(message.sentAt, zone)}:
          </p>
          <MessageBody
            message={message}
            name={person.name}
            username={person.username}
            startsGroup={startsGroup}
            endsGroup={endsGroup}
          />
          {word && !message.unsent && (
            <MessageStatus message={message} word={word} visible={wordVisible} local={local} />
          )}
        </div>
        <time
          dateTime={new Date(message.sentAt).toISOString()}
          aria-hidden="true"
          className="tabular shrink-0 self-center text-2xs text-faint opacity-0 transition-opacity group-hover:opacity-100"
        >
          {timeOfDay(message.sentAt, zone)}
        </time>
      </div>
    </li>
  );
});
