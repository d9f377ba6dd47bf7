import type { OutgoingPart } from "@/lib/inbox/outgoing-part";
import { PLAIN_MESSAGE } from "@/lib/inbox/plain-message";
import { splitText } from "@/lib/inbox/split-text";
import type { Attachment, MessageRow } from "@/lib/inbox/types";
import type { OutgoingFile } from "../compose/outgoing-files";
import type { OutboxEntry } from "../outbox/outbox";
import { type StateWord, stateWord } from "../words/message-state";
import type { Bubble } from "./bubbles";

/** What waits in this browser, as the message it is about to be: after everything the server has. */
export function withOutbox(
  messages: MessageRow[],
  entries: OutboxEntry[],
  author: { id: string; name: string },
): MessageRow[] {
  const known = new Set(messages.map(({ id }) => id));
  const last = messages.at(-1);
  const waiting = entries
    .filter(({ id }) => !known.has(id))
    .flatMap((entry, index) => {
      const sentAt = Math.max(entry.writtenAt, (last?.sentAt ?? 0) + 1 + index);
      const forms = entry.parts.flatMap((part) => formsOf(part, entry.files));
      return forms.map(
        (form, part): MessageRow => ({
          id: part === 0 ? entry.id : `${entry.id} ${part}`,
          version: 0,
          conversationId: entry.conversationId,
          direction: "out",
          origin: "desk",
          text: null,
          ...PLAIN_MESSAGE,
          ...form,
          quote: part === 0 ? entry.quote : null,
          bubbleId: forms.length > 1 ? entry.id : null,
          part,
          author,
          sentAt,
          arrival: 0,
          state: entry.refusal ? "failed" : "queued",
          failure: entry.refusal,
          unsent: false,
        }),
      );
    });
  return waiting.length === 0 ? messages : [...messages, ...waiting];
}

type Form = Pick<MessageRow, "kind"> & Partial<MessageRow>;

/** What one part will look like; a long text is several, as Instagram takes it. */
function formsOf(part: OutgoingPart, files: OutgoingFile[]): Form[] {
  switch (part.type) {
    case "text": {
      const pieces = splitText(part.text);
      const offered = (part.quickReplies ?? []).map(({ title, payload }) => ({ title, payload: payload ?? title }));
      return pieces.map((text, at) => ({
        kind: "text",
        text,
        quickReplies: at === pieces.length - 1 ? offered : [],
      }));
    }
    case "media":
      return [{ kind: part.media, attachments: part.uploadIds.map((id) => awaited(part.media, nameOf(id, files))) }];
    case "like_heart":
      return [{ kind: "like_heart", attachments: [{ type: "like_heart", url: null, title: null, permalink: null }] }];
    case "post":
      return [{ kind: "share", attachments: [awaited("post")] }];
    case "buttons":
      return [{ kind: "template", text: part.text, buttons: part.buttons }];
    case "cards":
      return [{ kind: "template", cards: part.cards }];
  }
}

function nameOf(uploadId: string, files: OutgoingFile[]): string | null {
  return files.find((file) => file.uploadId === uploadId)?.name ?? null;
}

function awaited(type: string, title: string | null = null): Attachment {
  return { type, url: null, title, permalink: null, awaited: true };
}

export type OwnState = { word: StateWord; visible: boolean };

/**
 * The state of each own bubble, by its id. On screen only where it tells something: the last one, the last that was
 * seen, and whatever failed. Ears get it for every one.
 */
export function ownStates(bubbles: Bubble[], seenThroughAt: number | null): Map<string, OwnState> {
  const states = new Map<string, OwnState>();
  let last: OwnState | null = null;
  let lastSeen: OwnState | null = null;
  for (const { id, parts, first, worst } of bubbles) {
    if (first.direction !== "out" || worst.unsent) continue;
    const sentAt = Math.max(...parts.map((part) => part.sentAt));
    const word = stateWord({ state: worst.state, sentAt }, seenThroughAt);
    const state: OwnState = { word, visible: word === "Not sent" || word === "Not confirmed" };
    states.set(id, state);
    last = state;
    if (word === "Seen") lastSeen = state;
  }
  if (last) last.visible = true;
  if (lastSeen) lastSeen.visible = true;
  return states;
}
