import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { refuse } from "../../lib/api/api-refusal";
import { outgoingParts } from "../../lib/api/outgoing-parts";
import { idRange, publicId } from "../../lib/api/public-id";
import * as routes from "../../lib/api/routes/messages";
import { type ContentPost, contentPost } from "../../lib/api/schemas/content";
import type { MessagePost } from "../../lib/api/schemas/message";
import { apiMessage } from "../../lib/api/serialize/message";
import { parseShorthand } from "../../lib/api/shorthand";
import { validate } from "../../lib/api/validate";
import { sha256Hex } from "../../lib/crypto";
import { isAppError } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { deleteMessages } from "../../lib/inbox/delete-messages";
import { findId } from "../../lib/inbox/find-id";
import { listMessages } from "../../lib/inbox/list-messages";
import { readAttachment } from "../../lib/inbox/read-attachment";
import { readConversation } from "../../lib/inbox/read-conversation";
import { readMessage } from "../../lib/inbox/read-message";
import { sendMessage } from "../../lib/inbox/send-message";
import { rawPart, rawPayload } from "../../lib/meta/raw-message";
import { uploadFromUrl } from "../../lib/meta/upload-from-url";
import { uploadMedia } from "../../lib/meta/upload-media";
import { type ApiCall, answering } from "./answering";
import { attachmentToken } from "./attachment-address";
import { findConversation } from "./find";

export const messageAnswers = [
  answering(routes.postMessage, async (given) => {
    const { author, metadata } = given.body;
    const { content } = validate(contentOf, { content: parseShorthand(given.body.content) }, "body");
    const call = { ...given, body: { ...given.body, content } };
    if (author.type === "user")
      throw refuse(400, "bad_request", "author.type: what customers say comes from Instagram; send as business");
    const conversationId = await findConversation(call);
    await requireDestination(call, conversationId);
    const id = messageIdOf(call);
    // A repeat with an override is known by what it sends.
    const asked = call.idempotencyKey !== null && !call.body.override?.instagram;
    const known = !asked ? null : await findRepeat(call, id, conversationId);
    if (known) return { messages: [apiMessage(known)] };
    const input = {
      id,
      conversationId,
      parts: await partsOf(call, conversationId),
      author: {
        ...(author.displayName !== undefined && { name: author.displayName }),
        ...(author.avatarUrl !== undefined && { pictureUrl: author.avatarUrl }),
        ...(author.subtypes && { subtypes: author.subtypes }),
      },
      metadata,
      content,
      attachment: "mediaUrl" in content ? (attachmentToken(call.appUrl, content.mediaUrl) ?? undefined) : undefined,
    };
    try {
      await sendMessage(call.ctx, input);
    } catch (error) {
      // The same request was sent at the same time: its file has another name at Instagram, the message is one.
      const twin = isConflict(error) && asked && (await findRepeat(call, id, conversationId));
      if (!twin) throw error;
    }
    return { messages: [apiMessage(await readMessage(call.ctx, { messageId: id }))] };
  }),

  answering(routes.deleteMessage, async (call) => {
    const conversationId = await findConversation(call);
    const messageId = await findId(call.ctx, { of: "message", range: idRange(call.params.messageId ?? "") });
    const deleted = messageId === null ? 0 : await deleteMessages(call.ctx, { conversationId, messageId });
    if (deleted === 0) throw refuse(404, "not_found", "Message not found");
    return {};
  }),

  answering(routes.deleteAllMessages, async (call) => {
    await deleteMessages(call.ctx, { conversationId: await findConversation(call) });
    return {};
  }),

  answering(routes.listMessages, async (call) => {
    const conversationId = await findConversation(call, "not_found");
    const { after, before } = call.query.page;
    const { messages, hasMore } = await listMessages(call.ctx, {
      conversationId,
      ...(after !== undefined && { after: await cursor(call, after) }),
      ...(before !== undefined && { before: await cursor(call, before) }),
    });
    const first = messages[0];
    const last = messages.at(-1);
    const older = first && (after !== undefined || hasMore) ? publicId(first.id) : undefined;
    const newer = last && (after === undefined ? before !== undefined : hasMore) ? publicId(last.id) : undefined;
    const here = `${call.base}/v2/apps/${call.params.appId}/conversations/${call.params.conversationId}/messages`;
    return {
      messages: messages.map(apiMessage),
      meta: { hasMore, ...(newer && { afterCursor: newer }), ...(older && { beforeCursor: older }) },
      links: {
        ...(older && { prev: `${here}?page%5Bbefore%5D=${older}` }),
        ...(newer && { next: `${here}?page%5Bafter%5D=${newer}` }),
      },
    };
  }),
];

function isConflict(error: unknown): boolean {
  return isAppError(error) && error.code === "conflict";
}

/** A person has one client, so a message goes through its integration or nowhere. @throws ApiRefusal 400 */
async function requireDestination({ ctx, body }: ApiCall<unknown, MessagePost>, conversationId: string) {
  if (!body.destination) return;
  const { integrationId, integrationType } = body.destination;
  const { channelId } = await readConversation(ctx, { conversationId });
  if (integrationType === "instagram" || integrationId === publicId(channelId)) return;
  const field = integrationId === undefined ? "integrationType" : "integrationId";
  const why =
    integrationType === "none" ? "silent messages are not kept here" : "the user has no client of this integration";
  throw refuse(400, "bad_request", `destination.${field}: ${why}`);
}

/** The same key of the same program names the same message. */
function messageIdOf({ key, idempotencyKey }: ApiCall): string {
  if (idempotencyKey === null) return newId();
  const hex = sha256Hex(`${key.id} ${idempotencyKey}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** What an earlier request with this key made. @throws ApiRefusal 409 when that asked for something else */
async function findRepeat(call: ApiCall<unknown, MessagePost>, id: string, conversationId: string) {
  const known = await readMessage(call.ctx, { messageId: id }).catch((error: unknown) => {
    if (isAppError(error) && error.code === "not_found") return null;
    throw error;
  });
  if (!known) return null;
  const { content, metadata = null } = call.body;
  const same =
    known.conversationId === conversationId &&
    (known.unsent ||
      (isDeepStrictEqual(known.apiContent, asStored(content)) &&
        isDeepStrictEqual(known.metadata, asStored(metadata))));
  if (!same) throw refuse(409, "conflict", "Idempotency-Key: another message was sent with this key");
  return known;
}

const contentOf = z.object({ content: contentPost });

const instagramOverride = z.looseObject({
  override: z.looseObject({ instagram: z.looseObject({ payload: rawPayload }) }),
});

/** What Instagram is sent: the override as it stands, else what stands for the content. @throws ApiRefusal 400 */
async function partsOf(call: ApiCall<unknown, MessagePost>, conversationId: string) {
  const { content, override } = call.body;
  if (override?.instagram) return [rawPart(validate(instagramOverride, call.body, "body").override.instagram.payload)];
  return outgoingParts(content, await uploadOf(call, content, conversationId));
}

/** JSON keeps no negative zero. */
function asStored(given: object | null): unknown {
  return JSON.parse(JSON.stringify(given));
}

/** The file of a message is passed on to Instagram before the message is taken: from its address, or from here when it was uploaded. @throws AppError in words */
async function uploadOf({ ctx, appUrl }: ApiCall, content: ContentPost, conversationId: string) {
  if (content.type !== "image" && content.type !== "file") return null;
  const file = { conversationId, name: content.altText ?? "" };
  const token = attachmentToken(appUrl, content.mediaUrl);
  if (token === null) return uploadFromUrl(ctx, { ...file, url: content.mediaUrl });
  const known = await readAttachment(ctx, { token });
  if (!known) throw refuse(400, "bad_request", "content.mediaUrl: this file was removed, or never uploaded");
  return uploadMedia(ctx, {
    ...file,
    name: file.name || known.name,
    contentType: known.contentType,
    bytes: known.size,
    body: once(known.content),
  });
}

async function* once(content: Buffer): AsyncGenerator<Buffer> {
  yield content;
}

/** @throws ApiRefusal 400 for a message that is not there */
async function cursor({ ctx }: ApiCall, said: string): Promise<string> {
  const id = await findId(ctx, { of: "message", range: idRange(said) });
  if (!id) throw refuse(400, "bad_request", "Invalid page query parameters");
  return id;
}
