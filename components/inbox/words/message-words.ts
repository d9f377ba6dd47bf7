import type { MessageRow } from "@/lib/inbox/types";
import { kindWords } from "./kind-words";
import { previewWords } from "./preview-words";
import { referralWords } from "./referral-words";
import { count } from "./time-words";

const SHARED: Record<string, string> = { post: "a post", reel: "a reel", story: "a story", link: "a link" };

/** A customer's message as one sentence for ears; of what it answers only that it does, for that may be unsent later. */
export function messageWords(message: MessageRow): string {
  const words = whatItIs(message);
  return message.quote ? `Replied to a message: ${words}` : words;
}

function whatItIs(message: MessageRow): string {
  const { kind, text, attachments, referral, payload } = message;
  if (referral && !text) {
    const { came, detail } = referralWords(referral);
    return detail ? `Came ${came}: ${detail}` : `Came ${came}`;
  }
  if (kind === "text" && payload !== null) return `Tapped a quick reply: ${text ?? ""}`;
  const pictures = attachments.filter(({ type }) => type === "image").length;
  if (kind === "image" && pictures > 1 && text) return `${count(pictures, "photo")}: ${text}`;
  if (kind === "story_reply") return `Replied to your story: ${text ?? kindWords(kind)}`;
  if (kind === "share") {
    const [shared] = attachments;
    return [`Shared ${SHARED[shared?.type ?? ""] ?? "a post"}`, shared?.title, text].filter(Boolean).join(": ");
  }
  if (kind === "view_once" || kind === "unsupported") return kindWords(kind);
  return previewWords({ kind, text, direction: "in", state: "received", pictures, author: null }, "").text;
}
