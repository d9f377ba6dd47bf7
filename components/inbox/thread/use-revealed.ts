"use client";

import { useLayoutEffect, useRef, useSyncExternalStore } from "react";
import { useInbox } from "../inbox-context";

/**
 * Brings the reader to the message that a quote or a search result led to, as soon as it stands in the list.
 * @param content changes whenever other messages stand in the list
 * @returns the message, to mark it
 */
export function useRevealed(
  conversationId: string,
  content: unknown,
  reveal: (element: HTMLElement) => void,
): string | null {
  const { revealed } = useInbox().inbox;
  const current = useSyncExternalStore(
    revealed.subscribe,
    () => revealed.current,
    () => null,
  );
  const done = useRef<unknown>(null);
  const messageId = current?.conversationId === conversationId ? current.messageId : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks again when other messages stand there
  useLayoutEffect(() => {
    if (messageId === null || done.current === current) return;
    const element = document.querySelector<HTMLElement>(`[data-message="${CSS.escape(messageId)}"]`);
    if (!element) return;
    done.current = current;
    reveal(element);
    if (current?.focus) element.focus({ preventScroll: true });
  }, [messageId, current, content, reveal]);
  return messageId;
}
