export type SoughtWords = { conversationId: string; question: string };

/** What is looked for in a conversation on the screen; its words are marked in the bubbles. */
export class Sought {
  private words: SoughtWords | null = null;
  private readonly listeners = new Set<() => void>();

  get current(): SoughtWords | null {
    return this.words;
  }

  set(words: SoughtWords | null): void {
    this.words = words;
    for (const listener of this.listeners) listener();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}
