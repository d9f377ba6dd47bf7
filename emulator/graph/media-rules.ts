import { sniff } from "../media/sniff";
import { GraphError } from "./graph-error";

const MB = 1024 * 1024;

/** What a message carries by type: the formats by their first bytes, and the largest size. */
const RULES: Record<string, { formats: string[]; maxBytes: number }> = {
  image: { formats: ["image/png", "image/jpeg", "image/gif"], maxBytes: 8 * MB },
  audio: { formats: ["audio/aac", "audio/mp4", "audio/wav", "video/mp4"], maxBytes: 25 * MB },
  video: {
    formats: ["video/mp4", "video/ogg", "video/x-msvideo", "video/quicktime", "video/webm"],
    maxBytes: 25 * MB,
  },
  file: { formats: ["application/pdf"], maxBytes: 25 * MB },
};

export type MessageMediaType = "image" | "audio" | "video" | "file";

export function messageMediaType(type: unknown): MessageMediaType {
  if (type === "image" || type === "audio" || type === "video" || type === "file") return type;
  throw new GraphError(100, "(#100) Param message[attachment][type] must be one of {image, video, audio, file}");
}

/** The content type of bytes that may be sent as `type`; otherwise Meta's refusal. */
export function checkMedia(type: MessageMediaType, bytes: Buffer): string {
  const rule = RULES[type];
  const format = sniff(bytes);
  if (!rule || format === null || !rule.formats.includes(format)) throw wrongType(type, format);
  if (bytes.length > rule.maxBytes) {
    throw new GraphError(
      100,
      `(#100) The attachment is too large: at most ${rule.maxBytes / MB} MB for an attachment of type ${type}.`,
      { subcode: 2018109 },
    );
  }
  return type === "audio" && format === "video/mp4" ? "audio/mp4" : format;
}

export function wrongType(type: string, format: string | null): GraphError {
  return new GraphError(
    100,
    `(#100) The attachment's type does not match: ${format ?? "an unknown format"} cannot be sent as ${type}.`,
    { subcode: 2018047 },
  );
}
