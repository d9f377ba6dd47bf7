import { storableStart } from "./webhook-values";

const NAMES: Record<string, string> = {
  message: "Message",
  messages: "Message",
  message_reactions: "Reaction",
  messaging_postbacks: "Button tap",
  messaging_seen: "Seen mark",
  messaging_referral: "Referral",
  message_edit: "Edit",
  postback: "Button tap",
  reaction: "Reaction",
  read: "Seen mark",
  referral: "Referral",
  comments: "Comment",
  live_comments: "Live comment",
  mentions: "Mention",
  story_insights: "Story insights",
  pass_thread_control: "Hand-over",
  take_thread_control: "Hand-over",
  request_thread_control: "Hand-over",
};

const LABEL_CHARACTERS = 40;

/** What a raw item or delivery is, in words; "Unknown" where it cannot be read. */
export function nameRawItem(raw: string): string {
  const found = /"(?:field"\s*:\s*"([^"]+)"|(?!sender"|recipient"|timestamp"|id"|is_self")(\w[\w-]*)"\s*:\s*\{)/.exec(
    raw,
  );
  const word = found?.[1] ?? found?.[2];
  if (!raw.trimStart().startsWith("{") || word === undefined) return "Unknown";
  return Object.hasOwn(NAMES, word)
    ? (NAMES[word] ?? word)
    : storableStart(word, LABEL_CHARACTERS).replaceAll("_", " ");
}
