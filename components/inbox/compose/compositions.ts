import { MAX_IMAGES } from "@/lib/inbox/send-limits";
import type { Quote } from "@/lib/inbox/types";
import { newMessageId } from "../outbox/message-id";
import { checkFile } from "./check-file";
import type { CompositionStore, KeptComposition } from "./composition-store";
import type { Media, OutgoingFile } from "./outgoing-files";
import { type FileState, type Upload, UploadQueue, type UploadTask } from "./upload-queue";

/** As many as Instagram takes pictures in one message. */
const MAX_FILES = MAX_IMAGES;

export type AttachedFile = {
  key: string;
  name: string;
  bytes: number;
  media: Media;
  /** An address that works in this tab alone; null where this browser does not have the file any more. */
  previewUrl: string | null;
  state: FileState;
};

/** The message that the reply answers. */
export type Quoted = Quote & { messageId: string };

/** What goes out with the text being written. */
export type Composition = {
  files: AttachedFile[];
  quote: Quoted | null;
  quickReplies: string[];
  problem: string | null;
};

const EMPTY: Composition = { files: [], quote: null, quickReplies: [], problem: null };

/**
 * What is being put together for each conversation beside its text. Files go up at once, and on while another
 * conversation is open; a reload finds them again.
 */
export class Compositions {
  private readonly queue: UploadQueue;
  private readonly store: CompositionStore;
  private readonly known = new Map<string, Composition>();
  private readonly listeners = new Set<() => void>();
  private readonly sources = new Map<string, File>();
  /** What the store was last told, for each conversation. */
  private readonly kept = new Map<string, string>();

  constructor(upload: Upload, store: CompositionStore) {
    this.queue = new UploadQueue(upload, (task, state, media) => this.setState(task, state, media));
    this.store = store;
  }

  /** Takes up what a page before this one left behind; what had not gone up yet goes up now. */
  async restore(): Promise<void> {
    const { kept, sources } = await this.store.load();
    for (const { conversationId, files, quickReplies } of kept) {
      if (this.known.has(conversationId)) continue;
      const tasks: UploadTask[] = [];
      const restored = files.flatMap(({ uploadId, ...file }): AttachedFile[] => {
        const source = sources.get(file.key);
        if (source) this.sources.set(file.key, source);
        const previewUrl = source ? URL.createObjectURL(source) : null;
        if (uploadId !== null) return [{ ...file, previewUrl, state: { is: "ready", uploadId } }];
        if (!source) return [];
        tasks.push({ conversationId, key: file.key, file: source });
        return [{ ...file, previewUrl, state: { is: "waiting" } }];
      });
      this.change(conversationId, () => ({ files: restored, quickReplies }));
      this.queue.add(tasks);
    }
  }

  get(conversationId: string): Composition {
    return this.known.get(conversationId) ?? EMPTY;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Attaches files and sends them up; what cannot go is said in `problem`. */
  attach(conversationId: string, files: File[]): void {
    const problems: string[] = [];
    const added: AttachedFile[] = [];
    const tasks: UploadTask[] = [];
    const room = MAX_FILES - this.get(conversationId).files.length;
    for (const file of files) {
      const checked = checkFile(file);
      if ("problem" in checked) problems.push(`${file.name}: ${checked.problem}`);
      else if (added.length >= room) {
        problems.push(`${MAX_FILES} files go in one message. Send these first, then attach the others.`);
        break;
      } else {
        const key = newMessageId();
        this.sources.set(key, file);
        tasks.push({ conversationId, key, file });
        const { name, size: bytes } = file;
        const previewUrl = URL.createObjectURL(file);
        added.push({ key, name, bytes, media: checked.media, previewUrl, state: { is: "waiting" } });
      }
    }
    this.change(conversationId, ({ files: before }) => ({
      files: [...before, ...added],
      problem: problems.length > 0 ? problems.join(" ") : null,
    }));
    this.queue.add(tasks);
  }

  /** Cancels what is still going up and takes the file out. */
  detach(conversationId: string, key: string): void {
    const file = this.get(conversationId).files.find((candidate) => candidate.key === key);
    if (file?.previewUrl) URL.revokeObjectURL(file.previewUrl);
    this.queue.cancel(key);
    this.sources.delete(key);
    this.change(conversationId, ({ files }) => ({ files: files.filter((other) => other.key !== key), problem: null }));
  }

  tryAgain(conversationId: string, key: string): void {
    const file = this.sources.get(key);
    if (!file) return;
    const task = { conversationId, key, file };
    this.setState(task, { is: "waiting" });
    this.queue.add([task]);
  }

  quote(conversationId: string, quote: Quoted | null): void {
    this.change(conversationId, () => ({ quote }));
  }

  /** A message that was unsent is quoted no more. */
  forgetQuote(conversationId: string, messageId: string): void {
    if (this.get(conversationId).quote?.messageId === messageId) this.quote(conversationId, null);
  }

  offer(conversationId: string, quickReplies: string[]): void {
    this.change(conversationId, () => ({ quickReplies }));
  }

  /** Hands over what is put together and begins anew. */
  finish(conversationId: string): Composition {
    const done = this.get(conversationId);
    for (const { key } of done.files) this.sources.delete(key);
    this.change(conversationId, () => EMPTY);
    return done;
  }

  /** Puts back what was sent and refused. */
  putBack(conversationId: string, sent: Pick<Composition, "quote" | "quickReplies"> & { files: OutgoingFile[] }): void {
    const files = sent.files.map(
      ({ uploadId, ...file }): AttachedFile => ({
        ...file,
        key: newMessageId(),
        previewUrl: null,
        state: { is: "ready", uploadId },
      }),
    );
    this.change(conversationId, (now) => ({
      files: [...files, ...now.files].slice(0, MAX_FILES),
      quote: now.quote ?? sent.quote,
      quickReplies: now.quickReplies.length > 0 ? now.quickReplies : sent.quickReplies,
    }));
  }

  /** Whether leaving the page would lose a file: this browser does not keep it. */
  get wouldLoseFiles(): boolean {
    return !this.store.keeps() && [...this.known.values()].some(({ files }) => files.length > 0);
  }

  private setState({ conversationId, key }: UploadTask, state: FileState, media?: Media): void {
    this.change(conversationId, ({ files }) => ({
      files: files.map((file) => (file.key === key ? { ...file, media: media ?? file.media, state } : file)),
    }));
  }

  private change(conversationId: string, to: (now: Composition) => Partial<Composition>): void {
    const now = this.get(conversationId);
    const changed = { ...now, ...to(now) };
    this.known.set(conversationId, changed);
    this.keep(conversationId, changed);
    for (const listener of this.listeners) listener();
  }

  /** Not the quote: its words may be unsent while nobody looks. */
  private keep(conversationId: string, { files, quickReplies }: Composition): void {
    const kept: KeptComposition = {
      conversationId,
      files: files.map(({ key, name, bytes, media, state }) => ({
        key,
        name,
        bytes,
        media,
        uploadId: state.is === "ready" ? state.uploadId : null,
      })),
      quickReplies,
    };
    const before = this.kept.get(conversationId) ?? JSON.stringify({ conversationId, files: [], quickReplies: [] });
    const after = JSON.stringify(kept);
    if (after === before) return;
    this.kept.set(conversationId, after);
    this.store.save(kept, (key) => this.sources.get(key));
  }
}
