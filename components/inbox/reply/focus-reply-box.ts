export const REPLY_BOX = "reply";

/** Puts the cursor into the reply box; where nobody can reply, the conversation itself takes the focus. */
export function focusReplyBox(): void {
  (document.getElementById(REPLY_BOX) ?? document.getElementById("content"))?.focus();
}
