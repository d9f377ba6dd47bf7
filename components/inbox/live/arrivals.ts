import type { Changes } from "@/lib/inbox/types";
import type { ConversationList } from "../cache/conversation-list";
import { oldestFirst, type Thread } from "../cache/thread";
import { messageNews } from "../words/message-news";

/** A sentence about one message. `unsent`: that it was taken back; whatever was said of it before goes. */
export type News = { messageId: string; version: number; text: string; unsent: boolean };

export type Arrivals = {
  /** What the customer did in the open conversation. */
  open: News[];
  /** Names of other conversations that have something new. */
  elsewhere: string[];
};

/** What in these changes is news to someone who looks at `open`; asked before they are applied. */
export function arrivalsIn(
  changes: Changes,
  before: { list: ConversationList | undefined; open: Thread | undefined },
): Arrivals {
  const { open, list } = before;
  const unread = new Map(list?.rows.map((row) => [row.id, row.unread]));
  const elsewhere = changes.conversations
    .filter((row) => row.id !== open?.conversation.id && row.unread > (unread.get(row.id) ?? 0))
    .map((row) => row.contact.displayName);
  return { open: open ? newsIn(changes, open) : [], elsewhere };
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
