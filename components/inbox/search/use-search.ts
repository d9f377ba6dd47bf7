"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { api } from "../api";
import { useInbox } from "../inbox-context";
import { Search, type SearchState } from "./search";

/** A search over all conversations, or within one; kept true while the inbox changes. */
export function useSearch(conversationId: string | null): { search: Search; state: SearchState } {
  const { inbox } = useInbox();
  const [search] = useState(
    () => new Search((question, options) => api.search(question, { conversationId, ...options })),
  );
  const state = useSyncExternalStore(
    search.subscribe,
    () => search.current,
    () => search.current,
  );
  useEffect(() => {
    const stopHearing = inbox.hear((changes) => search.apply(changes));
    return () => {
      stopHearing();
      search.stop();
    };
  }, [inbox, search]);
  return { search, state };
}
