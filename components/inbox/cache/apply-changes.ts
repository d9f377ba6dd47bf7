import type { QueryClient } from "@tanstack/react-query";
import type { Changes, ChannelRow } from "@/lib/inbox/types";
import { applyToList, type ConversationList } from "./conversation-list";
import { channelsKey, listKey, threadKey, threadsKey } from "./keys";
import { applyToThread, type Thread } from "./thread";

/** Brings everything this tab has loaded up to date; rows of what is not loaded are left to its first reading. */
export function applyChanges(client: QueryClient, changes: Changes): void {
  client.setQueryData<ConversationList>(listKey, (list) => list && applyToList(list, changes));
  client.setQueriesData<Thread>({ queryKey: threadsKey }, (thread) => thread && applyToThread(thread, changes));
  for (const id of changes.erased) client.removeQueries({ queryKey: threadKey(id) });
  if (changes.channels.length > 0) {
    client.setQueryData<ChannelRow[]>(
      channelsKey,
      (channels) => channels && applyToChannels(channels, changes.channels),
    );
  }
}

/** Rows as they are now, in their places; new ones at the end. */
export function applyToChannels(channels: ChannelRow[], incoming: ChannelRow[]): ChannelRow[] {
  const rows = new Map(channels.map((row) => [row.id, row]));
  for (const row of incoming) rows.set(row.id, row);
  return [...rows.values()];
}
