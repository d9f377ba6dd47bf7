import { answeredElsewhere } from "@/lib/inbox/switchboard";
import type { Changes } from "@/lib/inbox/types";
import type { ConversationList } from "../cache/conversation-list";
import { oldestFirst, type Thread } from "../cache/thread";
import { handedWords } from "../words/control-words";
import { messageNews } from "../words/message-news";

/** A sentence about one message. `unsent`: that it was taken back; whatever was said of it before goes. */
export type News = { messageId: string; version: number; text: string; unsent: boolean };

export type Arrivals = {
  /** What the customer did in the open conversation. */
  open: News[];
  /** Names of other conversations that have something new. */
  elsewhere: string[];
  /** Other conversations that a program gave to the people of the desk, or offers them, each in a sentence. */
  handed: string[];
};

/** What in these changes is news to someone who looks at `open`; asked before they are applied. */
export function arrivalsIn(
  changes: Changes,
  before: { list: ConversationList | undefined; open: Thread | undefined },
): Arrivals {
  const { open, list } = before;
  const known = new Map(list?.rows.map((row) => [row.id, row]));
  const others = changes.conversations.filter((row) => row.id !== open?.conversation.id);
  const elsewhere = others
    .filter((row) => row.unread > (known.get(row.id)?.unread ?? 0) && !answeredElsewhere(row.control))
    .map((row) => row.contact.displayName);
  const handed = others.flatMap((row) => handedWords(known.get(row.id)?.control ?? null, row) ?? []);
  return { open: open ? newsIn(changes, open) : [], elsewhere, handed };
}

function newsIn(changes: Changes, open: Thread): News[] {
  const known = new Map(open.messages.map((message) => [message.id, message]));
  const first = open.older === null ? undefined : open.messages[0];
  return changes.messages.flatMap((message) => {
    if (message.conversationId !== open.conversation.id) return [];
    const earlier = known.get(message.id);
    // One of a page that is not loaded has changed: it did not come just now.
    if (!earlier && first && oldestFirst(message, first) < 0) return [];
    const text = messageNews(earlier, message, open.contact.displayName);
    return text === null ? [] : [{ messageId: message.id, version: message.version, text, unsent: message.unsent }];
  });
}
