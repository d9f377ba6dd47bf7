import { LinkifyIt } from "linkify-it";

export type TextPiece = { type: "text"; text: string } | { type: "link"; text: string; href: string };

// Without a scheme a dot may just be a missing space ("great.do you ship?"), so endings that are common words are left out.
const ENDINGS =
  "com|net|org|info|biz|shop|store|app|dev|io|co|ly|link|site|online|eu|uk|ie|de|ch|fr|es|pt|nl|lu|pl|cz|sk|hu|ro|gr|se|dk|fi|ee|lv|lt|au|nz|ca|br|mx|ar|cl|jp|kr|tr|ua";

const linkifier = new LinkifyIt({ fuzzyLink: true, tlds: ENDINGS.split("|") });

/** Cuts a message into text and web links. Only http and https become links; everything else stays text. */
export function textPieces(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const match of linkifier.match(text) ?? []) {
    if (!isWebLink(match.schema, match.url)) continue;
    if (match.index > end) pieces.push({ type: "text", text: text.slice(end, match.index) });
    // Without a scheme of its own a link is written for the web of today.
    const href = match.schema === "" ? match.url.replace(/^http:/, "https:") : match.url;
    pieces.push({ type: "link", text: match.raw, href });
    end = match.lastIndex;
  }
  if (end < text.length) pieces.push({ type: "text", text: text.slice(end) });
  return pieces;
}

function isWebLink(schema: string, url: string): boolean {
  return ["", "http:", "https:"].includes(schema) && /^https?:\/\//i.test(url) && URL.canParse(url);
}
