import { z } from "zod";
import type { IncomingMessage } from "../inbox/receive-messages";
import { textOf } from "./item-place";
import { parseTemplate, type Template } from "./parse-template";
import { httpUrl, storableStart } from "./webhook-values";

export type Attachment = NonNullable<IncomingMessage["attachments"]>[number];
type Kind = IncomingMessage["kind"];

export const attachmentList = z.array(
  z.looseObject({
    type: z.string().catch("unknown"),
    payload: z.unknown().optional(),
    url: z.unknown().optional(),
    title: z.unknown().optional(),
  }),
);
type Given = z.infer<typeof attachmentList>[number];

export type Attachments = {
  list: Attachment[];
  /** What the message is called after its attachments; null when it has none that has a name of its own. */
  kind: Kind | null;
  template: Template | null;
  /** Some of it cannot be shown yet. */
  unknown: boolean;
};

/** A message holds ten pictures at most; what goes far beyond that is somebody's test of our patience. */
const MOST = 100;
/** What an unknown kind is called in the thread. */
const LABEL_CHARACTERS = 60;
const TITLE_CHARACTERS = 2200;

/** Meta's word → ours, and what a message is called that holds one. `media` is documented and was never seen. */
const KNOWN: Record<string, { type: string; kind: Kind }> = {
  image: { type: "image", kind: "image" },
  sticker: { type: "image", kind: "image" },
  video: { type: "video", kind: "video" },
  audio: { type: "audio", kind: "audio" },
  file: { type: "file", kind: "file" },
  media: { type: "file", kind: "file" },
  like_heart: { type: "like_heart", kind: "like_heart" },
  ig_post: { type: "post", kind: "share" },
  share: { type: "post", kind: "share" },
  ig_reel: { type: "reel", kind: "share" },
  reel: { type: "reel", kind: "share" },
  ig_story: { type: "story", kind: "share" },
  story: { type: "story", kind: "share" },
  ephemeral: { type: "view_once", kind: "view_once" },
  fallback: { type: "link", kind: "share" },
  template: { type: "template", kind: "template" },
  unsupported_type: { type: "unsupported", kind: "unsupported" },
};

export function parseAttachments(given: Given[]): Attachments {
  // Between November 2025 and April 2026 a shared post came as both, in one message.
  const doubled = given.some((one) => one.type === "ig_post");
  const seen = given.filter((one) => !(doubled && one.type === "share")).slice(0, MOST);
  const kinds = seen.flatMap((one) => known(one.type)?.kind ?? []);
  const template = seen.map((one) => (one.type === "template" ? parseTemplate(one.payload) : null)).find(Boolean);
  return {
    list: seen.map(toAttachment),
    kind: kinds[0] ?? null,
    template: template ?? null,
    unknown: seen.some((one) => !known(one.type) || (one.type === "template" && !parseTemplate(one.payload))),
  };
}

function known(type: string): { type: string; kind: Kind } | undefined {
  return Object.hasOwn(KNOWN, type) ? KNOWN[type] : undefined;
}

function toAttachment(given: Given): Attachment {
  const mapped = known(given.type);
  if (!mapped) return { type: storableStart(given.type, LABEL_CHARACTERS) };
  const payload: Record<string, unknown> =
    typeof given.payload === "object" && given.payload !== null ? { ...given.payload } : { url: given.payload };
  const title = textOf(payload.title) ?? textOf(given.title);
  return {
    type: mapped.type,
    ...(mapped.type === "link"
      ? linkOf(payload.url ?? given.url)
      : addressOf(payload.url ?? payload.story_media_url ?? given.url)),
    ...(title ? { title: storableStart(title, TITLE_CHARACTERS) } : {}),
  };
}

export type Address = { url?: string; permalink?: string };

const INSTAGRAM = /^(.+\.)?(instagram\.com|ig\.me)$/;

/** Media at Meta's CDN, or a page of Instagram to open there: only the host tells them apart. */
export function addressOf(value: unknown): Address {
  const address = typeof value === "string" && value.startsWith("/") ? `https://www.instagram.com${value}` : value;
  const url = httpUrl(address);
  if (url === undefined) return {};
  return INSTAGRAM.test(new URL(url).hostname) ? { permalink: url } : { url };
}

function linkOf(value: unknown): Address {
  const permalink = httpUrl(value);
  return permalink === undefined ? {} : { permalink };
}
