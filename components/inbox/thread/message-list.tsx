"use client";

import { ArrowDown } from "lucide-react";
import {
  Fragment,
  type RefObject,
  useCallback,
  useDeferredValue,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from "react";
import { cx } from "../../ui/cx";
import { Spinner } from "../../ui/spinner";
import { lastArrival, type Thread } from "../cache/thread";
import { useInbox, useNow, useOutbox } from "../inbox-context";
import { avatarUrl } from "../list/avatar-url";
import { useMarkedWords } from "../search/use-marked-words";
import { count } from "../words/time-words";
import { bubblesOf } from "./bubbles";
import { messageFlow } from "./message-flow";
import { MessageItem, type Person } from "./message-item";
import { ownStates, withOutbox } from "./own-messages";
import { StrayReactionLine } from "./stray-reaction-line";
import { placeStrays, type StrayReaction } from "./stray-reactions";
import { useMarkRead } from "./use-mark-read";
import { useRevealed } from "./use-revealed";
import { useThreadScroll } from "./use-thread-scroll";

export type MessageListHandle = { toEnd: () => void };

export function MessageList({ thread, handle }: { thread: Thread; handle: RefObject<MessageListHandle | null> }) {
  const { inbox, zone } = useInbox();
  const now = useNow();
  const { conversation, contact } = thread;
  const entries = useOutbox(conversation.id);
  const { viewer } = inbox;
  const loading = useRef(false);
  const [waiting, setWaiting] = useState(false);

  const latest = useMemo(() => {
    const messages = thread.newer ? thread.messages : withOutbox(thread.messages, entries, viewer);
    return { bubbles: bubblesOf(messages), older: thread.older, newer: thread.newer };
  }, [thread.messages, thread.older, thread.newer, entries, viewer]);
  // A page of fifty is drawn in slices, between which keys and the wheel are heard.
  const { bubbles, older, newer } = useDeferredValue(latest);
  const flow = useMemo(() => messageFlow(bubbles, { now, zone, memberId: viewer.id }), [bubbles, now, zone, viewer.id]);
  const strays = useMemo(
    () => placeStrays(conversation.strayReactions, flow, { older, newer }),
    [conversation.strayReactions, flow, older, newer],
  );
  const stray = (reaction: StrayReaction) => (
    <StrayReactionLine key={reaction.at} reaction={reaction} name={contact.displayName} zone={zone} />
  );
  const states = useMemo(() => ownStates(bubbles, conversation.seenThroughAt), [bubbles, conversation.seenThroughAt]);

  const load = (page: (id: string) => Promise<void>) => {
    if (loading.current) return;
    loading.current = true;
    page(conversation.id)
      // A page that did not come is asked for again by the next scroll.
      .catch(() => undefined)
      .finally(() => {
        loading.current = false;
        setWaiting(false);
      });
  };
  const scroll = useThreadScroll({
    content: strays,
    complete: !newer,
    onNearStart: () => {
      if (!thread.older) return;
      setWaiting(true);
      load((id) => inbox.pages.loadOlder(id));
    },
    onNearEnd: () => load((id) => inbox.pages.loadNewer(id)),
  });
  useMarkedWords(scroll.list, conversation.id);
  const revealedId = useRevealed(conversation.id, flow, scroll.reveal);

  const toEnd = useCallback(
    (glide: boolean) => {
      if (!thread.newer) return scroll.toEnd(glide);
      inbox.pages
        .showNewest(conversation.id)
        .then(() => scroll.toEnd(false))
        // Without an answer the reader stays where they are, and the button too.
        .catch(() => undefined);
    },
    [inbox, conversation.id, thread.newer, scroll.toEnd],
  );
  useImperativeHandle(handle, () => ({ toEnd: () => toEnd(false) }), [toEnd]);

  const highest = useMemo(() => lastArrival(thread.messages), [thread.messages]);
  useMarkRead({ id: conversation.id, unread: conversation.unread, through: highest, atEnd: scroll.atEnd });
  const arrived = useArrivedSince(scroll.atEnd, thread);
  const fresh = thread.newer ? conversation.unread : arrived;

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
            const state = states.get(item.bubble.id);
            return (
              <Fragment key={item.bubble.id}>
                {strays.before.get(item.bubble.id)?.map(stray)}
                <MessageItem
                  bubble={item.bubble}
                  person={person}
                  zone={zone}
                  divider={item.divider}
                  author={item.author}
                  startsGroup={item.startsGroup}
                  endsGroup={item.endsGroup}
                  word={state?.word ?? null}
                  wordVisible={state?.visible ?? false}
                  revealedId={item.bubble.parts.some(({ id }) => id === revealedId) ? revealedId : null}
                />
              </Fragment>
            );
          })}
          {strays.last.map(stray)}
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
  const highest = lastArrival(incoming);
  if (atEnd) mark.current = highest;
  return incoming.filter(({ arrival }) => arrival > mark.current).length;
}
