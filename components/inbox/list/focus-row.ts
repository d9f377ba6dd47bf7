/** Puts the focus on a conversation's row once it is on the screen. */
export function focusRow(id: string): void {
  requestAnimationFrame(() => document.getElementById(rowId(id))?.focus({ preventScroll: true }));
}

export function rowId(conversationId: string): string {
  return `conversation-${conversationId}`;
}
