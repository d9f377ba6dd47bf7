import type { MessageKind } from "@/lib/inbox/types";

/** What a message is called where it is spoken of and not shown: above an answer to it, in the list, for ears. */
export function kindWords(kind: MessageKind | "unsent"): string {
  return WORDS[kind];
}

const WORDS: Record<MessageKind | "unsent", string> = {
  text: "Message",
  image: "Photo",
  video: "Video",
  audio: "Voice message",
  file: "PDF document",
  like_heart: "❤️",
  share: "Shared a post",
  story_reply: "Replied to a story",
  story_mention: "Story mention",
  view_once: "Disappearing photo or video",
  unsupported: "A message that Instagram does not share with apps",
  template: "Cards",
  postback: "Tapped a button",
  referral: "Came by a link or an ad",
  other: "Something not shown yet",
  event: "Something not shown yet",
  unsent: "Unsent message",
};
