import { findStory, mediaUrl } from "../cdn/media-url";
import type { Emulator } from "../emulator";
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
const DETAIL_LIMIT = 20;

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
  const newer = thread.messages.filter((one) => one.at > message.at && !one.unsent).length;
  if (message.unsent || newer >= DETAIL_LIMIT) {
    throw new GraphError(9000001, "The message has been deleted and can no longer be accessed.");
  }
  return project("Message", found, messageReaders(call.emulator), call.fields(), ["id", "created_time"]);
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
      const data = message.attachments.filter(
        (one) => one.mediaId !== null && one.type !== "share" && one.type !== "ig_post",
      );
      return data.length > 0 ? { data: data.map((one) => attachmentData(emulator, one)) } : undefined;
    },
    shares: ({ message }) => {
      const data = message.attachments.filter((one) => one.type === "share" || one.type === "ig_post");
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

function attachmentData(emulator: Emulator, attachment: Attachment): Record<string, unknown> {
  const url = link(emulator, attachment);
  const media = attachment.mediaId ? emulator.index.media.get(attachment.mediaId) : undefined;
  const head = {
    id: attachment.mediaId,
    mime_type: media?.contentType,
    name: `${attachment.type}-${attachment.mediaId}`,
    size: null,
  };
  if (media?.contentType.startsWith("image/")) {
    return {
      ...head,
      image_data: {
        url,
        preview_url: url,
        width: 480,
        height: 600,
        max_width: 480,
        max_height: 600,
        render_as_sticker: false,
      },
    };
  }
  if (attachment.type === "video" || attachment.type === "ig_reel")
    return { ...head, video_data: { url, preview_url: url, width: 0, height: 0 } };
  return { ...head, file_url: url };
}

function link(emulator: Emulator, attachment: Attachment): string | undefined {
  if (attachment.mediaId !== null) return mediaUrl(emulator, attachment.mediaId);
  return typeof attachment.payload?.url === "string" ? attachment.payload.url : undefined;
}

function livingLink(emulator: Emulator, storyId: string): string {
  const found = findStory(emulator, storyId);
  return found && emulator.now() < found.story.endsAt ? (storyUrl(emulator, storyId) ?? "") : "";
}
