import type { Attachment, MessageRow } from "@/lib/inbox/types";

type LocalMedia = Pick<Attachment, "url"> & Partial<Pick<Attachment, "title" | "permalink">>;

/** The pictures, films, sounds and posts that this tab has sent, shown as it knows them until Instagram gives their addresses. */
export class LocalPreviews {
  private readonly known = new Map<string, LocalMedia[]>();

  /** @param groups the media in each part of the bubble, in the order of the parts */
  keep(bubbleId: string, groups: LocalMedia[][]): void {
    for (const [part, media] of groups.entries()) this.known.set(`${bubbleId} ${part}`, media);
  }

  /** The message with what this tab knows of its media; the same object when it knows nothing more. */
  fill(message: MessageRow): MessageRow {
    const media = this.known.get(`${message.bubbleId ?? message.id} ${message.part}`);
    if (!media || message.unsent || message.attachments.every(({ awaited }) => !awaited)) return message;
    const attachments = message.attachments.map((attachment, at) =>
      attachment.awaited ? { ...attachment, ...media[at] } : attachment,
    );
    return { ...message, attachments };
  }
}
