/** Name, else @username, else the last digits of Instagram's id: a person is never given an invented name. */
export function displayName(contact: { name: string | null; username: string | null; externalId: string }): string {
  if (contact.name?.trim()) return contact.name.trim();
  if (contact.username) return `@${contact.username}`;
  return `Instagram user …${contact.externalId.slice(-4)}`;
}
