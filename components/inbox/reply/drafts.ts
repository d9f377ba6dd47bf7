import { browserStorage } from "../browser-storage";

/** What is being written, per conversation; kept in this browser until it is sent. */
export class Drafts {
  private readonly prefix: string;
  private readonly texts = new Map<string, string>();
  private readonly listeners = new Set<() => void>();

  constructor(memberId: string) {
    this.prefix = `replydesk:draft:${memberId}:`;
  }

  get(conversationId: string): string {
    const known = this.texts.get(conversationId);
    if (known !== undefined) return known;
    const kept = browserStorage.read(this.prefix + conversationId) ?? "";
    this.texts.set(conversationId, kept);
    return kept;
  }

  set(conversationId: string, text: string): void {
    this.texts.set(conversationId, text);
    if (text === "") browserStorage.remove(this.prefix + conversationId);
    else browserStorage.write(this.prefix + conversationId, text);
    for (const listener of this.listeners) listener();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}
