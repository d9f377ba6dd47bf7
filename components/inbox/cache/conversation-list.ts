import type { Changes, ContactRow, ConversationPage, ConversationRow } from "@/lib/inbox/types";

/** The loaded beginning of the list, newest first. */
export type ConversationList = {
  rows: ConversationRow[];
  /** Where the next page starts; null when everything is loaded. */
  next: string | null;
  /** Of the whole workspace, not of the loaded rows alone. */
  unread: number;
};

export function listOfPage(page: ConversationPage): ConversationList {
  return { rows: [...page.conversations].sort(newestFirst), next: page.next, unread: page.unread };
}

/** Appends a further page; a row that is already there stays unless the page has it newer. */
export function appendPage(list: ConversationList, page: ConversationPage): ConversationList {
  const rows = new Map(list.rows.map((row) => [row.id, row]));
  for (const row of page.conversations) rows.set(row.id, newer(rows.get(row.id), row));
  return { rows: [...rows.values()].sort(newestFirst), next: page.next, unread: page.unread };
}

/** Rows that changed take their places; one beyond the loaded end waits until its page is loaded. */
export function applyToList(
  list: ConversationList,
  { conversations, contacts, erased, unread }: Pick<Changes, "conversations" | "contacts" | "erased" | "unread">,
): ConversationList {
  const end = list.next === null ? null : list.rows.at(-1);
  const rows = new Map(list.rows.map((row) => [row.id, row]));
  let changed = false;
  for (const row of conversations) {
    const known = rows.get(row.id);
    if (!known && end && newestFirst(row, end) > 0) continue;
    const kept = newer(known, row);
    if (kept === known) continue;
    rows.set(row.id, kept);
    changed = true;
  }
  for (const { id, displayName, username, hasPicture } of contacts) {
    const contact: ContactRow = { id, displayName, username, hasPicture };
    for (const row of rows.values()) {
      if (row.contact.id !== id || sameContact(row.contact, contact)) continue;
      rows.set(row.id, { ...row, contact });
      changed = true;
    }
  }
  for (const id of erased) if (rows.delete(id)) changed = true;
  if (changed) return { rows: [...rows.values()].sort(newestFirst), next: list.next, unread: unread ?? list.unread };
  return unread === null || unread === list.unread ? list : { ...list, unread };
}

/** Equal versions take the incoming row: what is joined to it, such as the contact's name, may have changed alone. */
export function newer<T extends { version: number }>(known: T | undefined, incoming: T): T {
  if (!known) return incoming;
  if (incoming.version < known.version) return known;
  return JSON.stringify(known) === JSON.stringify(incoming) ? known : incoming;
}

function newestFirst(a: ConversationRow, b: ConversationRow): number {
  return b.lastMessageAt - a.lastMessageAt || (a.id < b.id ? 1 : -1);
}

function sameContact(a: ContactRow, b: ContactRow): boolean {
  return a.displayName === b.displayName && a.username === b.username && a.hasPicture === b.hasPicture;
}
