"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import { createContext, useContext, useMemo, useSyncExternalStore } from "react";
import type { ChannelRow } from "@/lib/inbox/types";
import type { ConversationList } from "./cache/conversation-list";
import { channelsKey, listKey, threadKey } from "./cache/keys";
import type { Thread } from "./cache/thread";
import type { Inbox } from "./inbox";
import type { OutboxEntry } from "./outbox/outbox";

export type InboxView = {
  inbox: Inbox;
  /** Shows a conversation. @param focusReply puts the cursor into the reply box, as after opening by keyboard */
  open: (id: string, focusReply?: boolean) => void;
  close: () => void;
  /** IANA name of the reader's time zone. */
  zone: string;
};

export const InboxContext = createContext<InboxView | null>(null);

/** Apart from the rest, so that a switch of conversations renders only what depends on it. */
export const OpenConversationContext = createContext<string | null>(null);

export function useInbox(): InboxView {
  const view = useContext(InboxContext);
  if (!view) throw new Error("This part of the screen belongs inside the inbox.");
  return view;
}

/** The conversation on the screen; the address bar is the truth. */
export function useOpenId(): string | null {
  return useContext(OpenConversationContext);
}

/** The server's time as the screen shows it, ms; moves once a minute. */
export function useNow(): number {
  const { clock } = useInbox().inbox;
  return useSyncExternalStore(
    clock.subscribe,
    () => clock.minute,
    () => clock.minute,
  );
}

export function useConversations(): ConversationList {
  const { inbox } = useInbox();
  const { data } = useQuery<ConversationList>({
    queryKey: listKey,
    queryFn: () => Promise.reject(new Error("The list is always there.")),
    enabled: false,
  });
  return data ?? inbox.client.getQueryData<ConversationList>(listKey) ?? { rows: [], next: null, unread: 0 };
}

export function useChannels(): ChannelRow[] {
  const { data } = useQuery<ChannelRow[]>({
    queryKey: channelsKey,
    queryFn: () => Promise.reject(new Error("The channels are always there.")),
    enabled: false,
  });
  return data ?? [];
}

export function useThread(id: string) {
  const { inbox } = useInbox();
  return useQuery<Thread>({ queryKey: threadKey(id), queryFn: () => inbox.pages.readThread(id) });
}

/** What is loaded of a conversation at this moment; asks for nothing. */
export function useLoadedThread(id: string | null): Thread | undefined {
  return useQuery<Thread>({ queryKey: threadKey(id ?? ""), queryFn: skipToken }).data;
}

/** What this browser has on its way to a conversation. */
export function useOutbox(conversationId: string): OutboxEntry[] {
  const { outbox } = useInbox().inbox;
  const all = useSyncExternalStore(
    outbox.subscribe,
    () => outbox.all,
    () => outbox.all,
  );
  return useMemo(() => all.filter((entry) => entry.conversationId === conversationId), [all, conversationId]);
}

/** True once the screen has been cut off from the server for more than a moment. */
export function useConnectionLost(): boolean {
  const { connection } = useInbox().inbox;
  return useSyncExternalStore(
    connection.subscribe,
    () => connection.isLost,
    () => false,
  );
}

/** Whether the browser believes to have a network. */
export function useOnline(): boolean {
  return useSyncExternalStore(
    subscribeOnline,
    () => navigator.onLine,
    () => true,
  );
}

function subscribeOnline(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}
