import { z } from "zod";
import type { StoredOutgoing } from "../db/tables/conversation";
import { contentHash } from "../inbox/content-hash";

const attachment = z.looseObject({
  mime_type: z.string().nullish(),
  image_data: z.unknown().optional(),
  video_data: z.unknown().optional(),
  file_url: z.string().nullish(),
  generic_template: z.looseObject({ title: z.string().nullish() }).nullish(),
});

/** One message as Meta's Conversations API tells of it: leaner than a webhook, and not the same for every kind. */
export const threadMessage = z.looseObject({
  id: z.string(),
  created_time: z.string(),
  from: z.looseObject({ id: z.union([z.string(), z.number().transform(String)]) }).optional(),
  message: z.string().nullish(),
  attachments: z.looseObject({ data: z.array(attachment) }).optional(),
  shares: z.looseObject({ data: z.array(z.unknown()) }).optional(),
});

export type ThreadMessage = z.output<typeof threadMessage>;

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
      const types = attachments.map(typeOf);
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

function typeOf(found: z.output<typeof attachment>): "image" | "video" | "audio" | "file" | null {
  if (found.image_data) return "image";
  if (found.video_data) return "video";
  const type = /^(image|video|audio)\//.exec(found.mime_type ?? "")?.[1];
  if (type === "image" || type === "video" || type === "audio") return type;
  return found.mime_type && found.file_url ? "file" : null;
}
