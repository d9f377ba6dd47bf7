import type { Attachment, Message } from "./wire";

const NAMES: Record<string, string> = {
  image: "Photo",
  video: "Video",
  audio: "Voice note",
  file: "File",
  like_heart: "❤️",
  ig_post: "Post",
  share: "Post",
  ig_reel: "Reel",
  reel: "Reel",
  ig_story: "Story",
  ephemeral: "View-once photo",
  unsupported_type: "Something apps cannot read",
  hologram: "Hologram",
};

/** A message in a few words: for lists, quotes and screen readers. */
export function wordsOf(message: Message): string {
  if (message.unsent) return "Message unsent";
  if (message.text) return message.text;
  if (message.story?.relation === "mention") return "Story mention";
  if (message.cards[0]) return message.cards[0].title;
  const images = message.attachments.filter((one) => one.type === "image");
  if (images.length > 1) return `${images.length} photos`;
  const [first] = message.attachments;
  return first ? attachmentName(first) : "Something apps cannot read";
}

export function attachmentName({ type, contentType }: Attachment): string {
  if (type === "image" && contentType === "image/gif") return "GIF";
  return NAMES[type] ?? type.replaceAll("_", " ");
}
