"use client";

import { ArrowDown } from "lucide-react";
import { type RefObject, useCallback, useImperativeHandle, useMemo, useRef, useState } from "react";
import { cx } from "../../ui/cx";
import { Spinner } from "../../ui/spinner";
import type { Thread } from "../cache/thread";
import { useInbox, useNow, useOutbox } from "../inbox-context";
import { avatarUrl } from "../list/avatar-url";
import { count } from "../words/time-words";
import { messageFlow } from "./message-flow";
import { MessageItem, type Person } from "./message-item";
import { extendBack, extendForward, NEWEST, rangeOf } from "./message-range";
import { ownStates, withOutbox } from "./own-messages";
import { useMarkRead } from "./use-mark-read";
import { useThreadScroll } from "./use-thread-scroll";

export type MessageListHandle = { toEnd: () => void };

export function MessageList({ thread, handle }: { thread: Thread; handle: RefObject<MessageListHandle | null> }) {
  const { inbox, zone } = useInbox();
  const now = useNow();
  const { conversation, contact } = thread;
  const entries = useOutbox(conversation.id);
  const { viewer } = inbox;
  const [range, setRange] = useState(NEWEST);
  const loading = useRef(false);
  const [waiting, setWaiting] = useState(false);

  const all = useMemo(() => withOutbox(thread.messages, entries, viewer), [thread.messages, entries, viewer]);
  const messages = useMemo(() => rangeOf(all, range), [all, range]);
  const flow = useMemo(
    () => messageFlow(messages, { now, zone, memberId: viewer.id }),
    [messages, now, zone, viewer.id],
  );
  const states = useMemo(() => ownStates(all, conversation.seenThroughAt), [all, conversation.seenThroughAt]);

  const goBack = () => {
    const extended = extendBack(range, all.length);
    if (extended !== range) return setRange(extended);
    if (!thread.older || loading.current) return;
    loading.current = true;
    setWaiting(true);
    inbox
      .loadOlder(conversation.id)
      .then(() => setRange((known) => extendBack(known, Number.POSITIVE_INFINITY)))
      // A page that did not come is asked for again by the next scroll.
      .catch(() => undefined)
      .finally(() => {
        loading.current = false;
        setWaiting(false);
      });
  };
  const scroll = useThreadScroll({
    content: flow,
    complete: range.skip === 0,
    onNearStart: goBack,
    onNearEnd: () => setRange(extendForward),
  });

  const toEnd = useCallback(
    (glide: boolean) => {
      setRange((known) => (known.skip === 0 ? known : NEWEST));
      scroll.toEnd(glide);
    },
    [scroll.toEnd],
  );
  useImperativeHandle(handle, () => ({ toEnd: () => toEnd(false) }), [toEnd]);

  const highest = useMemo(() => Math.max(0, ...thread.messages.map(({ arrival }) => arrival)), [thread.messages]);
  useMarkRead({ id: conversation.id, unread: conversation.unread, through: highest, atEnd: scroll.atEnd });
  const fresh = useArrivedSince(scroll.atEnd, thread);

  const person: Person = useMemo(
    () => ({ id: contact.id, name: contact.displayName, username: contact.username, picture: avatarUrl(contact) }),
    [contact],
  );
  return (
    <section
      ref={scroll.pane}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label="History"
      className="scroll-pane min-h-0 flex-1 [overflow-anchor:none]"
    >
      <div className="flex min-h-full flex-col justify-end">
        <div className="grid h-6 place-items-center text-faint">{waiting && <Spinner />}</div>
        <ol
          ref={scroll.list}
          aria-label={`Messages with ${contact.displayName}`}
          className="mx-auto w-full max-w-[45rem] px-3 pb-4 [list-style-type:''] desk:px-5"
        >
          {flow.map((item) => {
            const state = states.get(item.message.id);
            return (
              <MessageItem
                key={item.message.id}
                message={item.message}
                person={person}
                zone={zone}
                divider={item.divider}
                author={item.author}
                startsGroup={item.startsGroup}
                endsGroup={item.endsGroup}
                word={state?.word ?? null}
                wordVisible={state?.visible ?? false}
                local={item.message.version === 0}
              />
            );
          })}
        </ol>
      </div>
      <WayDown hidden={scroll.atEnd} fresh={fresh} far={scroll.farFromEnd} onPress={() => toEnd(true)} />
    </section>
  );
}

type WayDownProps = { hidden: boolean; fresh: number; far: boolean; onPress: () => void };

/** Back to the newest message, saying how many came meanwhile. Inside the pane, so that the wheel scrolls on over it. */
function WayDown({ hidden, fresh, far, onPress }: WayDownProps) {
  if (hidden || (fresh === 0 && !far)) return null;
  return (
    <div className="sticky bottom-3 flex h-0 items-end justify-center">
      <button
        type="button"
        onClick={onPress}
        aria-label={fresh > 0 ? undefined : "Back to the newest message"}
        className={cx(
          "inline-flex h-8 items-center gap-1.5 rounded-full border px-3 font-medium text-sm shadow-float",
          fresh > 0 ? "border-transparent bg-accent text-on-accent" : "border-line bg-card text-soft",
        )}
      >
        <ArrowDown aria-hidden="true" className="size-4" />
        {fresh > 0 && count(fresh, "new message")}
      </button>
    </div>
  );
}

/** How many messages of the customer have come since the reader left the end. */
function useArrivedSince(atEnd: boolean, thread: Thread): number {
  const mark = useRef(Number.POSITIVE_INFINITY);
  const incoming = thread.messages.filter(({ direction, unsent }) => direction === "in" && !unsent);
  const highest = Math.max(0, ...incoming.map(({ arrival }) => arrival));
  if (atEnd) mark.current = highest;
  return incoming.filter(({ arrival }) => arrival > mark.current).length;
}
