import { refuse } from "../../lib/api/api-refusal";
import { otherMediaType } from "../../lib/api/attachment-type";
import * as routes from "../../lib/api/routes/attachments";
import { keepAttachment } from "../../lib/inbox/keep-attachment";
import { removeAttachment } from "../../lib/inbox/remove-attachment";
import { SNIFF_BYTES, sniffMedia } from "../../lib/meta/sniff-media";
import { type ApiCall, answering } from "./answering";
import { attachmentToken, attachmentUrl } from "./attachment-address";
import { findConversation } from "./find";

const NAME_CHARACTERS = 120;

export const attachmentAnswers = [
  answering(routes.uploadAttachment, async (call) => {
    const { for: purpose, conversationId } = call.query;
    if (!call.file) throw refuse(400, "bad_request", "source: is required");
    const { bytes, name, contentType: declared } = call.file;
    if (bytes.length === 0) throw refuse(400, "bad_request", "source: is empty");
    const contentType = mediaTypeOf(bytes, declared);
    const token = await keepAttachment(call.ctx, {
      contentType,
      name: cleanName(name),
      content: bytes,
      forMessage: purpose === "message",
      conversationId: conversationId === undefined ? null : await findConversation(inside(call, conversationId)),
    });
    return { attachment: { mediaUrl: attachmentUrl(call.appUrl, token), mediaType: contentType } };
  }),

  answering(routes.deleteAttachment, async (call) => {
    const { mediaUrl } = call.body;
    const token = attachmentToken(call.appUrl, mediaUrl);
    if (token === null)
      throw refuse(400, "bad_request", `mediaUrl: Unsupported media URL for attachment deletion: ${mediaUrl}`);
    if (!(await removeAttachment(call.ctx, { token }))) throw refuse(404, "not_found", "Attachment not found");
    return {};
  }),
];

function inside(call: ApiCall, conversationId: string): ApiCall {
  return { ...call, params: { ...call.params, conversationId } };
}

/** By its first bytes; a file that claims to be media and is none is refused. @throws ApiRefusal 415 */
function mediaTypeOf(bytes: Buffer, declared: string): string {
  const head = bytes.subarray(0, SNIFF_BYTES);
  const sniffed = sniffMedia(head, /^audio\//i.test(declared) ? declared : "");
  const found = "refused" in sniffed ? otherMediaType(head) : sniffed.contentType;
  const claimed = /^(image|video|audio)\//i.exec(declared)?.[1]?.toLowerCase();
  if (claimed !== undefined && !found.startsWith(`${claimed}/`))
    throw refuse(
      415,
      "unsupported_media_type",
      `source: File rejected. It calls itself ${declared.slice(0, 60)} and is none`,
    );
  return found;
}

function cleanName(given: string): string {
  return given
    .toWellFormed()
    .replace(/[\p{Cc}/\\"]/gu, " ")
    .trim()
    .slice(0, NAME_CHARACTERS)
    .toWellFormed();
}
