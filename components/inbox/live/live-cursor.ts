import type { Changes } from "@/lib/inbox/types";

type LiveCursorOptions = {
  /** The event number that what this tab has loaded is known to contain. */
  start: number;
  read: (after: number) => Promise<Changes>;
  apply: (changes: Changes) => void;
  /** Reads everything loaded anew; nothing before it can be trusted. */
  resync: () => Promise<void>;
  /** Waits before another try after a failed reading. */
  pause: () => Promise<void>;
};

/** How far one tab has followed the inbox. Frames may come twice, late or with gaps; none is lost and none counts double. */
export class LiveCursor {
  private position: number;
  private target = 0;
  private catching: Promise<void> | null = null;
  private readonly options: LiveCursorOptions;

  constructor(options: LiveCursorOptions) {
    this.options = options;
    this.position = options.start;
  }

  get at(): number {
    return this.position;
  }

  /** A stretch of changes from the stream or from another tab. */
  receive(changes: Changes): void {
    if (changes.resync) {
      this.startOver(changes.through);
    } else if (changes.after <= this.position) {
      this.advance(changes);
    } else {
      void this.catchUp(changes.through);
    }
  }

  /** Someone knows of changes up to `target`: reads whatever is missing. */
  catchUp(target: number): Promise<void> {
    this.target = Math.max(this.target, target);
    if (this.target <= this.position) return this.catching ?? Promise.resolve();
    this.catching ??= this.readToTarget().finally(() => {
      this.catching = null;
    });
    return this.catching;
  }

  /**
   * Brings rows that were read at `sequence` up to this tab's position, so that nothing falls between a snapshot
   * and the stream. @returns false when the log does not reach back so far: read the rows again
   */
  async settle(sequence: number, apply: (changes: Changes) => void): Promise<boolean> {
    let at = sequence;
    while (at < this.position) {
      const changes = await this.options.read(at);
      if (changes.resync) return false;
      if (changes.through <= at) return true;
      apply(changes);
      at = changes.through;
    }
    return true;
  }

  private advance(changes: Changes): void {
    if (changes.through <= this.position) return;
    this.options.apply(changes);
    this.position = changes.through;
  }

  private startOver(through: number): void {
    // Not a maximum: after a restored backup the log is shorter than this tab remembers.
    this.position = through;
    this.target = 0;
    this.options.resync().catch(async () => {
      await this.options.pause();
      this.startOver(this.position);
    });
  }

  private async readToTarget(): Promise<void> {
    while (this.position < this.target) {
      const from = this.position;
      const changes = await this.options.read(from).catch(() => null);
      if (!changes) {
        await this.options.pause();
      } else if (changes.resync) {
        this.startOver(changes.through);
      } else {
        this.advance(changes);
        // The server has nothing more: whoever named the target knew of a log that is no longer there.
        if (this.position === from) this.target = from;
      }
    }
  }
}
