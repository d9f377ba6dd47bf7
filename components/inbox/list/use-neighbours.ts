"use client";

import { useEffect } from "react";
import { useConversations, useInbox, useOpenId } from "../inbox-context";

type Neighbours = { next: string | null; previous: string | null };

/** The conversations before and after the open one; the next two and the previous one are loaded ahead. */
export function useNeighbours(): Neighbours {
  const { inbox } = useInbox();
  const openId = useOpenId();
  const { rows } = useConversations();
  const at = rows.findIndex((row) => row.id === openId);
  const idAt = (index: number) => (index < 0 ? null : (rows[index]?.id ?? null));
  const ahead = openId === null ? [] : [idAt(at + 1), idAt(at + 2), idAt(at - 1)];
  const wanted = ahead.filter((id) => id !== null).join(" ");
  useEffect(() => {
    if (!wanted) return;
    // After the open conversation, which must not share the network with guesses.
    const timer = setTimeout(() => {
      for (const id of wanted.split(" ")) inbox.pages.prefetch(id);
    }, 250);
    return () => clearTimeout(timer);
  }, [inbox, wanted]);
  return { next: idAt(openId === null ? 0 : at + 1), previous: idAt(openId === null ? 0 : at - 1) };
}
