/** A conversation as far as the webhook has told of it. */
export type Conversation = {
  id: string;
  integrationId: string;
  person: string;
  preview: string;
  at: string;
  /** Whether the customer wrote last. */
  waiting: boolean;
  /** Of a story mention: where Instagram shows the story for a day. It is linked to and never copied. */
  story: string | null;
};

/** What became of a message of ours. */
export type Delivery = { state: "Sending" | "Sent" | "Seen" | "Not sent"; reason?: string };

export type WebhookEvent = { id: string; type: string; createdAt: string; payload: Payload };

type Payload = {
  conversation?: { id: string };
  message?: {
    id: string;
    received?: string;
    author?: { type: string; displayName?: string };
    content?: { type: string; text?: string };
    source?: { integrationId?: string };
    deleted?: boolean | null;
  };
  source?: { integrationId?: string };
  referral?: { code?: string; details?: { source?: string } };
  client?: { displayName?: string };
  error?: { message: string };
};

const MOST_SEEN = 10_000;
const UNSENT = "Unsent a message";
const WORDS: Record<string, string> = { image: "A picture", file: "A file", carousel: "Cards", location: "A place" };
const NOBODY_YET = "Somebody on Instagram";

export type Conversations = ReturnType<typeof createConversations>;

/** Keeps what the webhook tells in memory, where a real site has its database. */
export function createConversations() {
  const byId = new Map<string, Conversation>();
  const deliveries = new Map<string, Delivery>();
  const seenEvents = new Set<string>();
  const listeners = new Set<() => void>();

  function take({ type, createdAt, payload }: WebhookEvent): void {
    const { conversation, message } = payload;
    if (type === "conversation:message" && conversation && message) keep(conversation.id, message);
    if (conversation && payload.referral) refer(conversation.id, createdAt, payload);
    if (type === "conversation:message:deleted" && conversation) told(conversation.id, UNSENT);
    if (type === "client:update" && conversation) name(conversation.id, payload.client?.displayName);
    if (type === "conversation:remove" && conversation) byId.delete(conversation.id);
    if (message && type === "conversation:message:delivery:channel") mark(message.id, { state: "Sent" });
    if (message && type === "conversation:message:delivery:user") mark(message.id, { state: "Seen" });
    if (message && type === "conversation:message:delivery:failure")
      mark(message.id, { state: "Not sent", reason: payload.error?.message });
  }

  function keep(id: string, message: NonNullable<Payload["message"]>): void {
    const known = byId.get(id);
    // Messages of the business come without the account; its conversation is known from the customer's.
    const integrationId = message.source?.integrationId ?? known?.integrationId;
    if (!integrationId) return;
    const waiting = message.author?.type === "user";
    const person = (waiting ? message.author?.displayName : known?.person) ?? known?.person ?? NOBODY_YET;
    const at = message.received ?? new Date().toISOString();
    const said = message.content?.text || (WORDS[message.content?.type ?? ""] ?? "Something without words");
    const preview = message.deleted ? UNSENT : said;
    // Events can come late: an older message must not stand for the newest.
    if (known && known.at > at) return;
    byId.set(id, { id, integrationId, person, preview, at, waiting, story: known?.story ?? null });
  }

  /** A story mention, or a way by which somebody came: perhaps the first that is heard of them. */
  function refer(id: string, at: string, { referral, source }: Payload): void {
    const known = byId.get(id);
    const integrationId = source?.integrationId ?? known?.integrationId;
    if (!integrationId) return;
    const mention = referral?.details?.source === "STORY_MENTION";
    const preview = mention ? "Mentioned you in their story" : "Came by a link or an advertisement";
    const story = mention ? (referral?.code ?? null) : (known?.story ?? null);
    byId.set(id, { id, integrationId, person: known?.person ?? NOBODY_YET, preview, at, waiting: true, story });
  }

  function told(id: string, preview: string): void {
    const known = byId.get(id);
    if (known) byId.set(id, { ...known, preview });
  }

  /** Instagram tells a new customer's name a moment after their first message. */
  function name(id: string, person: string | undefined): void {
    const known = byId.get(id);
    if (known && person) byId.set(id, { ...known, person });
  }

  /** "Seen" can overtake "Sent". */
  function mark(messageId: string, delivery: Delivery): void {
    if (deliveries.get(messageId)?.state !== "Seen") deliveries.set(messageId, delivery);
  }

  return {
    /** Takes events of the webhook; one that comes again does nothing. */
    hear(events: WebhookEvent[]): void {
      const fresh = events.filter(({ id }) => !seenEvents.has(id));
      for (const event of fresh) {
        seenEvents.add(event.id);
        take(event);
      }
      for (const id of seenEvents) {
        if (seenEvents.size <= MOST_SEEN) break;
        seenEvents.delete(id);
      }
      if (fresh.length > 0) for (const changed of listeners) changed();
    },

    /** Those of one account, the newest first. */
    of(integrationId: string): Conversation[] {
      return [...byId.values()]
        .filter((one) => one.integrationId === integrationId)
        .sort((a, b) => b.at.localeCompare(a.at));
    },

    /** Somebody else's conversation is not found. */
    find(integrationId: string, id: string): Conversation | undefined {
      const found = byId.get(id);
      return found?.integrationId === integrationId ? found : undefined;
    },

    name,

    /** The answer of the desk can come after what it tells of the message. */
    sending(messageId: string): void {
      if (!deliveries.has(messageId)) deliveries.set(messageId, { state: "Sending" });
    },

    delivery: (messageId: string) => deliveries.get(messageId),

    /** @returns what ends it */
    listen(changed: () => void): () => boolean {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}
