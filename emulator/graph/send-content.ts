import { isObject } from "../http";
import type { Attachment, Thread } from "../world/types";
import { mediaFromUrl, uploadedMedia } from "./fetch-media";
import type { GraphCall } from "./graph-call";
import { GraphError, missingParameter } from "./graph-error";
import { messageInThread } from "./message-in-thread";

const TEXT_LIMIT_BYTES = 1000;
const MAX_IMAGES = 10;
const MAX_QUICK_REPLIES = 13;
const MAX_ELEMENTS = 10;

export interface Content {
  kind: string;
  text: string | null;
  attachments: Attachment[];
  replyTo: string | null;
}

/** What a Send call says: a text, media, a template. */
export async function readContent(call: GraphCall, thread: Thread): Promise<Content> {
  const message = call.object("message");
  if (!message) throw missingParameter("message");
  const replyTo = readReplyTo(call, thread);
  if (message.text !== undefined) {
    if (message.attachment !== undefined || message.attachments !== undefined) {
      throw new GraphError(100, "(#100) Text and attachments cannot be sent in one message.", { subcode: 2534015 });
    }
    const text = checkText(message.text);
    checkQuickReplies(message.quick_replies);
    return { kind: "text", text, attachments: [], replyTo };
  }
  if (Array.isArray(message.attachments)) {
    const images = message.attachments;
    if (images.length === 0 || images.length > MAX_IMAGES)
      throw new GraphError(100, `(#100) Between 1 and ${MAX_IMAGES} images can be sent at once.`);
    const attachments = await Promise.all(
      images.map((one) => {
        if (!isObject(one) || one.type !== "image")
          throw new GraphError(100, "(#100) Several attachments have to be images.");
        return readMedia(call, one);
      }),
    );
    return { kind: "images", text: null, attachments, replyTo };
  }
  if (!isObject(message.attachment))
    throw new GraphError(100, "(#100) The message must have a text or an attachment.", { subcode: 2534015 });
  const attachment = await readAttachment(call, message.attachment);
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

function checkQuickReplies(quickReplies: unknown): void {
  if (quickReplies === undefined) return;
  if (!Array.isArray(quickReplies) || quickReplies.length > MAX_QUICK_REPLIES) {
    throw new GraphError(100, `(#100) Param message[quick_replies] must be a list of at most ${MAX_QUICK_REPLIES}.`);
  }
  for (const one of quickReplies) {
    if (!isObject(one) || one.content_type !== "text")
      throw new GraphError(100, "(#100) Only quick replies of content_type text are supported.");
  }
}

function readReplyTo(call: GraphCall, thread: Thread): string | null {
  const replyTo = call.object("reply_to");
  if (!replyTo) return null;
  if (typeof replyTo.mid !== "string") throw new GraphError(100, "(#100) The parameter reply_to[mid] is required.");
  return messageInThread(call.emulator, thread, replyTo.mid).mid;
}

async function readAttachment(call: GraphCall, attachment: Record<string, unknown>): Promise<Attachment> {
  const payload = isObject(attachment.payload) ? attachment.payload : {};
  switch (attachment.type) {
    case "image":
    case "video":
    case "audio":
    case "file":
      return readMedia(call, attachment);
    case "like_heart":
      return { type: "like_heart", mediaId: null };
    case "MEDIA_SHARE":
      return {
        type: "share",
        mediaId: null,
        payload: { url: `https://www.instagram.com/p/${String(payload.id ?? "")}/` },
      };
    case "template":
      return readTemplate(payload);
    default:
      throw new GraphError(
        100,
        "(#100) Param message[attachment][type] must be one of {image, video, audio, file, like_heart, template, MEDIA_SHARE}",
      );
  }
}

function readTemplate(payload: Record<string, unknown>): Attachment {
  if (payload.template_type === "button")
    return { type: "template", mediaId: null, payload: { button: { text: payload.text, buttons: payload.buttons } } };
  const { elements } = payload;
  if (!Array.isArray(elements) || elements.length === 0 || elements.length > MAX_ELEMENTS) {
    throw new GraphError(100, `(#100) A template needs between 1 and ${MAX_ELEMENTS} elements.`);
  }
  const type = payload.template_type === "product" ? "product" : "generic";
  return { type: "template", mediaId: null, payload: { [type]: { elements } } };
}

async function readMedia(call: GraphCall, attachment: Record<string, unknown>): Promise<Attachment> {
  const payload = isObject(attachment.payload) ? attachment.payload : {};
  const type = String(attachment.type);
  if (typeof payload.attachment_id === "string") return { type, mediaId: uploadedMedia(call, payload.attachment_id) };
  if (typeof payload.url !== "string") throw missingParameter("message[attachment][payload][url]");
  return { type, mediaId: await mediaFromUrl(call.emulator, type, payload.url) };
}
