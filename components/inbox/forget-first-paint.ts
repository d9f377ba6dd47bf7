/** What the server wrote into the page for its first paint has been read long since; what names this conversation goes. */
export function forgetFirstPaint(conversationId: string): void {
  for (const script of document.querySelectorAll("script:not([src])")) {
    if (script.textContent?.includes(conversationId)) script.remove();
  }
}
