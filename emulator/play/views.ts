import { findStory, mediaUrl } from "../cdn/media-url";
import type { Emulator } from "../emulator";
import { isObject } from "../http";
import { attachmentItem } from "../messages/message-item";
import { messagingWindow } from "../messages/messaging-window";
import { webhookTargets } from "../webhooks/publish";
import type { Attachment, Business, Customer, Message, Story, Thread } from "../world/types";
import { cardsOf, standingQuickReplies } from "./cards";

/** What the phone shows; the shapes are those of README.md. */
export function businessView(emulator: Emulator, business: Business) {
  const page = emulator.index.pageOfAccount(business.igId);
  return {
    igId: business.igId,
    username: business.username,
    name: business.name,
    picture: mediaUrl(emulator, business.avatarId),
    pageId: page?.id ?? null,
    pageName: page?.name ?? null,
    connected: webhookTargets(emulator, business.igId, "messages").reason === null,
    allowMessages: business.allowMessages,
    follows: business.follows,
    stories: business.stories.map((story) => storyView(emulator, story)),
  };
}

export function customerView(emulator: Emulator, customer: Customer) {
  return {
    id: customer.id,
    username: customer.username,
    name: customer.name,
    picture: customer.avatarId ? mediaUrl(emulator, customer.avatarId) : null,
    private: customer.private,
    consentError: customer.consentError,
    stories: customer.stories.map((story) => storyView(emulator, story)),
  };
}

export function storyView(emulator: Emulator, story: Story) {
  const now = emulator.now();
  return {
    id: story.id,
    url: mediaUrl(emulator, story.mediaId),
    postedAt: story.postedAt,
    endsAt: story.endsAt,
    active: story.postedAt <= now && now < story.endsAt,
    mentions: story.mentions,
  };
}

/** Begins anew with the process, and after whatever the one before has counted. */
let threadsViewed = Date.now() * 1000;

export function threadView(emulator: Emulator, thread: Thread, limit: number, before: string | null = null) {
  const all = thread.messages;
  const end = before ? all.findIndex((message) => message.mid === before) : all.length;
  const stop = end < 0 ? all.length : end;
  const unread = (from: Message["from"], seenAt: number | null) => {
    let count = 0;
    for (let at = all.length - 1; at >= 0; at--) {
      const message = all[at];
      if (!message || message.at <= (seenAt ?? 0)) break;
      if (message.from === from && !message.unsent) count++;
    }
    return count;
  };
  threadsViewed += 1;
  return {
    id: thread.id,
    // Answers and the stream overtake each other: the higher one was read later.
    version: threadsViewed,
    igId: thread.igId,
    customerId: thread.customerId,
    igsid: thread.igsid,
    updatedAt: thread.updatedAt,
    lastCustomerAt: thread.lastCustomerAt,
    window: messagingWindow(emulator, thread),
    seenByCustomerAt: thread.seenByCustomerAt,
    seenByBusinessAt: thread.seenByBusinessAt,
    unreadByCustomer: unread("business", thread.seenByCustomerAt),
    unreadByBusiness: unread("customer", thread.seenByBusinessAt),
    typing: thread.typingUntil > emulator.now(),
    notes: thread.notes ?? [],
    total: all.length,
    messages: all.slice(Math.max(0, stop - limit), stop).map((message) => messageView(emulator, thread, message)),
  };
}

function messageView(emulator: Emulator, thread: Thread, message: Message) {
  const seenAt = message.from === "customer" ? thread.seenByBusinessAt : thread.seenByCustomerAt;
  return {
    mid: message.mid,
    at: message.at,
    from: message.from,
    via: message.via,
    tag: message.tag,
    text: message.text,
    attachments: message.attachments.map((one) => attachmentView(emulator, one)),
    story: message.story && messageStoryView(emulator, message.story),
    replyTo: message.replyTo,
    quickReplies: standingQuickReplies(thread, message).map(({ title }) => title),
    cards: cardsOf(message),
    pressed: message.postback ? true : message.quickReply !== null,
    referral: message.referral ? referralView(message.referral) : null,
    unsupported: message.unsupported,
    reactions: message.reactions.map(({ by, emoji }) => ({ by, emoji })),
    unsent: message.unsent,
    edited: message.edits > 0,
    seen: seenAt !== null && message.at <= seenAt,
    notDelivered: message.notDelivered,
  };
}

function attachmentView(emulator: Emulator, attachment: Attachment) {
  const { payload } = attachmentItem(emulator, attachment) as { payload?: Record<string, unknown> };
  const url = payload?.url ?? payload?.[attachment.urlMember ?? "url"];
  const title = attachment.title ?? payload?.title;
  const media = attachment.mediaId ? emulator.index.media.get(attachment.mediaId) : undefined;
  return {
    type: attachment.type,
    url: typeof url === "string" ? url : null,
    contentType: media?.contentType ?? null,
    ...(media?.name ? { name: media.name } : {}),
    ...(typeof title === "string" ? { title } : {}),
  };
}

/** Where the customer came from, in words and with the ad's picture. */
function referralView(referral: Record<string, unknown>) {
  const ad = isObject(referral.ads_context_data) ? referral.ads_context_data : {};
  const title = typeof ad.ad_title === "string" ? ad.ad_title : null;
  return {
    kind: isObject(referral.product) ? "product" : "ad",
    title,
    url: typeof ad.photo_url === "string" ? ad.photo_url : null,
  };
}

function messageStoryView(emulator: Emulator, story: NonNullable<Message["story"]>) {
  const found = findStory(emulator, story.storyId);
  const endsAt = found?.story.endsAt ?? 0;
  return {
    relation: story.relation,
    id: story.storyId,
    url: found ? mediaUrl(emulator, found.story.mediaId) : "",
    endsAt,
    available: emulator.now() < endsAt,
  };
}
