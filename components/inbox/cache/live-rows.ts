import { QueryClient } from "@tanstack/react-query";
import type { Changes, ChannelRow, ConversationPage, ThreadPage } from "@/lib/inbox/types";
import { api, Refusal } from "../api";
import { type Arrivals, arrivalsIn } from "../live/arrivals";
import { LiveCursor } from "../live/live-cursor";
import { pause } from "../live/pause";
import { applyChanges } from "./apply-changes";
import { type ConversationList, listOfPage } from "./conversation-list";
import { channelsKey, listKey, threadKey, threadsKey } from "./keys";
import { RowPages } from "./row-pages";
import { type Thread, threadAtRest, threadOfPage } from "./thread";

/** What the server read of the rows for the first paint. */
export type RowsStart = {
  channels: { sequence: number; channels: ChannelRow[] };
  list: ConversationPage;
  thread: ThreadPage | null;
};

type LiveRowsOptions = {
  /** Told of what has arrived by the stream, before it is on the screen. */
  onArrivals: (arrivals: Arrivals) => void;
  /** Told of every change of rows, from the stream or from what this tab did. */
  onChanges: (changes: Changes) => void;
  /** Told of a conversation that is not there any more. */
  onErased: (id: string) => void;
};

/** One tab's copy of channels, conversations and messages, kept equal to the database. */
export class LiveRows {
  readonly client = new QueryClient({
    // Rows are kept up to date by the stream; nothing here is ever asked for again just because time has passed.
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 30 * 60_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (failures, error) => !(error instanceof Refusal) && failures < 5,
      },
    },
  });
  readonly cursor: LiveCursor;
  readonly pages: RowPages;
  private readonly options: LiveRowsOptions;
  private shown: string | null = null;

  constructor(start: RowsStart, options: LiveRowsOptions) {
    this.options = options;
    this.client.setQueryData<ConversationList>(listKey, listOfPage(start.list));
    this.client.setQueryData<ChannelRow[]>(channelsKey, start.channels.channels);
    if (start.thread) {
      this.client.setQueryData<Thread>(threadKey(start.thread.conversation.id), threadOfPage(start.thread));
    }
    this.cursor = new LiveCursor({
      start: Math.min(start.channels.sequence, start.list.sequence, start.thread?.sequence ?? start.list.sequence),
      read: api.changes,
      apply: (changes) => this.receive(changes),
      resync: () => this.resync(),
      pause: () => pause(2),
    });
    this.pages = new RowPages(this.client, this.cursor);
  }

  thread(id: string): Thread | undefined {
    return this.client.getQueryData<Thread>(threadKey(id));
  }

  /** The conversation on the screen; of the one before only its end is kept. */
  show(id: string | null): void {
    const left = this.shown;
    this.shown = id;
    if (left === null || left === id) return;
    const thread = this.thread(left);
    const rest = thread && threadAtRest(thread);
    if (rest) this.client.setQueryData<Thread>(threadKey(left), rest);
    else this.client.removeQueries({ queryKey: threadKey(left) });
  }

  isShown(id: string): boolean {
    return this.shown === id;
  }

  /** Loads the surroundings of a message that is not loaded. @throws Refusal when it is not there any more */
  async bring(id: string, messageId: string): Promise<void> {
    if (this.thread(id)?.messages.some((message) => message.id === messageId)) return;
    const around = await this.pages.readThread(id, { around: messageId });
    // The newest messages may be on their way for the same conversation; they must not come after these.
    await this.client.cancelQueries({ queryKey: threadKey(id) });
    this.client.setQueryData<Thread>(threadKey(id), around);
  }

  /** Rows as the server has answered them to this tab. */
  put(rows: Partial<Changes>): void {
    this.apply({
      after: 0,
      through: 0,
      resync: false,
      conversations: [],
      messages: [],
      contacts: [],
      channels: [],
      removed: [],
      erased: [],
      unread: null,
      ...rows,
    });
  }

  private receive(changes: Changes): void {
    const open = this.shown === null ? undefined : this.thread(this.shown);
    this.options.onArrivals(arrivalsIn(changes, { list: this.client.getQueryData(listKey), open }));
    this.apply(changes);
  }

  private apply(changes: Changes): void {
    applyChanges(this.client, changes);
    this.options.onChanges(changes);
    for (const id of changes.erased) this.forget(id);
  }

  private forget(id: string): void {
    this.client.removeQueries({ queryKey: threadKey(id) });
    this.options.onErased(id);
  }

  private async resync(): Promise<void> {
    const loaded = this.client.getQueryData<ConversationList>(listKey)?.rows.length ?? 0;
    const threads = this.client.getQueryCache().findAll({ queryKey: threadsKey });
    const shown = threads.filter((query) => query.isActive());
    for (const query of threads) if (!query.isActive()) this.client.removeQueries({ queryKey: query.queryKey });
    this.client.setQueryData(channelsKey, (await api.channels()).channels);
    this.client.setQueryData(listKey, await this.pages.readList(loaded));
    for (const query of shown) {
      const thread = query.state.data as Thread | undefined;
      if (!thread) continue;
      const { id } = thread.conversation;
      const again = await this.pages.readAgain(thread).catch((error) => {
        if (error instanceof Refusal && error.status === 404) return null;
        throw error;
      });
      if (again) this.client.setQueryData(threadKey(id), again);
      else this.forget(id);
    }
  }
}
