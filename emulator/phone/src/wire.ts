/** The shapes of the play API, as `emulator/README.md` describes them. Times are milliseconds by the emulator's clock. */
export interface WorldState {
  now: number;
  seq: number;
  appUrl?: string | null;
  businesses: Business[];
  customers: Customer[];
  threads: Thread[];
  samples: Sample[];
}

export interface Sample {
  id: string;
  name: string;
  url: string;
}

export interface Story {
  id: string;
  url: string;
  postedAt: number;
  endsAt: number;
  active: boolean;
  mentions: string[];
}

export interface Business {
  igId: string;
  username: string;
  name: string;
  picture: string | null;
  pageId: string | null;
  pageName: string | null;
  connected: boolean;
  allowMessages: boolean;
  /** Ids of the customers this account follows. */
  follows: string[];
  stories: Story[];
}

export interface Customer {
  id: string;
  username: string;
  name: string;
  picture: string | null;
  private: boolean;
  consentError: boolean;
  stories: Story[];
}

export type Side = "customer" | "business";

export interface Attachment {
  type: string;
  url: string | null;
  contentType: string | null;
  /** The file's own name. */
  name?: string;
  title?: string;
}

export interface OfferedButton {
  title: string;
  /** null: the button opens `url`. */
  payload: string | null;
  url: string | null;
}

export interface Card {
  title: string;
  subtitle: string | null;
  imageUrl: string | null;
  url: string | null;
  buttons: OfferedButton[];
}

export interface StoryRef {
  relation: "reply" | "mention";
  id: string;
  url: string;
  endsAt: number;
  available: boolean;
}

export interface Message {
  mid: string;
  at: number;
  from: Side;
  via: "phone" | "api";
  tag: string | null;
  text: string | null;
  attachments: Attachment[];
  story: StoryRef | null;
  replyTo: string | null;
  /** Titles that can be tapped now. */
  quickReplies: string[];
  cards: Card[];
  /** It came from a tap on a quick reply or a button. */
  pressed: boolean;
  referral: { kind: "ad" | "product"; title: string | null; url: string | null } | null;
  unsupported: boolean;
  reactions: { by: Side; emoji: string }[];
  unsent: boolean;
  edited: boolean;
  seen: boolean;
  notDelivered: string | null;
}

export interface Thread {
  /** Of two readings of one thread the higher is the later. */
  version: number;
  id: string;
  igId: string;
  customerId: string;
  updatedAt: number;
  lastCustomerAt: number | null;
  window: "open" | "human_agent" | "closed";
  seenByCustomerAt: number | null;
  seenByBusinessAt: number | null;
  unreadByCustomer: number;
  unreadByBusiness: number;
  typing: boolean;
  notes: { at: number; text: string }[];
  total: number;
  messages: Message[];
}

/** Whether Instagram told the business's app, and if not, why not. */
export interface Delivery {
  sent: boolean;
  reason?: string;
}

/** What any action may answer beside `ok`. */
export interface Answer {
  mid?: string | null;
  thread?: Thread;
  delivery?: Delivery;
  business?: Business;
  customer?: Customer;
  story?: Story;
}
