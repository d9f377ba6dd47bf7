/** What screens see. Times are milliseconds since 1970; a row with an older `version` never replaces a newer one. */

export type ContactRow = {
  id: string;
  /** Name, else @username, else "Instagram user …1234". */
  displayName: string;
  username: string | null;
  hasPicture: boolean;
};

/** "other": a message not shown yet; "event": something that is no message (a reaction, an edit …), not shown yet. */
export type MessageKind =
  | "text"
  | "image"
  | "video"
  | "audio"
  | "file"
  | "like_heart"
  | "share"
  | "story_reply"
  | "story_mention"
  | "view_once"
  | "unsupported"
  | "template"
  | "postback"
  | "referral"
  | "other"
  | "event";

export type MessageState = "received" | "queued" | "dispatching" | "sent" | "failed" | "unconfirmed";

export type Preview = {
  /** "reaction": the customer's newest act is a reaction; `text` is its emoji. */
  kind: MessageKind | "unsent" | "reaction";
  text: string | null;
  direction: "in" | "out";
  state: MessageState;
  /** How many pictures it carries. */
  pictures: number;
  /** Who wrote it at the desk; null for the customer's, and for what was written in the Instagram app. */
  author: { id: string; name: string } | null;
};

/** Who answers conversations beside or instead of the people of the desk. */
export type Responder = {
  id: string;
  name: string;
  /** "inbox": the people of this desk. "bot": expressly a program's. "program": an integrator's, be it people or not. */
  kind: "inbox" | "bot" | "program";
};

/** Who answers a conversation, where a switchboard says so. */
export type ControlRow = {
  holder: Responder | null;
  offeredTo: Responder | null;
  /** Who gets the conversation with the customer's next message, while nobody holds it. */
  nextHolder: Responder | null;
  /** Whom the inbox can give it to. */
  handBackTo: Responder | null;
  /** Whether the inbox has a place at the switchboard; else it can only watch. */
  inboxAnswers: boolean;
};

export type ConversationRow = {
  id: string;
  version: number;
  channelId: string;
  contact: ContactRow;
  lastMessageAt: number;
  preview: Preview | null;
  unread: number;
  /** Start of the 24 hours in which the brand promised an answer; null when nothing waits. */
  unansweredSince: number | null;
  /** Start of Instagram's reply window; null when the customer never wrote. */
  lastCustomerAt: number | null;
  /** Own messages up to this moment have been seen. */
  seenThroughAt: number | null;
  /** The customer's newest reactions to messages that the desk does not have, oldest first. */
  strayReactions: { emoji: string; at: number }[];
  /** Null where no switchboard is at work. */
  control: ControlRow | null;
};

export type Story = {
  relation: "reply" | "mention";
  /** Address at Meta's CDN, for the browser alone; null once the story is gone. */
  url: string | null;
};

export type Attachment = {
  /** image, video, audio, file, like_heart, post, reel, story, view_once, template, link, or Meta's own word for what is not shown yet. */
  type: string;
  /** Media at Meta's CDN, for the browser alone. */
  url: string | null;
  title: string | null;
  /** An address on instagram.com, to open there. */
  permalink: string | null;
  /** Sent from here; Instagram has not passed it back yet, and with it where it can be seen. */
  awaited?: true;
  /** Instagram was asked where it is, and told nothing. */
  asked?: true;
};

export type Button = { title: string; url?: string; payload?: string };

export type Card = { title: string; subtitle?: string; imageUrl?: string; url?: string; buttons?: Button[] };

export type Referral = {
  source?: string;
  ref?: string;
  adId?: string;
  adTitle?: string;
  pictureUrl?: string;
  videoUrl?: string;
  productId?: string;
};

/** The message that this one answers. */
export type Quote = {
  /** Null when the desk does not have it. */
  messageId: string | null;
  kind: MessageKind | "unsent" | null;
  text: string | null;
  direction: "in" | "out" | null;
};

export type ReactionRow = { by: "customer" | "business"; emoji: string };

export type MessageRow = {
  id: string;
  version: number;
  conversationId: string;
  direction: "in" | "out";
  /** "instagram": typed on the business's phone or sent by another tool. */
  origin: "customer" | "desk" | "instagram";
  kind: MessageKind;
  text: string | null;
  attachments: Attachment[];
  story: Story | null;
  /** What a quick reply or button carried back. */
  payload: string | null;
  /** It came while Instagram had given the conversation to another app. */
  standby?: true;
  referral: Referral | null;
  cards: Card[];
  buttons: Button[];
  quickReplies: { title: string; payload: string }[];
  quote: Quote | null;
  reactions: ReactionRow[];
  /** What it said before, oldest first; empty when never edited. */
  earlier: { text: string; at: number }[];
  editedAt: number | null;
  /** Several sends of one click are one bubble: the id of its first message, and the place in it. */
  bubbleId: string | null;
  part: number;
  author: { id: string; name: string } | null;
  sentAt: number;
  /** Number of its arrival in the conversation, or of the customer's reaction to it; what mark-read speaks in. */
  arrival: number;
  state: MessageState;
  failure: { code: string; text: string } | null;
  unsent: boolean;
};

/** A post of the brand itself, to be sent. */
export type Post = {
  /** Instagram's id of it. */
  id: string;
  kind: "post" | "reel";
  caption: string | null;
  /** At Meta's CDN, for the browser alone. */
  pictureUrl: string | null;
  permalink: string | null;
  postedAt: number | null;
};

/** The brand's posts, newest first. */
export type PostPage = {
  posts: Post[];
  /** Opaque; null when this is the last page. */
  next: string | null;
};

export type ChannelRow = {
  id: string;
  username: string;
  name: string | null;
  pageName: string;
  pictureUrl: string | null;
  state: "connecting" | "healthy" | "broken" | "disconnected";
  /** What is wrong, in words; a healthy channel may still have something that hinders it. */
  problem: string | null;
  /** The same as the name of the doctor's line that is the cause. */
  problemCode: string | null;
  /** What exactly was found there. */
  problemDetail: string | null;
  /** When Meta ends the key or the access to data; null: never, or not known. */
  endsAt: number | null;
  /** What a comparison has fetched within the last day, because Instagram had never reported it. */
  recovered?: { id: string; messages: number; conversations: number } | null;
};

export type ContactDetails = ContactRow & {
  followerCount: number | null;
  followsBusiness: boolean | null;
  followedByBusiness: boolean | null;
  verified: boolean | null;
  firstWroteAt: number;
  profileProblem: string | null;
};

/** One page of the list; `sequence` was read before the rows and is where the stream continues. */
export type ConversationPage = {
  sequence: number;
  conversations: ConversationRow[];
  /** Conversations of the whole workspace that the people of the desk have not read and are to read. */
  unread: number;
  /** Opaque; null when this is the last page. */
  next: string | null;
};

/** A message that was found, with whom, and where the words stand in it. */
export type FoundMessage = {
  message: MessageRow;
  conversation: ConversationRow;
  /** What was found in it: its text, else the title of what it carries. */
  text: string;
  /** `[start, end)` of `text`, in UTF-16 units. */
  ranges: [start: number, end: number][];
};

/** One page of what was found, newest first. */
export type SearchPage = {
  /** Only on the first page, and not within one conversation. */
  people: ConversationRow[];
  messages: FoundMessage[];
  /** Within one conversation: how many, from here on back, up to a thousand; `more`: there may be further ones. Else null. */
  total: { count: number; more: boolean } | null;
  /** Opaque; null when everything was looked through. A page may hold few or none and still have a next one. */
  next: string | null;
};

/** A stretch of one conversation, oldest first. */
export type ThreadPage = {
  sequence: number;
  conversation: ConversationRow;
  contact: ContactDetails;
  messages: MessageRow[];
  /** Opaque; null when the first message is among them. */
  older: string | null;
  /** Whether the conversation goes on after the last of them. */
  newer: boolean;
};

/** What changed after `after` up to and including `through`; with `resync` the reader reads everything anew. */
export type Changes = {
  after: number;
  through: number;
  resync: boolean;
  conversations: ConversationRow[];
  messages: MessageRow[];
  contacts: ContactDetails[];
  channels: ChannelRow[];
  /** Messages that turned out to be another one and are not there any more. */
  removed: string[];
  /** Conversations that were erased. */
  erased: string[];
  /** As in `ConversationPage`; null where no conversation has changed. */
  unread: number | null;
};

/** Why an account's conversations are read: it was connected, connected again, compared at night, or a person asked. */
export type BackFillReason = "connect" | "reconnect" | "nightly" | "by_hand";

/** One reading of what Instagram still gives of an account's conversations. */
export type BackFillRow = {
  id: string;
  reason: BackFillReason;
  /** First the conversations are listed, then they are read. */
  state: "listing" | "reading" | "done" | "failed" | "canceled";
  /** Conversations to read, read so far, and those among them that Instagram refused to show. */
  threads: number;
  threadsRead: number;
  threadsRefused: number;
  /** What the desk did not have: messages, and in how many conversations. */
  messages: number;
  conversations: number;
  /** Why it waits or ended early, in words. */
  problem: string | null;
  createdAt: number;
  /** When it goes on, while it waits. */
  resumesAt: number | null;
  finishedAt: number | null;
};

/** What a channel's page shows of its history. */
export type ChannelHistory = {
  running: BackFillRow | null;
  /** The one that ended last. */
  last: BackFillRow | null;
  /** Messages that Instagram never reported, found by comparing, newest first. */
  found: BackFillRow[];
  /** When the next comparison begins; null when none is planned. */
  nextComparisonAt: number | null;
  /** Now, by the server. */
  now: number;
};
