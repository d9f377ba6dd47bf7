import type { Changes, ContactDetails, ConversationRow, MessageRow, ThreadPage } from "@/lib/inbox/types";
import { newer } from "./conversation-list";

/** Messages kept of one conversation; what lies further from the reader is dropped and read again when they come back. */
const MOST = 300;
/** A conversation that nobody looks at keeps only what opens it at once. */
const AT_REST = 50;

/** A loaded stretch of one conversation, oldest first, without gaps. */
export type Thread = {
  conversation: ConversationRow;
  contact: ContactDetails;
  messages: MessageRow[];
  /** Where the page before starts; null when the first message is loaded. */
  older: string | null;
  /** Whether messages after the loaded ones are left out. */
  newer: boolean;
};

export function threadOfPage({ conversation, contact, messages, older, newer }: ThreadPage): Thread {
  return { conversation, contact, messages: [...messages].sort(oldestFirst), older, newer };
}

/** Puts an older page in front and drops what is then too far down. */
export function prependPage(thread: Thread, page: ThreadPage): Thread {
  const messages = joined(thread, page);
  const dropped = messages.length > MOST;
  return {
    conversation: newer(thread.conversation, page.conversation),
    contact: page.contact,
    messages: dropped ? messages.slice(0, MOST) : messages,
    older: page.older,
    newer: thread.newer || dropped,
  };
}

/** Puts a newer page at the end and drops what is then too far up. */
export function appendPage(thread: Thread, page: ThreadPage): Thread {
  return withoutOldest(
    {
      conversation: newer(thread.conversation, page.conversation),
      contact: page.contact,
      messages: joined(thread, page),
      older: thread.older,
      newer: page.newer,
    },
    MOST,
  );
}

/** What is kept of a conversation that was left; null when its newest messages are not among the loaded ones. */
export function threadAtRest(thread: Thread): Thread | null {
  return thread.newer ? null : withoutOldest(thread, AT_REST);
}

/** A message that is there already stays unless the page has it newer. */
function joined(thread: Thread, page: ThreadPage): MessageRow[] {
  const messages = new Map(page.messages.map((message) => [message.id, message]));
  for (const message of thread.messages) messages.set(message.id, newer(messages.get(message.id), message));
  return [...messages.values()].sort(oldestFirst);
}

function withoutOldest(thread: Thread, most: number): Thread {
  const messages = thread.messages.slice(-most);
  const first = messages[0];
  return first && messages.length < thread.messages.length ? { ...thread, messages, older: first.id } : thread;
}

/** Rows of this conversation take their places by time; one outside the loaded stretch waits until its page is loaded. */
export function applyToThread(
  thread: Thread,
  changes: Pick<Changes, "conversations" | "messages" | "contacts" | "removed">,
): Thread {
  const conversation = changes.conversations
    .filter(({ id }) => id === thread.conversation.id)
    .reduce<ConversationRow>(newer, thread.conversation);
  const contact = changes.contacts.find(({ id }) => id === thread.contact.id) ?? thread.contact;
  const messages = applyMessages(thread, changes);
  const same = conversation === thread.conversation && contact === thread.contact && messages === thread.messages;
  if (same) return thread;
  const changed = { ...thread, conversation, contact, messages };
  return messages.length > 2 * MOST ? withoutOldest(changed, MOST) : changed;
}

function applyMessages(thread: Thread, changes: Pick<Changes, "messages" | "removed">): MessageRow[] {
  const first = thread.older === null ? undefined : thread.messages[0];
  const last = thread.newer ? thread.messages.at(-1) : undefined;
  const messages = new Map(thread.messages.map((known) => [known.id, known]));
  for (const message of changes.messages) {
    if (message.conversationId !== thread.conversation.id) continue;
    const known = messages.get(message.id);
    if (!known && first && oldestFirst(message, first) < 0) continue;
    if (last && oldestFirst(message, last) > 0) messages.delete(message.id);
    else messages.set(message.id, newer(known, message));
  }
  for (const id of changes.removed) messages.delete(id);
  forgetQuotes(messages, new Set(changes.messages.flatMap(({ id, unsent }) => (unsent ? id : []))));
  const sorted = [...messages.values()].sort(oldestFirst);
  const same = sorted.length === thread.messages.length && sorted.every((row, at) => row === thread.messages[at]);
  return same ? thread.messages : sorted;
}

/** The words of an unsent message leave the answers to it too, before those are read again. */
function forgetQuotes(messages: Map<string, MessageRow>, unsent: Set<string>): void {
  if (unsent.size === 0) return;
  for (const message of messages.values()) {
    const { quote } = message;
    if (!quote?.messageId || quote.kind === "unsent" || !unsent.has(quote.messageId)) continue;
    messages.set(message.id, { ...message, quote: { ...quote, kind: "unsent", text: null } });
  }
}

/** The number of what arrived last of these; 0 when nothing did. */
export function lastArrival(messages: MessageRow[]): number {
  return Math.max(0, ...messages.map(({ arrival }) => arrival));
}

/** The customer's order: by time, ids only part equal times. */
export function oldestFirst(a: MessageRow, b: MessageRow): number {
  if (a.sentAt !== b.sentAt) return a.sentAt - b.sentAt;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}
