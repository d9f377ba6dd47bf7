import type { Changes, MessageRow } from "@/lib/inbox/types";
import type { ConversationList } from "../cache/conversation-list";
import type { Thread } from "../cache/thread";

export type Arrivals = {
  /** New from the customer in the open conversation. */
  open: { name: string; messages: MessageRow[] } | null;
  /** Names of other conversations that have something new. */
  elsewhere: string[];
};

/** What in these changes is news to someone who looks at `open`; asked before they are applied. */
export function arrivalsIn(
  changes: Changes,
  before: { list: ConversationList | undefined; open: Thread | undefined },
): Arrivals {
  const { open, list } = before;
  const openId = open?.conversation.id;
  const known = new Set(open?.messages.map(({ id }) => id));
  const messages = changes.messages.filter(
    (message) =>
      message.conversationId === openId && message.direction === "in" && !message.unsent && !known.has(message.id),
  );
  const unread = new Map(list?.rows.map((row) => [row.id, row.unread]));
  const elsewhere = changes.conversations
    .filter((row) => row.id !== openId && row.unread > (unread.get(row.id) ?? 0))
    .map((row) => row.contact.displayName);
  return { open: open && messages.length > 0 ? { name: open.contact.displayName, messages } : null, elsewhere };
}
