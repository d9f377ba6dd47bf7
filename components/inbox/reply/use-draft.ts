"use client";

import { useSyncExternalStore } from "react";
import { useInbox } from "../inbox-context";

/** The text being written to a conversation, and how to change it. */
export function useDraft(conversationId: string): [string, (text: string) => void] {
  const { drafts } = useInbox().inbox;
  const text = useSyncExternalStore(
    drafts.subscribe,
    () => drafts.get(conversationId),
    () => "",
  );
  return [text, (next) => drafts.set(conversationId, next)];
}
