import type { QueryClient } from "@tanstack/react-query";
import type { Changes, ThreadPage } from "@/lib/inbox/types";
import { api, Refusal } from "../api";
import type { LiveCursor } from "../live/live-cursor";
import { appendPage, applyToList, type ConversationList, listOfPage } from "./conversation-list";
import { listKey, threadKey } from "./keys";
import { appendPage as appendMessages, applyToThread, prependPage, type Thread, threadOfPage } from "./thread";

/** Reads pages of conversations and of the list, each brought up to what the stream has told meanwhile. */
export class RowPages {
  private readonly client: QueryClient;
  private readonly cursor: LiveCursor;

  constructor(client: QueryClient, cursor: LiveCursor) {
    this.client = client;
    this.cursor = cursor;
  }

  /** Reads the newest messages of a conversation, or those around one of them. */
  readonly readThread = async (
    id: string,
    { around, atLeast = 1 }: { around?: string; atLeast?: number } = {},
  ): Promise<Thread> => {
    for (;;) {
      const page = await api.thread(id, around === undefined ? null : { around });
      let thread = threadOfPage(page);
      while (thread.older && thread.messages.length < atLeast) {
        thread = prependPage(thread, await api.thread(id, { before: thread.older }));
      }
      const settled = await this.cursor.settle(page.sequence, (changes) => {
        thread = applyToThread(thread, changes);
      });
      if (settled) return thread;
    }
  };

  /** Loads a conversation that will probably be opened next. */
  prefetch(id: string): void {
    void this.client.prefetchQuery({ queryKey: threadKey(id), queryFn: () => this.readThread(id), retry: false });
  }

  /** Loads the page before the oldest loaded message. */
  async loadOlder(id: string): Promise<void> {
    const older = this.client.getQueryData<Thread>(threadKey(id))?.older;
    if (!older) return;
    await this.join(id, { before: older }, (thread, page) =>
      thread.older === older ? prependPage(thread, page) : null,
    );
  }

  /** Loads the page after the newest loaded message. */
  async loadNewer(id: string): Promise<void> {
    const thread = this.client.getQueryData<Thread>(threadKey(id));
    const last = thread?.messages.at(-1)?.id;
    if (!thread?.newer || last === undefined) return;
    await this.join(id, { after: last }, (known, page) =>
      known.newer && known.messages.at(-1)?.id === last ? appendMessages(known, page) : null,
    );
  }

  /** Goes back to the newest messages of a conversation. */
  async showNewest(id: string): Promise<void> {
    this.client.setQueryData<Thread>(threadKey(id), await this.readThread(id));
  }

  /** Loads the next page of the list. */
  async loadMore(): Promise<void> {
    const next = this.client.getQueryData<ConversationList>(listKey)?.next;
    if (!next) return;
    const page = await api.conversations(next);
    const missed: Changes[] = [];
    const settled = await this.cursor.settle(page.sequence, (changes) => missed.push(changes));
    if (!settled) return;
    this.client.setQueryData<ConversationList>(listKey, (list) =>
      list?.next === next ? missed.reduce(applyToList, appendPage(list, page)) : list,
    );
  }

  /** The same stretch of a conversation, read anew. */
  readAgain({ conversation: { id }, messages, newer }: Thread): Promise<Thread> {
    const middle = newer ? messages[messages.length >> 1] : undefined;
    if (!middle) return this.readThread(id, { atLeast: messages.length });
    return this.readThread(id, { around: middle.id }).catch((error) => {
      // The message in the middle of the screen is gone: the newest are there.
      if (error instanceof Refusal) return this.readThread(id);
      throw error;
    });
  }

  /** The list anew, as far as it was loaded. */
  async readList(atLeast: number): Promise<ConversationList> {
    for (;;) {
      const page = await api.conversations(null);
      let list = listOfPage(page);
      while (list.next && list.rows.length < atLeast) list = appendPage(list, await api.conversations(list.next));
      const settled = await this.cursor.settle(page.sequence, (changes) => {
        list = applyToList(list, changes);
      });
      if (settled) return list;
    }
  }

  /** @param join makes the thread with the page; null when it is another one by now */
  private async join(
    id: string,
    position: { before: string } | { after: string },
    join: (thread: Thread, page: ThreadPage) => Thread | null,
  ): Promise<void> {
    const page = await api.thread(id, position);
    const missed: Changes[] = [];
    const settled = await this.cursor.settle(page.sequence, (changes) => missed.push(changes));
    if (!settled) return;
    this.client.setQueryData<Thread>(threadKey(id), (thread) => {
      const joined = thread && join(thread, page);
      return joined ? missed.reduce(applyToThread, joined) : thread;
    });
  }
}
