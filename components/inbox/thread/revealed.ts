export type RevealedMessage = {
  conversationId: string;
  messageId: string;
  /** False while the reader goes on typing elsewhere. */
  focus: boolean;
};

/** The message that a quote or a search result led to; the open conversation scrolls to it. */
export class Revealed {
  private message: RevealedMessage | null = null;
  private readonly listeners = new Set<() => void>();

  /** A new object for every jump, so that the same message can be jumped to again. */
  get current(): RevealedMessage | null {
    return this.message;
  }

  set(message: RevealedMessage): void {
    this.message = { ...message };
    for (const listener of this.listeners) listener();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}
