import type { ContactRow } from "@/lib/inbox/types";

/** Where the browser asks for a person's picture; the server answers with Meta's address. */
export function avatarUrl(contact: Pick<ContactRow, "id" | "hasPicture">): string | null {
  return contact.hasPicture ? `/api/inbox/contacts/${contact.id}/avatar` : null;
}
