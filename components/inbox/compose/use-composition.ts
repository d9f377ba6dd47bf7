"use client";

import { useSyncExternalStore } from "react";
import { useInbox } from "../inbox-context";
import type { Composition } from "./compositions";

/** What is being put together for a conversation beside its text. */
export function useComposition(conversationId: string): Composition {
  const { compositions } = useInbox().inbox;
  const read = () => compositions.get(conversationId);
  return useSyncExternalStore(compositions.subscribe, read, read);
}
