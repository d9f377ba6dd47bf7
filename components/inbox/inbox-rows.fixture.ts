import { PLAIN_MESSAGE } from "@/lib/inbox/plain-message";
import type { Changes, ConversationPage, ConversationRow, MessageRow, ThreadPage } from "@/lib/inbox/types";

/** Rows for tests, plausible unless told otherwise. */
let made = 0;

export function messageRow(values: Partial<MessageRow> = {}): MessageRow {
  made += 1;
  return {
    id: `m${String(made).padStart(6, "0")}`,
    version: 1,
    conversationId: "c1",
    direction: "in",
    origin: "customer",
    kind: "text",
    text: "Hello",
    ...PLAIN_MESSAGE,
    author: null,
    sentAt: 1_000,
    arrival: made,
    state: values.direction === "out" ? "sent" : "received",
    failure: null,
    unsent: false,
    ...values,
  };
}

export function conversationRow(values: Partial<ConversationRow> = {}): ConversationRow {
  return {
    id: "c1",
    version: 1,
    channelId: "h1",
    contact: { id: "p1", displayName: "Ana Lima", username: "ana.lima", hasPicture: false },
    lastMessageAt: 1_000,
    preview: { kind: "text", text: "Hello", direction: "in", state: "received", pictures: 0, author: null },
    unread: 0,
    unansweredSince: null,
    lastCustomerAt: 1_000,
    seenThroughAt: null,
    strayReactions: [],
    control: null,
    ...values,
  };
}

export function threadPage(values: Partial<ThreadPage> = {}): ThreadPage {
  return {
    sequence: 0,
    conversation: conversationRow(),
    contact: {
      id: "p1",
      displayName: "Ana Lima",
      username: "ana.lima",
      hasPicture: false,
      followerCount: null,
      followsBusiness: null,
      followedByBusiness: null,
      verified: null,
      firstWroteAt: 1_000,
      profileProblem: null,
    },
    messages: [],
    older: null,
    newer: false,
    ...values,
  };
}

export function conversationPage(values: Partial<ConversationPage> = {}): ConversationPage {
  return { sequence: 0, conversations: [], unread: 0, next: null, ...values };
}

export function changes(values: Partial<Changes> = {}): Changes {
  return {
    after: 0,
    through: 1,
    resync: false,
    conversations: [],
    messages: [],
    contacts: [],
    channels: [],
    removed: [],
    erased: [],
    unread: null,
    ...values,
  };
}
