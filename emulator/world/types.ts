/** All times are milliseconds of the emulator's clock; all ids are strings. */

import type { Code, Grant, PageSubscription, Token } from "./access-types";

export interface App {
  id: string;
  secret: string;
  name: string;
  redirectUris: string[];
  requireProof: boolean;
  humanAgent: boolean;
  deauthorizeUrl: string | null;
  dataDeletionUrl: string | null;
  webhook: AppWebhook | null;
  /** Hosts, beside those of the redirect addresses, on which the JavaScript SDK may run. */
  sdkDomains: string[];
  /** Saved configurations of Facebook Login for Business. */
  configurations: LoginConfiguration[];
  /** In development only people with a role get through. */
  mode: "live" | "development";
  /** Meta has blocked the app: no call, no login. */
  restricted: boolean;
  roles: AppRole[];
  /** Customers whose Instagram account is a tester of the app. */
  testers: string[];
  /** The secret before it was reset. */
  previousSecret: string | null;
  /** What was registered, to which a reset of the world goes back; null for an app made on the dashboard. */
  registered: Registered | null;
}

/** What of an app a reset of the world restores. */
export type Registered = Pick<
  App,
  | "secret"
  | "name"
  | "redirectUris"
  | "requireProof"
  | "humanAgent"
  | "deauthorizeUrl"
  | "dataDeletionUrl"
  | "webhook"
  | "sdkDomains"
  | "configurations"
>;

export interface LoginConfiguration {
  id: string;
  name: string;
  scopes: string[];
  tokenType: "user" | "system_user";
}

export type RoleName = "administrator" | "developer" | "tester";

export interface AppRole {
  personId: string;
  role: RoleName;
}

/** The app's subscription to object `instagram`. It counts once the handshake succeeded. */
export interface AppWebhook {
  url: string;
  verifyToken: string;
  fields: string[];
  verified: boolean;
}

export interface Person {
  id: string;
  name: string;
  email: string | null;
}

/** A Meta Business portfolio. It owns the Pages that name it, and works on some of others'. */
export interface Portfolio {
  id: string;
  name: string;
  members: string[];
  clientPages: string[];
}

export interface PageRole {
  personId: string;
  tasks: string[];
}

export interface Page {
  id: string;
  name: string;
  category: string;
  categoryId: string;
  igId: string | null;
  /** Set when the Page is owned through a Meta Business portfolio: hidden without `business_management`. */
  portfolioId: string | null;
  roles: PageRole[];
}

export interface Story {
  id: string;
  mediaId: string;
  postedAt: number;
  endsAt: number;
  mentions: string[];
}

export interface Business {
  igId: string;
  username: string;
  name: string;
  avatarId: string;
  followers: number;
  allowMessages: boolean;
  /** false: the owner made it a personal account, which has no messaging API. */
  professional: boolean;
  /** The app that conversation routing gives new conversations to; null: every connected app. */
  routedTo: string | null;
  follows: string[];
  stories: Story[];
}

export interface Customer {
  id: string;
  username: string;
  name: string;
  avatarId: string | null;
  private: boolean;
  consentError: boolean;
  verified: boolean;
  followers: number;
  followsBusinesses: string[];
  stories: Story[];
}

export interface Attachment {
  type: string;
  mediaId: string | null;
  title?: string;
  /** Payload members as Meta sends them, `url` aside: that is written from `mediaId`. */
  payload?: Record<string, unknown>;
  /** Which payload member holds the media's address, `url` unless told. */
  urlMember?: string;
}

export type Side = "customer" | "business";

export interface Message {
  mid: string;
  at: number;
  from: Side;
  via: "phone" | "api";
  appId: string | null;
  tag: string | null;
  text: string | null;
  attachments: Attachment[];
  story: { relation: "reply" | "mention"; storyId: string } | null;
  replyTo: string | null;
  quickReply: string | null;
  /** What the customer may answer with, until the next message. */
  quickReplies?: QuickReply[];
  /** A press of a button; that of an ice breaker reaches apps without a message id. */
  postback?: { title: string; payload: string; iceBreaker: boolean };
  /** How the customer came: from an ad or a product of the shop. */
  referral?: Record<string, unknown>;
  reactions: { by: Side; emoji: string; reaction: string }[];
  unsupported: boolean;
  unsent: boolean;
  edits: number;
  notDelivered: string | null;
}

export interface QuickReply {
  title: string;
  payload: string;
}

/** Something that happened in a thread without being a message. */
export interface ThreadNote {
  at: number;
  text: string;
}

export interface Thread {
  id: string;
  key: string;
  igId: string;
  customerId: string;
  igsid: string;
  /** Oldest first. */
  messages: Message[];
  lastCustomerAt: number | null;
  seenByCustomerAt: number | null;
  seenByBusinessAt: number | null;
  typingUntil: number;
  updatedAt: number;
  notes?: ThreadNote[];
}

export type MediaKind = "avatar" | "story" | "image" | "video" | "audio" | "file" | "share";

export interface Media {
  id: string;
  kind: MediaKind;
  contentType: string;
  /** A drawing made in code, or the name of a stored upload. */
  source: { drawing: string } | { stored: string };
  storyId: string | null;
  /** The file's name, when it came with one. */
  name?: string;
  /** Set on what an app uploaded: its id is good for a while, for that account, as that type. */
  upload?: { igId: string; at: number; platform: string };
}

export interface LedgerEntry {
  n: number;
  at: number;
  appId: string;
  pageId: string;
  igId: string;
  recipient: string;
  customerId: string;
  kind: string;
  text: string | null;
  tag: string | null;
  messagingType: string | null;
  mid: string | null;
  raw: unknown;
}

/** One webhook POST on its way: kept until it was taken, dropped or replaced. */
export interface PendingDelivery {
  id: string;
  appId: string;
  igId: string;
  pageId: string;
  threadKey: string;
  body: string;
  items: number;
  firstAttemptAt: number | null;
  attempts: number;
  nextAt: number;
}

export interface World {
  version: 1;
  clockOffsetMs: number;
  apps: App[];
  people: Person[];
  portfolios: Portfolio[];
  pages: Page[];
  businesses: Business[];
  customers: Customer[];
  threads: Thread[];
  grants: Grant[];
  /** Who removed which app; they may still ask for their data's deletion. */
  removed: { personId: string; appId: string; at: number }[];
  tokens: Token[];
  codes: Code[];
  subscriptions: PageSubscription[];
  media: Media[];
  ledger: LedgerEntry[];
  pending: PendingDelivery[];
  /** Key under which CDN addresses are signed. */
  cdnKey: string;
}
