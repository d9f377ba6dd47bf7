import type { Quote } from "@/lib/inbox/types";
import { checkFile } from "./check-file";
import type { Media, OutgoingFile } from "./outgoing-files";

/** Instagram takes ten pictures in one message. */
export const MAX_FILES = 10;
/** The browser keeps few connections to one address; sending must not wait for files. */
const UPLOADS_AT_ONCE = 2;

export type FileState =
  | { is: "waiting" }
  | { is: "uploading"; share: number }
  | { is: "ready"; uploadId: string }
  | { is: "failed"; words: string; again: boolean };

export type AttachedFile = {
  key: string;
  name: string;
  bytes: number;
  media: Media;
  /** An address that works in this tab alone; null after a reload. */
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

type Upload = (
  conversationId: string,
  file: File,
  options: { onProgress: (share: number) => void; signal: AbortSignal },
) => Promise<OutgoingFile>;

/** What is being put together for each conversation beside its text. Files go up at once, and on while another conversation is open. */
export class Compositions {
  private readonly upload: Upload;
  private readonly known = new Map<string, Composition>();
  private readonly listeners = new Set<() => void>();
  private readonly waiting: { conversationId: string; key: string; file: File }[] = [];
  private readonly running = new Map<string, AbortController>();
  private readonly sources = new Map<string, File>();
  private made = 0;

  constructor(upload: Upload) {
    this.upload = upload;
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
    const room = MAX_FILES - this.get(conversationId).files.length;
    for (const file of files) {
      const checked = checkFile(file);
      if ("problem" in checked) problems.push(`${file.name}: ${checked.problem}`);
      else if (added.length >= room) {
        problems.push(`${MAX_FILES} files go in one message. Send these first, then attach the others.`);
        break;
      } else added.push(this.take(conversationId, file, checked.media));
    }
    this.change(conversationId, ({ files: before }) => ({
      files: [...before, ...added],
      problem: problems.length > 0 ? problems.join(" ") : null,
    }));
    this.pump();
  }

  /** Cancels what is still going up and takes the file out. */
  detach(conversationId: string, key: string): void {
    const file = this.get(conversationId).files.find((candidate) => candidate.key === key);
    if (file?.previewUrl) URL.revokeObjectURL(file.previewUrl);
    this.running.get(key)?.abort();
    this.sources.delete(key);
    const at = this.waiting.findIndex((waiting) => waiting.key === key);
    if (at >= 0) this.waiting.splice(at, 1);
    this.change(conversationId, ({ files }) => ({ files: files.filter((other) => other.key !== key), problem: null }));
  }

  tryAgain(conversationId: string, key: string): void {
    const file = this.sources.get(key);
    if (!file) return;
    this.setState(conversationId, key, { is: "waiting" });
    this.waiting.push({ conversationId, key, file });
    this.pump();
  }

  quote(conversationId: string, quote: Quoted | null): void {
    this.change(conversationId, () => ({ quote }));
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
        key: this.newKey(),
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

  private take(conversationId: string, file: File, media: Media): AttachedFile {
    const key = this.newKey();
    this.sources.set(key, file);
    this.waiting.push({ conversationId, key, file });
    return {
      key,
      name: file.name,
      bytes: file.size,
      media,
      previewUrl: URL.createObjectURL(file),
      state: { is: "waiting" },
    };
  }

  private pump(): void {
    while (this.running.size < UPLOADS_AT_ONCE) {
      const next = this.waiting.shift();
      if (!next) return;
      void this.run(next);
    }
  }

  private async run({ conversationId, key, file }: { conversationId: string; key: string; file: File }): Promise<void> {
    const abort = new AbortController();
    this.running.set(key, abort);
    this.setState(conversationId, key, { is: "uploading", share: 0 });
    try {
      const { uploadId, media } = await this.upload(conversationId, file, {
        signal: abort.signal,
        onProgress: (share) => this.setState(conversationId, key, { is: "uploading", share }),
      });
      this.setState(conversationId, key, { is: "ready", uploadId }, media);
    } catch (error) {
      const words = error instanceof Error ? error.message : "The file could not be attached.";
      const status = error instanceof Error && "status" in error ? Number(error.status) : 0;
      // A file that was refused is refused again; a moment without an answer passes.
      const again = status < 400 || status >= 500 || status === 429;
      if (!abort.signal.aborted) this.setState(conversationId, key, { is: "failed", words, again });
    }
    this.running.delete(key);
    this.pump();
  }

  private setState(conversationId: string, key: string, state: FileState, media?: Media): void {
    this.change(conversationId, ({ files }) => ({
      files: files.map((file) => (file.key === key ? { ...file, media: media ?? file.media, state } : file)),
    }));
  }

  private newKey(): string {
    this.made += 1;
    return `file ${this.made}`;
  }

  private change(conversationId: string, to: (now: Composition) => Partial<Composition>): void {
    const now = this.get(conversationId);
    this.known.set(conversationId, { ...now, ...to(now) });
    for (const listener of this.listeners) listener();
  }
}
