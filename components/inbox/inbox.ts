import type { QueryClient } from "@tanstack/react-query";
import type { OutgoingPart } from "@/lib/inbox/outgoing-part";
import type { Changes, Post } from "@/lib/inbox/types";
import { api, goToSignIn, Refusal } from "./api";
import { LiveRows, type RowsStart } from "./cache/live-rows";
import type { RowPages } from "./cache/row-pages";
import { lastArrival } from "./cache/thread";
import { askBeforeLeaving } from "./compose/ask-before-leaving";
import { compositionStore } from "./compose/composition-store";
import { Compositions } from "./compose/compositions";
import { FormDrafts } from "./compose/form-drafts";
import { LocalPreviews } from "./compose/local-previews";
import { mediaGroups, type OutgoingFile, replyParts } from "./compose/outgoing-files";
import { TypingSignal } from "./compose/typing-signal";
import { uploadFile } from "./compose/upload-file";
import { Connection } from "./connection";
import { forgetFirstPaint } from "./forget-first-paint";
import type { Arrivals } from "./live/arrivals";
import { pause } from "./live/pause";
import { shareStream } from "./live/share-stream";
import { newMessageId } from "./outbox/message-id";
import { Outbox, type OutboxEntry } from "./outbox/outbox";
import { outboxStore } from "./outbox/outbox-store";
import { Drafts } from "./reply/drafts";
import { Sought } from "./search/sought";
import { ServerClock } from "./server-clock";
import { Revealed } from "./thread/revealed";

export type Viewer = { id: string; workspaceId: string; name: string; canConnect: boolean };

/** What the server read for the first paint. */
export type InboxStart = RowsStart & {
  viewer: Viewer;
  serverNow: number;
  /** Where the customers of a demo are played; null where they are real. */
  phoneUrl: string | null;
};

/** One tab's inbox: its copy of the rows, what is being written, and what it has on its way out. */
export class Inbox {
  readonly viewer: Viewer;
  readonly phoneUrl: string | null;
  readonly clock: ServerClock;
  readonly connection = new Connection();
  readonly outbox: Outbox;
  readonly drafts: Drafts;
  /** What goes out beside the text that is being written. */
  readonly compositions: Compositions;
  readonly forms: FormDrafts;
  readonly previews = new LocalPreviews();
  readonly typing = new TypingSignal(api.typing);
  /** Told of every arrival before it is on the screen. */
  onArrivals: (arrivals: Arrivals) => void = () => undefined;
  /** Told when the open conversation was erased. */
  onErased: () => void = () => undefined;
  /** The message that the reader was brought to. */
  readonly revealed = new Revealed();
  readonly sought = new Sought();
  private readonly rows: LiveRows;
  private readonly reported = new Set<string>();
  private readonly hearers = new Set<(changes: Changes) => void>();

  constructor(start: InboxStart) {
    this.viewer = start.viewer;
    this.phoneUrl = start.phoneUrl;
    this.clock = new ServerClock(start.serverNow);
    this.drafts = new Drafts(start.viewer.id);
    this.forms = new FormDrafts(start.viewer.id);
    this.compositions = new Compositions(uploadFile, compositionStore(start.viewer.id));
    this.rows = new LiveRows(start, {
      onArrivals: (arrivals) => this.onArrivals(arrivals),
      onChanges: (changes) => this.settle(changes),
      onErased: (id) => this.forget(id),
    });
    this.outbox = new Outbox({
      store: outboxStore(start.viewer.id),
      post: async ({ conversationId, id, parts, quote, readThrough }) => {
        const message = {
          id,
          parts,
          ...(quote && { replyTo: quote.messageId }),
          ...(readThrough !== undefined && { readThrough }),
        };
        return (await api.send(conversationId, message)).messages;
      },
      refusalOf: (error) =>
        error instanceof Refusal && error.status !== 401 ? { code: error.code, text: error.message } : null,
      onSent: (messages) => this.rows.put({ messages }),
      pause,
    });
  }

  /** Where the rows are kept. */
  get client(): QueryClient {
    return this.rows.client;
  }

  get pages(): RowPages {
    return this.rows.pages;
  }

  /** Begins to live; only in a browser. @returns stop */
  start(): () => void {
    const stopClock = this.clock.start();
    this.outbox.restore();
    void this.compositions.restore();
    const stopAsking = askBeforeLeaving(() => this.compositions.wouldLoseFiles);
    this.connection.report(false);
    const stopStream = shareStream({
      name: `replydesk:live:${this.viewer.workspaceId}:${this.viewer.id}`,
      cursor: this.rows.cursor,
      onLive: (live) => {
        this.connection.report(live);
        if (live) void this.setClock();
      },
      onSignedOut: goToSignIn,
    });
    return () => {
      stopStream();
      stopAsking();
      stopClock();
    };
  }

  /** Puts a reply on its way with what is attached to it; its bubble is there at once. */
  send(conversationId: string, text: string): void {
    const id = newMessageId();
    const { files, quote, quickReplies } = this.compositions.finish(conversationId);
    const ready = files.flatMap(({ state, ...file }) =>
      state.is === "ready" ? [{ ...file, uploadId: state.uploadId }] : [],
    );
    this.previews.keep(
      id,
      mediaGroups(ready).map((group) => group.map(({ previewUrl }) => ({ url: previewUrl }))),
    );
    const kept = ready.map(({ uploadId, media, name, bytes }): OutgoingFile => ({ uploadId, media, name, bytes }));
    const parts = replyParts(text, kept, quickReplies);
    this.post({ id, conversationId, text, parts, files: kept, quote });
  }

  /** Sends something that is no text: a heart, buttons, cards. What is being written stays. */
  sendForm(conversationId: string, part: OutgoingPart): void {
    this.post({ id: newMessageId(), conversationId, text: "", parts: [part], files: [], quote: null });
  }

  /** Sends a post of the brand; until Instagram passes it back, its bubble shows what the picker showed. */
  sendPost(conversationId: string, { id: postId, pictureUrl, caption, permalink }: Post): void {
    const id = newMessageId();
    this.previews.keep(id, [[{ url: pictureUrl, title: caption, permalink }]]);
    this.post({ id, conversationId, text: "", parts: [{ type: "post", postId }], files: [], quote: null });
  }

  /** What is on the screen has been read by whoever answers it; what comes while the answer is on its way has not. */
  private post(entry: Omit<OutboxEntry, "readThrough" | "writtenAt" | "refusal">): void {
    const messages = this.rows.thread(entry.conversationId)?.messages ?? [];
    this.outbox.send({ ...entry, readThrough: lastArrival(messages), writtenAt: this.clock.now() });
  }

  /** The brand's heart on a message, or taken back. */
  async react(messageId: string, emoji: string | null): Promise<void> {
    this.rows.put({ messages: [await api.react(messageId, emoji)] });
  }

  /** The people of the desk answer from now on. */
  async takeOver(conversationId: string): Promise<void> {
    this.rows.put({ conversations: [await api.takeOver(conversationId)] });
  }

  /** The program that would have got it answers again. */
  async handBack(conversationId: string): Promise<void> {
    this.rows.put({ conversations: [await api.handBack(conversationId)] });
  }

  /** Sends again what the server knows as failed or unconfirmed. */
  async retry(messageId: string): Promise<void> {
    this.rows.put({ messages: [await api.retry(messageId)] });
  }

  /** Takes a refused message back into the reply box, before whatever is being written there. */
  takeBack(id: string, conversationId: string): void {
    const entry = this.outbox.remove(id);
    if (entry === null) return;
    const draft = this.drafts.get(conversationId);
    this.drafts.set(conversationId, [entry.text, draft].filter((text) => text !== "").join("\n"));
    const quickReplies = entry.parts.flatMap((part) => (part.type === "text" ? (part.quickReplies ?? []) : []));
    this.compositions.putBack(conversationId, { ...entry, quickReplies: quickReplies.map(({ title }) => title) });
  }

  /** The conversation on the screen. */
  show(id: string | null): void {
    this.rows.show(id);
  }

  /** Brings one message of a conversation before the reader. @throws Refusal when it is not there any more */
  async reveal(id: string, messageId: string, { focus = true } = {}): Promise<void> {
    await this.rows.bring(id, messageId);
    this.revealed.set({ conversationId: id, messageId, focus });
  }

  /** Tells the server, once per message, that a story's media does not load any more. */
  reportStoryGone(messageId: string): void {
    if (this.reported.has(messageId)) return;
    this.reported.add(messageId);
    // Without an answer the placeholder stands all the same, and the next browser to look reports it.
    api.storyGone(messageId).catch(() => this.reported.delete(messageId));
  }

  /** Tells the server, once per message, that its media does not load, or never came back. */
  reportMediaGone(messageId: string): void {
    if (this.reported.has(messageId)) return;
    this.reported.add(messageId);
    // Without an answer the placeholder stands all the same.
    api.mediaGone(messageId).catch(() => undefined);
  }

  /** Tells of every change of rows, from the stream or from what this tab did. @returns stop */
  hear(hearer: (changes: Changes) => void): () => void {
    this.hearers.add(hearer);
    return () => this.hearers.delete(hearer);
  }

  private settle(changes: Changes): void {
    for (const hear of this.hearers) hear(changes);
    for (const { id, conversationId, unsent } of changes.messages) {
      // The stream may be quicker than the answer to the post.
      this.outbox.remove(id);
      if (unsent) this.compositions.forgetQuote(conversationId, id);
    }
  }

  /** A conversation was erased: nothing of it stays in this browser, and nobody looks at it any more. */
  private forget(id: string): void {
    for (const entry of this.outbox.all) if (entry.conversationId === id) this.outbox.remove(entry.id);
    this.compositions.finish(id);
    this.drafts.set(id, "");
    forgetFirstPaint(id);
    this.forms.discard(id);
    if (this.rows.isShown(id)) this.onErased();
  }

  private async setClock(): Promise<void> {
    const askedAt = Date.now();
    // Without an answer the clock of the first paint goes on; the next connection asks again.
    const me = await api.me().catch(() => null);
    if (!me) return;
    // Somebody else has signed in in another tab: this page is not theirs.
    if (me.member.id !== this.viewer.id) return location.reload();
    this.clock.set(me.serverNow, askedAt, Date.now());
  }
}
