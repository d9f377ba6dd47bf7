import { z } from "zod";
import type { StoredOutgoing } from "../db/tables/message";
import { contentHash } from "../inbox/content-hash";
import { metaId } from "./webhook-values";

const attachment = z.looseObject({
  mime_type: z.string().nullish(),
  image_data: z.unknown().optional(),
  video_data: z.unknown().optional(),
  file_url: z.string().nullish(),
  name: z.unknown().optional(),
  generic_template: z.looseObject({ title: z.string().nullish() }).nullish(),
});

const share = z.looseObject({ link: z.unknown().optional(), name: z.unknown().optional() });
const story = z.looseObject({ id: metaId.nullish(), link: z.unknown().optional() });
const person = z.looseObject({ id: metaId, username: z.string().nullish().catch(null) });
const reaction = z.looseObject({
  reaction: z.unknown().optional(),
  users: z.array(person).catch([]),
});

/** One message as Meta's Conversations API tells of it: leaner than a webhook, and not the same for every kind. */
export const threadMessage = z.looseObject({
  id: z.string(),
  created_time: z.string(),
  from: person.optional(),
  message: z.string().nullish(),
  attachments: z.looseObject({ data: z.array(attachment) }).optional(),
  shares: z.looseObject({ data: z.array(share) }).optional(),
  story: z.looseObject({ reply_to: story.nullish(), mention: story.nullish() }).nullish().catch(null),
  reactions: z
    .looseObject({ data: z.array(reaction) })
    .nullish()
    .catch(null),
  reply_to: z.looseObject({ mid: metaId.nullish() }).nullish().catch(null),
});

export type ThreadMessage = z.output<typeof threadMessage>;

/** All that is asked of Meta about a message of a thread. */
export const THREAD_MESSAGE_FIELDS =
  "id,created_time,from,message,attachments,shares,story,reactions,reply_to,is_unsupported";

/** Meta's ISO time has no colon in its zone; milliseconds since 1970, to the second. NaN when it cannot be read. */
export function threadTime(value: string): number {
  return Date.parse(value.replace(/\+0000$/, "Z"));
}

/**
 * Whether a message in Meta's thread is the send that is looked for. `unclear`: Meta shows too little of it to say no,
 * so nothing may be sent again because of it.
 */
export function likeness(
  sent: { text: string | null; outgoing: StoredOutgoing | null },
  found: ThreadMessage,
): "equal" | "different" | "unclear" {
  const text = found.message ?? "";
  const attachments = found.attachments?.data ?? [];
  const shown = attachments.length > 0 || (found.shares?.data.length ?? 0) > 0;
  const outgoing = sent.outgoing ?? { type: "text" };
  switch (outgoing.type) {
    case "text":
      return verdict(true, sameText(text, sent.text));
    case "media": {
      if (text !== "" || !shown) return text === "" ? "unclear" : "different";
      const types = attachments.map(mediaTypeOf);
      if (types.every((type) => type === outgoing.media))
        return verdict(true, types.length === outgoing.uploadIds.length);
      // Meta shows a voice message now as a file, now as a video.
      return types.some((type) => type === null || (outgoing.media === "audio" && type === "video"))
        ? "unclear"
        : "different";
    }
    case "buttons":
      return text === "" ? "unclear" : verdict(true, sameText(text, sent.text));
    case "cards": {
      if (text !== "") return "different";
      const first = attachments.find(({ generic_template }) => generic_template)?.generic_template;
      return first ? verdict(true, sameText(first.title ?? "", outgoing.cards[0]?.title ?? "")) : "unclear";
    }
    case "raw":
      if (sent.text === null) return text === "" ? "unclear" : "different";
      return text === "" ? "unclear" : verdict(true, sameText(text, sent.text));
    case "like_heart":
    case "post":
      return text === "" ? "unclear" : "different";
  }
}

function verdict(known: boolean, equal: boolean): "equal" | "different" | "unclear" {
  return known ? (equal ? "equal" : "different") : "unclear";
}

function sameText(one: string, other: string | null): boolean {
  return contentHash(one).equals(contentHash(other ?? ""));
}

/** @returns null for what Meta does not name */
export function mediaTypeOf(found: z.output<typeof attachment>): "image" | "video" | "audio" | "file" | null {
  if (found.image_data) return "image";
  if (found.video_data) return "video";
  const type = /^(image|video|audio)\//.exec(found.mime_type ?? "")?.[1];
  if (type === "image" || type === "video" || type === "audio") return type;
  return found.mime_type && found.file_url ? "file" : null;
}
