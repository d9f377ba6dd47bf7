import { isObject } from "../http";
import { postsOf } from "../posts/posts";
import type { Attachment, Business, QuickReply, Thread } from "../world/types";
import { fetchMedia } from "./fetch-media";
import type { GraphCall } from "./graph-call";
import { GraphError, missingParameter } from "./graph-error";
import { uploadedMedia } from "./keep-media";
import { type MessageMediaType, messageMediaType } from "./media-rules";
import { messageInThread } from "./message-in-thread";
import { readQuickReplies } from "./quick-replies";
import { readTemplate } from "./templates";

const TEXT_LIMIT_BYTES = 1000;
const MAX_IMAGES = 10;
const MESSAGE_KEYS = ["text", "attachment", "attachments", "quick_replies", "metadata"];

export interface Content {
  kind: string;
  text: string | null;
  attachments: Attachment[];
  quickReplies?: QuickReply[];
  replyTo: string | null;
}

/** What a Send call says: a text, media, a heart, a post, a template. */
export async function readContent(call: GraphCall, business: Business, thread: Thread): Promise<Content> {
  const message = call.object("message");
  if (!message) throw missingParameter("message");
  const unknown = Object.keys(message).filter((key) => !MESSAGE_KEYS.includes(key));
  if (unknown.length > 0)
    throw new GraphError(100, `(#100) Invalid keys "${unknown.join(", ")}" were found in param "message".`);
  const replyTo = readReplyTo(call, thread);
  if (message.text !== undefined) {
    if (message.attachment !== undefined || message.attachments !== undefined) {
      throw new GraphError(100, "(#100) Text and attachments cannot be sent in one message.", { subcode: 2534015 });
    }
    const text = checkText(message.text);
    return { kind: "text", text, attachments: [], quickReplies: readQuickReplies(message.quick_replies), replyTo };
  }
  if (message.quick_replies !== undefined)
    throw new GraphError(100, "(#100) Quick replies need a text.", { subcode: 2534015 });
  if (message.attachments !== undefined) {
    return { kind: "images", text: null, attachments: await readImages(call, business, message.attachments), replyTo };
  }
  if (!isObject(message.attachment))
    throw new GraphError(100, "(#100) The message must have a text or an attachment.", { subcode: 2534015 });
  const attachment = await readAttachment(call, business, message.attachment);
  return { kind: String(message.attachment.type), text: null, attachments: [attachment], replyTo };
}

function checkText(text: unknown): string {
  if (typeof text !== "string" || text === "")
    throw new GraphError(100, "(#100) Param message[text] must be a non-empty string.");
  if (Buffer.byteLength(text) > TEXT_LIMIT_BYTES) {
    throw new GraphError(
      100,
      `(#100) Length of param message[text] must be less than or equal to ${TEXT_LIMIT_BYTES} bytes.`,
      { subcode: 2534015 },
    );
  }
  return text;
}

function readReplyTo(call: GraphCall, thread: Thread): string | null {
  const replyTo = call.object("reply_to");
  if (!replyTo) return null;
  if (typeof replyTo.mid !== "string") throw new GraphError(100, "(#100) The parameter reply_to[mid] is required.");
  return messageInThread(call.emulator, thread, replyTo.mid).mid;
}

/** Several attachments in one message: images only. */
async function readImages(call: GraphCall, business: Business, given: unknown): Promise<Attachment[]> {
  if (!Array.isArray(given) || given.length === 0 || given.length > MAX_IMAGES)
    throw new GraphError(100, `(#100) Between 1 and ${MAX_IMAGES} images can be sent at once.`);
  const images = given.map((one: unknown) => {
    if (!isObject(one) || one.type !== "image")
      throw new GraphError(100, "(#100) Several attachments have to be images.");
    return one;
  });
  return Promise.all(images.map((one) => readMedia(call, business, "image", one)));
}

async function readAttachment(
  call: GraphCall,
  business: Business,
  attachment: Record<string, unknown>,
): Promise<Attachment> {
  const payload = isObject(attachment.payload) ? attachment.payload : {};
  switch (attachment.type) {
    case "like_heart":
      return { type: "like_heart", mediaId: null };
    case "MEDIA_SHARE":
      return ownPost(call, business, payload.id);
    case "template":
      return readTemplate(call, business, payload);
    case "image":
    case "video":
    case "audio":
    case "file":
      return readMedia(call, business, messageMediaType(attachment.type), attachment);
    default:
      throw new GraphError(
        100,
        "(#100) Param message[attachment][type] must be one of {image, video, audio, file, like_heart, template, MEDIA_SHARE}",
      );
  }
}

/** A post of the account itself; it comes back as `ig_post`, a reel as `ig_reel`. */
function ownPost(call: GraphCall, business: Business, id: unknown): Attachment {
  if (typeof id !== "string") throw missingParameter("message[attachment][payload][id]");
  const post = postsOf(call.emulator, business).find((one) => one.id === id);
  if (!post) {
    throw new GraphError(100, "(#100) The post to share does not exist or does not belong to this account.", {
      subcode: 2534015,
    });
  }
  const [type, idMember] = post.type === "VIDEO" ? ["ig_reel", "reel_video_id"] : ["ig_post", "ig_post_media_id"];
  return { type, mediaId: post.mediaId, title: post.caption, payload: { [idMember]: post.id } };
}

async function readMedia(
  call: GraphCall,
  business: Business,
  type: MessageMediaType,
  attachment: Record<string, unknown>,
): Promise<Attachment> {
  const payload = isObject(attachment.payload) ? attachment.payload : {};
  if (typeof payload.attachment_id === "string")
    return { type, mediaId: uploadedMedia(call, business, type, payload.attachment_id).id };
  if (typeof payload.url !== "string") throw missingParameter("message[attachment][payload][url]");
  return { type, mediaId: (await fetchMedia(call, business, type, payload.url)).id };
}
