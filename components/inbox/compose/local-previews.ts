import type { MessageRow } from "@/lib/inbox/types";

/** The pictures, films and sounds that this tab has sent, shown from its own memory until Instagram gives their addresses. */
export class LocalPreviews {
  private readonly urls = new Map<string, (string | null)[]>();

  /** @param groups the addresses in each part of the bubble, in the order of the parts */
  keep(bubbleId: string, groups: (string | null)[][]): void {
    for (const [part, urls] of groups.entries()) this.urls.set(`${bubbleId} ${part}`, urls);
  }

  /** The message with what this tab knows of its media; the same object when it knows nothing more. */
  fill(message: MessageRow): MessageRow {
    const urls = this.urls.get(`${message.bubbleId ?? message.id} ${message.part}`);
    if (!urls || message.unsent || message.attachments.every(({ url }) => url !== null)) return message;
    const attachments = message.attachments.map((attachment, at) => ({
      ...attachment,
      url: attachment.url ?? urls[at] ?? null,
    }));
    return { ...message, attachments };
  }
}
