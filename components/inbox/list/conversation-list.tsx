"use client";

import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useChannels, useConversations, useInbox, useOpenId } from "../inbox-context";
import { ConversationRow } from "./conversation-row";
import { rowId } from "./focus-row";
import { ROW_REM, rowHeight, useRowWindow } from "./use-row-window";

/** Further rows are loaded while this much of the list is still ahead, px. */
const AHEAD = 1200;

export function ConversationList() {
  const { inbox } = useInbox();
  const openId = useOpenId();
  const { rows, next } = useConversations();
  const severalChannels = useChannels().length > 1;
  const pane = useRef<HTMLElement>(null);
  const { first, last } = useRowWindow(pane, rows.length);
  const [focusedId, setFocusedId] = useState<string | null>(null);
  useSteadyScroll(
    pane,
    rows.map((row) => row.id),
  );
  const openAt = openId === null ? -1 : rows.findIndex((row) => row.id === openId);
  useRowInView(pane, openAt, openId, rows[openAt]?.preview?.direction === "out");
  useEndlessRows(pane, rows.length, next, () => inbox.pages.loadMore());

  const tabStop = focusedId ?? openId ?? rows[0]?.id;
  const moveFocus = (event: KeyboardEvent) => {
    const at = rows.findIndex((row) => rowId(row.id) === document.activeElement?.id);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    const target = to === undefined || at < 0 ? undefined : rows[to];
    if (!target) return;
    event.preventDefault();
    setFocusedId(target.id);
    document.getElementById(rowId(target.id))?.focus();
  };

  return (
    <nav ref={pane} aria-label="Conversations" className="scroll-pane min-h-0 flex-1 [overflow-anchor:none]">
      <ul
        aria-label="Conversations"
        onKeyDown={moveFocus}
        className="relative m-1.5"
        style={{ height: `${rows.length * ROW_REM}rem` }}
      >
        {rows.map((row, index) => {
          const kept = row.id === openId || row.id === focusedId;
          if (!kept && (index < first || index >= last)) return null;
          return (
            <ConversationRow
              key={row.id}
              row={row}
              index={index}
              current={row.id === openId}
              tabStop={row.id === tabStop}
              onFocus={setFocusedId}
              marksChannel={severalChannels}
            />
          );
        })}
      </ul>
    </nav>
  );
}

/** New rows push in at the top; who reads further down keeps the rows where they are. */
function useSteadyScroll(pane: React.RefObject<HTMLElement | null>, ids: string[]): void {
  const before = useRef(ids);
  useLayoutEffect(() => {
    const element = pane.current;
    const known = before.current;
    before.current = ids;
    if (!element || element.scrollTop === 0 || known === ids) return;
    const height = rowHeight();
    const topRow = known[Math.floor(element.scrollTop / height)];
    const moved = topRow === undefined ? -1 : ids.indexOf(topRow) - known.indexOf(topRow);
    // Only rows that came in above are made up for; the top row itself may have moved to the top because it has news.
    if (moved > 0) element.scrollTop += moved * height;
  });
}

/** The open conversation is brought into view when it is opened, and kept there when an answer moves it; not when news do. */
function useRowInView(
  pane: React.RefObject<HTMLElement | null>,
  index: number,
  openId: string | null,
  answered: boolean,
): void {
  const before = useRef({ openId: null as string | null, index: -1 });
  useLayoutEffect(() => {
    const element = pane.current;
    const known = before.current;
    before.current = { openId, index };
    if (!element || index < 0) return;
    const height = rowHeight();
    if (known.openId === openId) {
      // The rows above have made way by one meanwhile.
      const wasInSight =
        known.index * height > element.scrollTop - 2 * height &&
        known.index * height < element.scrollTop + element.clientHeight;
      if (!answered || index >= known.index || !wasInSight) return;
    }
    const top = index * height;
    if (top < element.scrollTop) element.scrollTop = top;
    const below = top + height + 12 - element.clientHeight;
    if (below > element.scrollTop) element.scrollTop = below;
  }, [pane, index, openId, answered]);
}

/** Loads the next page before the end comes into view. */
function useEndlessRows(
  pane: React.RefObject<HTMLElement | null>,
  count: number,
  next: string | null,
  load: () => Promise<void>,
): void {
  const loading = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks again when rows came
  useEffect(() => {
    const element = pane.current;
    if (!element || next === null) return;
    const look = () => {
      if (loading.current || element.scrollHeight - element.scrollTop - element.clientHeight > AHEAD) return;
      loading.current = true;
      // A page that did not come is asked for again by the next scroll.
      load()
        .catch(() => undefined)
        .finally(() => {
          loading.current = false;
        });
    };
    look();
    element.addEventListener("scroll", look, { passive: true });
    return () => element.removeEventListener("scroll", look);
  }, [pane, count, next]);
}
