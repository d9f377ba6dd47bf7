import type { MessageRow } from "./types";

/** What a plain text has none of: for rows that a screen makes before the server does. */
export const PLAIN_MESSAGE: Pick<
  MessageRow,
  | "attachments"
  | "story"
  | "payload"
  | "referral"
  | "cards"
  | "buttons"
  | "quickReplies"
  | "quote"
  | "reactions"
  | "earlier"
  | "editedAt"
  | "bubbleId"
  | "part"
> = {
  attachments: [],
  story: null,
  payload: null,
  referral: null,
  cards: [],
  buttons: [],
  quickReplies: [],
  quote: null,
  reactions: [],
  earlier: [],
  editedAt: null,
  bubbleId: null,
  part: 0,
};
