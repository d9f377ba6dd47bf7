import type { Changes, ContactDetails, ConversationRow, MessageRow, ThreadPage } from "@/lib/inbox/types";
import { newer } from "./conversation-list";

/** The loaded end of one conversation, oldest first. */
export type Thread = {
  conversation: ConversationRow;
  contact: ContactDetails;
  messages: MessageRow[];
  /** Where the page before starts; null when the first message is loaded. */
  older: string | null;
};

export function threadOfPage({ conversation, contact, messages, older }: ThreadPage): Thread {
  return { conversation, contact, messages: [...messages].sort(oldestFirst), older };
}

/** Puts an older page in front; a message that is already there stays unless the page has it newer. */
export function prependPage(thread: Thread, page: ThreadPage): Thread {
  const messages = new Map(page.messages.map((message) => [message.id, message]));
  for (const message of thread.messages) messages.set(message.id, newer(messages.get(message.id), message));
  return {
    conversation: newer(thread.conversation, page.conversation),
    contact: page.contact,
    messages: [...messages.values()].sort(oldestFirst),
    older: page.older,
  };
}

/** Rows of this conversation take their places by time; one before the loaded part waits until its page is loaded. */
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
  return same ? thread : { conversation, contact, messages, older: thread.older };
}

function applyMessages(thread: Thread, changes: Pick<Changes, "messages" | "removed">): MessageRow[] {
  const first = thread.older === null ? undefined : thread.messages[0];
  const messages = new Map(thread.messages.map((known) => [known.id, known]));
  for (const message of changes.messages) {
    if (message.conversationId !== thread.conversation.id) continue;
    const known = messages.get(message.id);
    if (!known && first && oldestFirst(message, first) < 0) continue;
    messages.set(message.id, newer(known, message));
  }
  for (const id of changes.removed) messages.delete(id);
  const sorted = [...messages.values()].sort(oldestFirst);
  const same = sorted.length === thread.messages.length && sorted.every((row, at) => row === thread.messages[at]);
  return same ? thread.messages : sorted;
}

/** The customer's order: by time, ids only part equal times. */
export function oldestFirst(a: MessageRow, b: MessageRow): number {
  return a.sentAt - b.sentAt || (a.id < b.id ? -1 : 1);
}
