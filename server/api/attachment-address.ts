const TOKEN = /^[\w-]{20,100}$/;

/** Where an uploaded file is served to everyone who knows the address. */
export function attachmentUrl(appUrl: string, token: string): string {
  return `${appUrl}/attachments/${token}`;
}

/** The token of a file that this desk serves; null for every other address. */
export function attachmentToken(appUrl: string, mediaUrl: string): string | null {
  const start = `${appUrl}/attachments/`;
  const token = mediaUrl.startsWith(start) ? mediaUrl.slice(start.length) : "";
  return TOKEN.test(token) ? token : null;
}
