import { findStory, mediaUrl } from "../cdn/media-url";
import type { Emulator } from "../emulator";
import { isObject } from "../http";
import { storyUrl } from "../messages/message-item";
import type { Attachment, Message, Thread } from "../world/types";
import { project, type Readers } from "./fields";
import type { Access, GraphCall } from "./graph-call";
import { GraphError, noSuchObject } from "./graph-error";
import { graphTime } from "./paging";
import { limitRate } from "./rate-limit";
import { requireReading } from "./require-reading";
import { messagingAccount } from "./send-checks";

/** Meta gives the content of this many newest messages of a thread. */
export const DETAIL_LIMIT = 20;
const SHARED = ["share", "ig_post", "ig_reel", "ig_story"];

export interface MessageInThread {
  thread: Thread;
  message: Message;
}

/** `/{mid}` with the page token. */
export function messageNode(call: GraphCall, access: Access, found: MessageInThread): Record<string, unknown> {
  const { thread, message } = found;
  const page = call.emulator.index.pageOfAccount(thread.igId);
  if (access.kind !== "page" || page?.id !== access.token.pageId) throw noSuchObject(message.mid, call.method);
  requireReading(call, access, page);
  messagingAccount(call, page);
  limitRate(call, thread.igId);
  const newer = thread.messages.slice(thread.messages.indexOf(message) + 1).filter(isListed).length;
  if (message.unsent || newer >= DETAIL_LIMIT) {
    throw new GraphError(9000001, "The message has been deleted and can no longer be accessed.");
  }
  return project("Message", found, messageReaders(call.emulator), call.fields(), ["id", "created_time"]);
}

/** Unsent and unsupported messages vanish from lists. */
export function isListed(message: Message): boolean {
  return !message.unsent && !message.unsupported;
}

export function messageReaders(emulator: Emulator): Readers<MessageInThread> {
  const people = ({ thread }: MessageInThread) => ({
    customer: { username: emulator.index.customers.get(thread.customerId)?.username, id: thread.igsid },
    business: { username: emulator.index.businesses.get(thread.igId)?.username, id: thread.igId },
  });
  return {
    id: ({ message }) => message.mid,
    created_time: ({ message }) => graphTime(message.at),
    from: (found) => people(found)[found.message.from],
    to: (found) => ({ data: [people(found)[found.message.from === "customer" ? "business" : "customer"]] }),
    message: ({ message }) => message.text ?? "",
    attachments: ({ message }) => {
      const data = message.attachments.flatMap((one) => attachmentData(emulator, one));
      return data.length > 0 ? { data } : undefined;
    },
    shares: ({ message }) => {
      const data = message.attachments.filter((one) => SHARED.includes(one.type));
      return data.length > 0
        ? { data: data.map((one) => ({ link: link(emulator, one), name: one.title })) }
        : undefined;
    },
    story: ({ message }) => {
      if (!message.story) return undefined;
      const { relation, storyId } = message.story;
      return { [relation === "reply" ? "reply_to" : "mention"]: { link: livingLink(emulator, storyId), id: storyId } };
    },
    reactions: (found) => {
      const { reactions } = found.message;
      if (reactions.length === 0) return undefined;
      return { data: reactions.map((one) => ({ reaction: one.emoji, users: [people(found)[one.by]] })) };
    },
    reply_to: ({ thread, message }) => {
      if (message.replyTo === null) return undefined;
      const target = thread.messages.find((one) => one.mid === message.replyTo);
      return { mid: message.replyTo, is_self_reply: target?.from === message.from };
    },
    is_unsupported: ({ message }) => (message.unsupported ? "true" : undefined),
    tags: () => ({ data: [{ name: "inbox" }] }),
  };
}

/** The read-back form of one attachment; shared posts stand under `shares`, a heart under nothing. */
function attachmentData(emulator: Emulator, attachment: Attachment): Record<string, unknown>[] {
  if (attachment.type === "template") return templateData(attachment);
  const media = attachment.mediaId ? emulator.index.media.get(attachment.mediaId) : undefined;
  if (!media || SHARED.includes(attachment.type)) return [];
  const url = link(emulator, attachment);
  const name = media.name ?? `${attachment.type}-${media.id}`;
  const head = { id: media.id, mime_type: media.contentType, name, size: null };
  if (media.contentType.startsWith("image/")) return [{ ...head, image_data: imageData(url, media.contentType) }];
  if (media.contentType.startsWith("video/")) {
    const video_data = { url, preview_url: url, width: 144, height: 192, length: 3, video_type: 1, rotation: 0 };
    return [{ ...head, video_data }];
  }
  return [{ ...head, file_url: url }];
}

function imageData(url: string | undefined, contentType: string): Record<string, unknown> {
  return {
    url,
    preview_url: url,
    width: 480,
    height: 600,
    max_width: 480,
    max_height: 600,
    render_as_sticker: false,
    ...(contentType === "image/gif" ? { animated_gif_url: url } : {}),
  };
}

/** One entry for each card of a template, with its first button. */
function templateData({ payload }: Attachment): Record<string, unknown>[] {
  return Object.values(payload ?? {}).flatMap((form) => {
    const elements = isObject(form) && Array.isArray(form.elements) ? form.elements.filter(isObject) : [];
    return elements.map(({ title, subtitle, image_url, buttons }) => {
      const [first] = Array.isArray(buttons) ? buttons.filter(isObject) : [];
      const cta = first && { title: first.title, type: first.type, url: first.url };
      return { generic_template: { title, subtitle, media_url: image_url, cta } };
    });
  });
}

function link(emulator: Emulator, attachment: Attachment): string | undefined {
  if (attachment.mediaId !== null) return mediaUrl(emulator, attachment.mediaId);
  return typeof attachment.payload?.url === "string" ? attachment.payload.url : undefined;
}

function livingLink(emulator: Emulator, storyId: string): string {
  const found = findStory(emulator, storyId);
  return found && emulator.now() < found.story.endsAt ? (storyUrl(emulator, storyId) ?? "") : "";
}
