import type { Media, OutgoingFile } from "./outgoing-files";

/** The browser keeps few connections to one address; sending must not wait for files. */
const UPLOADS_AT_ONCE = 2;

export type FileState =
  | { is: "waiting" }
  | { is: "uploading"; share: number }
  | { is: "ready"; uploadId: string }
  | { is: "failed"; words: string; again: boolean };

export type Upload = (
  conversationId: string,
  file: File,
  options: { onProgress: (share: number) => void; signal: AbortSignal },
) => Promise<OutgoingFile>;

export type UploadTask = { conversationId: string; key: string; file: File };

/** Sends files up, few at once, and tells of each how far it is. */
export class UploadQueue {
  private readonly upload: Upload;
  private readonly tell: (task: UploadTask, state: FileState, media?: Media) => void;
  private readonly waiting: UploadTask[] = [];
  private readonly running = new Map<string, AbortController>();

  /** @param tell hears of every step; at the end also what the server found the file to be */
  constructor(upload: Upload, tell: (task: UploadTask, state: FileState, media?: Media) => void) {
    this.upload = upload;
    this.tell = tell;
  }

  add(tasks: UploadTask[]): void {
    this.waiting.push(...tasks);
    this.pump();
  }

  cancel(key: string): void {
    this.running.get(key)?.abort();
    const at = this.waiting.findIndex((task) => task.key === key);
    if (at >= 0) this.waiting.splice(at, 1);
  }

  private pump(): void {
    while (this.running.size < UPLOADS_AT_ONCE) {
      const next = this.waiting.shift();
      if (!next) return;
      void this.run(next);
    }
  }

  private async run(task: UploadTask): Promise<void> {
    const abort = new AbortController();
    this.running.set(task.key, abort);
    this.tell(task, { is: "uploading", share: 0 });
    try {
      const { uploadId, media } = await this.upload(task.conversationId, task.file, {
        signal: abort.signal,
        onProgress: (share) => this.tell(task, { is: "uploading", share }),
      });
      this.tell(task, { is: "ready", uploadId }, media);
    } catch (error) {
      const words = error instanceof Error ? error.message : "The file could not be attached.";
      const status = error instanceof Error && "status" in error ? Number(error.status) : 0;
      // A file that was refused is refused again; a moment without an answer passes.
      const again = status < 400 || status >= 500 || status === 429;
      if (!abort.signal.aborted) this.tell(task, { is: "failed", words, again });
    }
    this.running.delete(task.key);
    this.pump();
  }
}
