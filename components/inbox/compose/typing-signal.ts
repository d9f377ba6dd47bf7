/** The server tells Instagram every 15 s at most; asking somewhat oftener keeps "typing" standing. */
const EVERY_MS = 8_000;

/** Tells the customer that somebody writes, seldom enough to cost nothing. */
export class TypingSignal {
  private readonly post: (conversationId: string) => Promise<void>;
  private readonly now: () => number;
  private readonly told = new Map<string, number>();

  constructor(post: (conversationId: string) => Promise<void>, now: () => number = () => performance.now()) {
    this.post = post;
    this.now = now;
  }

  /** Something was written. */
  note(conversationId: string): void {
    const at = this.now();
    if (at - (this.told.get(conversationId) ?? Number.NEGATIVE_INFINITY) < EVERY_MS) return;
    this.told.set(conversationId, at);
    // Nobody waits for it, and the next key tries again.
    this.post(conversationId).catch(() => this.told.delete(conversationId));
  }
}
