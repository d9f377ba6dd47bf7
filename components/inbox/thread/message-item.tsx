"use client";

import { memo, useCallback, useState } from "react";
import { Avatar } from "../../ui/avatar";
import { cx } from "../../ui/cx";
import type { StateWord } from "../words/message-state";
import { timeOfDay } from "../words/time-words";
import type { Bubble } from "./bubbles";
import { canBeAnswered, MessageActions } from "./message-actions";
import { MessagePart } from "./message-part";
import { MessageStatus } from "./message-status";
import { useLongPress } from "./use-long-press";

export type Person = { id: string; name: string; username: string | null; picture: string | null };

type MessageItemProps = {
  bubble: Bubble;
  person: Person;
  zone: string;
  divider: string | null;
  author: string | null;
  startsGroup: boolean;
  endsGroup: boolean;
  /** Where it stands, for own messages. */
  word: StateWord | null;
  wordVisible: boolean;
  /** The message that the reader was brought to, when it is one of these. */
  revealedId: string | null;
};

export const MessageItem = memo(function MessageItem(props: MessageItemProps) {
  const { bubble, person, zone, divider, author, startsGroup, endsGroup, word, wordVisible, revealedId } = props;
  const { first, worst, parts } = bubble;
  const own = first.direction === "out";
  const [held, setHeld] = useState(false);
  const release = useCallback(() => setHeld(false), []);
  const longPress = useLongPress(() => setHeld(true));
  return (
    <li className={cx(startsGroup && !divider ? "pt-3" : "pt-0.5")}>
      {divider && <p className="pt-5 pb-3 text-center text-faint text-xs">{divider}</p>}
      <div {...longPress} className={cx("group flex items-end gap-2", own && "flex-row-reverse")}>
        {!own && (
          <span className="w-7 shrink-0 max-desk:hidden">
            {endsGroup && <Avatar id={person.id} name={person.name} src={person.picture} size={28} />}
          </span>
        )}
        <div
          className={cx(
            "relative flex min-w-0 max-w-[min(65ch,78%)] flex-col gap-0.5",
            own ? "items-end" : "items-start",
          )}
        >
          {author && <p className="mx-1 mb-0.5 text-faint text-xs">{author}</p>}
          <p className="sr-only">
            {own ? (author ?? "You") : person.name} at {timeOfDay(first.sentAt, zone)}:
          </p>
          {parts.map((message, index) => (
            <MessagePart
              key={message.id}
              message={message}
              shape={{
                own,
                startsGroup: startsGroup && index === 0,
                endsGroup: endsGroup && index === parts.length - 1,
                pending: worst.state === "queued" || worst.state === "dispatching",
              }}
              name={person.name}
              username={person.username}
              revealed={message.id === revealedId}
            />
          ))}
          {canBeAnswered(first) && <MessageActions message={first} own={own} held={held} onDone={release} />}
          {word && <MessageStatus message={worst} word={word} visible={wordVisible} local={worst.version === 0} />}
        </div>
        <time
          dateTime={new Date(first.sentAt).toISOString()}
          aria-hidden="true"
          className="tabular shrink-0 self-center text-2xs text-faint opacity-0 transition-opacity group-hover:opacity-100"
        >
          {timeOfDay(first.sentAt, zone)}
        </time>
      </div>
    </li>
  );
}, sameItem);

/** Bubbles are put together anew with every change; the messages in them stay the same objects. */
function sameItem(before: MessageItemProps, after: MessageItemProps): boolean {
  const { bubble: old, ...rest } = before;
  const { bubble, ...others } = after;
  const keys = Object.keys(rest) as (keyof typeof rest)[];
  return (
    old.parts.length === bubble.parts.length &&
    old.parts.every((part, index) => part === bubble.parts[index]) &&
    keys.every((key) => rest[key] === others[key])
  );
}
