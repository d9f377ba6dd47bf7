"use client";

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/** Whoever is this near to the end, px, is at the end. */
const AT_END = 100;
/** More is brought in while this much is still ahead, px. */
const AHEAD = 1000;

type ThreadScrollOptions = {
  /** Changes whenever other messages stand in the list. */
  content: unknown;
  /** False while newer messages are left out of the page. */
  complete: boolean;
  /** The reader nears the oldest message in the page. */
  onNearStart: () => void;
  /** The reader nears the newest message in the page. */
  onNearEnd: () => void;
};

export type ThreadScroll = {
  pane: RefObject<HTMLDivElement | null>;
  list: RefObject<HTMLOListElement | null>;
  atEnd: boolean;
  /** Far enough up to want a way back. */
  farFromEnd: boolean;
  toEnd: (glide: boolean) => void;
  /** Puts a message into the middle of the pane. */
  reveal: (element: HTMLElement) => void;
};

/**
 * Keeps the reader where they are whatever comes, grows or goes around them: at the end they follow new messages,
 * anywhere else the message at the top of the pane stays at its place.
 */
export function useThreadScroll({ content, complete, onNearStart, onNearEnd }: ThreadScrollOptions): ThreadScroll {
  const pane = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const follows = useRef(true);
  const anchor = useRef<{ element: Element; top: number } | null>(null);
  const lastTop = useRef(0);
  const [atEnd, setAtEnd] = useState(true);
  const [farFromEnd, setFarFromEnd] = useState(false);
  const near = useRef({ complete, onNearStart, onNearEnd });
  near.current = { complete, onNearStart, onNearEnd };

  /** Notes where the reader is. */
  const look = useCallback(() => {
    const element = pane.current;
    if (!element) return;
    const below = element.scrollHeight - element.scrollTop - element.clientHeight;
    const end = near.current.complete && below < AT_END;
    // Only the reader's own way up ends the following; content that grew has not moved them.
    if (end) follows.current = true;
    else if (element.scrollTop < lastTop.current - 1 || !near.current.complete) follows.current = false;
    lastTop.current = element.scrollTop;
    setAtEnd(follows.current);
    setFarFromEnd(!follows.current && (below > element.clientHeight || !near.current.complete));
    anchor.current = anchorOf(element, list.current);
    if (element.scrollTop < AHEAD) near.current.onNearStart();
    if (below < AHEAD && !near.current.complete) near.current.onNearEnd();
  }, []);

  /** Puts the reader back there. */
  const hold = useCallback(() => {
    const element = pane.current;
    if (!element) return;
    if (follows.current && near.current.complete) {
      element.scrollTop = element.scrollHeight;
    } else if (anchor.current?.element.isConnected) {
      const moved = anchor.current.element.getBoundingClientRect().top - element.getBoundingClientRect().top;
      element.scrollTop += moved - anchor.current.top;
    }
    look();
  }, [look]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: holds the reader's place when other messages stand there
  useLayoutEffect(hold, [hold, content]);

  useEffect(() => {
    const element = pane.current;
    if (!element || !list.current) return;
    element.addEventListener("scroll", look, { passive: true });
    // Pictures that load, a reply box that grows: both change how much of the conversation is seen.
    const sizes = new ResizeObserver(hold);
    sizes.observe(element);
    sizes.observe(list.current);
    return () => {
      element.removeEventListener("scroll", look);
      sizes.disconnect();
    };
  }, [look, hold]);

  const toEnd = useCallback((glide: boolean) => {
    const element = pane.current;
    if (!element) return;
    follows.current = true;
    setAtEnd(true);
    // While the newest messages are left out of the page, they are scrolled to once they stand in it.
    if (!near.current.complete) return;
    element.scrollTo({ top: element.scrollHeight, behavior: glide ? scrollBehavior() : "auto" });
  }, []);

  const reveal = useCallback(
    (element: HTMLElement) => {
      follows.current = false;
      element.scrollIntoView({ block: "center" });
      look();
    },
    [look],
  );

  return { pane, list, atEnd, farFromEnd, toEnd, reveal };
}

/** The first message that is seen, and how far below the top of the pane it stands. */
function anchorOf(pane: Element, list: Element | null): { element: Element; top: number } | null {
  const top = pane.getBoundingClientRect().top;
  const children = list?.children ?? [];
  let low = 0;
  let high = children.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const child = children[middle];
    if (child && child.getBoundingClientRect().bottom <= top) low = middle + 1;
    else high = middle;
  }
  const element = children[low];
  return element ? { element, top: element.getBoundingClientRect().top - top } : null;
}

function scrollBehavior(): ScrollBehavior {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}
