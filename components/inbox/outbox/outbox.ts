import type { OutgoingPart } from "@/lib/inbox/outgoing-part";
import type { MessageRow } from "@/lib/inbox/types";
import type { Quoted } from "../compose/compositions";
import type { OutgoingFile } from "../compose/outgoing-files";

export type OutboxEntry = {
  id: string;
  conversationId: string;
  /** As it was written; goes back into the reply box when it is taken back. */
  text: string;
  /** What is sent, the text among it. */
  parts: OutgoingPart[];
  /** The uploads that `parts` names. */
  files: OutgoingFile[];
  /** The message that it answers. */
  quote: Quoted | null;
  /** The last arrival that was on the screen; left out by an earlier version of the product. */
  readThrough?: number;
  /** By the server's clock, ms. */
  writtenAt: number;
  /** Why the server refused it, in words; null while it waits for an answer. */
  refusal: { code: string; text: string } | null;
};

export type OutboxStore = {
  load: () => OutboxEntry[];
  save: (entry: OutboxEntry) => void;
  forget: (id: string) => void;
};

type OutboxOptions = {
  store: OutboxStore;
  post: (entry: OutboxEntry) => Promise<MessageRow[]>;
  /** The words of a final no; null when no answer came and the same may be tried again. */
  refusalOf: (error: unknown) => { code: string; text: string } | null;
  /** The server has it: from now on its own rows are the message. */
  onSent: (rows: MessageRow[]) => void;
  /** Waits before the next try; ends early when the connection comes back. */
  pause: (attempt: number) => Promise<void>;
};

/**
 * What this browser has sent and the server has not answered yet. Posts one message at a time per conversation, in
 * the order of the clicks, always under its first id, and keeps each until the server has answered.
 */
export class Outbox {
  private entries: OutboxEntry[];
  private readonly options: OutboxOptions;
  private readonly posting = new Set<string>();
  private readonly listeners = new Set<() => void>();

  constructor(options: OutboxOptions) {
    this.options = options;
    this.entries = [];
  }

  /** Takes up what a page before this one left behind. */
  restore(): void {
    const left = this.options.store.load().filter(({ id }) => !this.entries.some((entry) => entry.id === id));
    this.change([...left.sort((a, b) => a.writtenAt - b.writtenAt), ...this.entries]);
    for (const { conversationId } of left) void this.pump(conversationId);
  }

  /** Every entry, oldest first; the same array until something changes. */
  get all(): OutboxEntry[] {
    return this.entries;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  send(entry: Omit<OutboxEntry, "refusal">): void {
    const waiting = { ...entry, refusal: null };
    this.options.store.save(waiting);
    this.change([...this.entries, waiting]);
    void this.pump(entry.conversationId);
  }

  /** Posts a refused message once more, under the same id, after everything that waits. */
  retry(id: string): void {
    const entry = this.entries.find((candidate) => candidate.id === id);
    if (!entry?.refusal) return;
    const waiting = { ...entry, refusal: null };
    this.options.store.save(waiting);
    this.change([...this.entries.filter((candidate) => candidate.id !== id), waiting]);
    void this.pump(entry.conversationId);
  }

  /** Takes a message out: it was answered, or its writer took it back. @returns what it was */
  remove(id: string): OutboxEntry | null {
    const entry = this.entries.find((candidate) => candidate.id === id);
    if (!entry) return null;
    this.options.store.forget(id);
    this.change(this.entries.filter((candidate) => candidate.id !== id));
    return entry;
  }

  private async pump(conversationId: string): Promise<void> {
    if (this.posting.has(conversationId)) return;
    this.posting.add(conversationId);
    let attempt = 0;
    for (;;) {
      const entry = this.entries.find((candidate) => candidate.conversationId === conversationId && !candidate.refusal);
      if (!entry) break;
      try {
        const rows = await this.options.post(entry);
        this.options.onSent(rows);
        this.remove(entry.id);
        attempt = 0;
      } catch (error) {
        const refusal = this.options.refusalOf(error);
        if (refusal) {
          this.refuse(entry.id, refusal);
          attempt = 0;
        } else {
          attempt += 1;
          await this.options.pause(attempt);
        }
      }
    }
    this.posting.delete(conversationId);
  }

  private refuse(id: string, refusal: { code: string; text: string }): void {
    this.change(
      this.entries.map((entry) => {
        if (entry.id !== id) return entry;
        const refused = { ...entry, refusal };
        this.options.store.save(refused);
        return refused;
      }),
    );
  }

  private change(entries: OutboxEntry[]): void {
    this.entries = entries;
    for (const listener of this.listeners) listener();
  }
}
