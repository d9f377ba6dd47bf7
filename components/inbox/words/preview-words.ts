import type { Preview } from "@/lib/inbox/types";
import { count } from "./time-words";

export type PreviewGlyph =
  | "reply"
  | "mention"
  | "photo"
  | "video"
  | "voice"
  | "file"
  | "share"
  | "once"
  | "unsent"
  | "failed"
  | "unconfirmed"
  | "sending"
  | "other";

export type PreviewWords = { glyph: PreviewGlyph | null; text: string };

/** One line for the list: who, what kind, and the beginning of what was said. @param memberId of the reader, who alone is "You" */
export function previewWords(preview: Preview | null, memberId: string): PreviewWords {
  if (!preview) return { glyph: null, text: "No messages yet" };
  const you = preview.direction === "out" ? `${writer(preview, memberId)}: ` : "";
  if (preview.kind === "unsent") return { glyph: "unsent", text: you ? `${you}Unsent message` : "Unsent a message" };
  const text = oneLine(preview.text);
  if (preview.direction === "out" && preview.state === "failed") {
    return { glyph: "failed", text: `Not sent: ${text || "message"}` };
  }
  if (preview.direction === "out" && preview.state === "unconfirmed") {
    return { glyph: "unconfirmed", text: `Not confirmed: ${text || "message"}` };
  }
  const sending = preview.state === "queued" || preview.state === "dispatching" ? "sending" : null;
  switch (preview.kind) {
    case "text":
      return { glyph: sending, text: you + text };
    case "image":
      return {
        glyph: "photo",
        text: you + (text || (preview.pictures > 1 ? count(preview.pictures, "photo") : "Photo")),
      };
    case "story_reply":
      return { glyph: "reply", text: you + (text || "Replied to your story") };
    case "story_mention":
      return { glyph: "mention", text: you + (text || "Mentioned you in their story") };
    case "postback":
      return { glyph: null, text: `${you}Tapped ${text ? `“${text}”` : "a button"}` };
    case "video":
      return { glyph: "video", text: you + (text || "Video") };
    case "audio":
      return { glyph: "voice", text: `${you}Voice message` };
    case "file":
      return { glyph: "file", text: you + (text || "PDF document") };
    case "like_heart":
      return { glyph: null, text: `${you}❤️` };
    case "share":
      return { glyph: "share", text: you + (text || "Shared a post") };
    case "view_once":
      return { glyph: "once", text: `${you}Disappearing photo or video` };
    case "template":
      return { glyph: null, text: you + (text || "Cards") };
    case "referral":
      return { glyph: null, text: text || "Came by a link or an ad" };
    case "reaction":
      return { glyph: null, text: text ? `Reacted ${text}` : "Reacted to a message" };
    case "unsupported":
      return { glyph: "other", text: `${you}${text || "Something Instagram does not share"}` };
    case "other":
    case "event":
      return { glyph: "other", text: `${you}${text || "Something not shown yet"}` };
  }
}

/** A colleague by the first name: the row has little room. */
function writer({ author }: Preview, memberId: string): string {
  if (author === null) return "Instagram app";
  return author.id === memberId ? "You" : (/^\S{3,}(?= )/.exec(author.name)?.[0] ?? author.name);
}

function oneLine(text: string | null): string {
  return (text ?? "").replace(/\s+/g, " ").trim();
}
