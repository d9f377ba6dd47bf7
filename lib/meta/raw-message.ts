import { z } from "zod";
import type { RawPart } from "../inbox/outgoing-part";
import { MAX_IMAGES, MAX_QUICK_REPLIES } from "../inbox/send-limits";
import { byteLength, TEXT_LIMIT_BYTES } from "../inbox/split-text";
import { parseTemplate } from "./parse-template";

const MEDIA = ["image", "video", "audio", "file"] as const;

const ours = z.undefined({ error: "is the desk's to say, and cannot be overridden" }).optional();
const attachment = z.strictObject({
  type: z.enum([...MEDIA, "template", "like_heart", "MEDIA_SHARE"]),
  payload: z.looseObject({}).optional(),
});

const message = z
  .strictObject({
    text: z
      .string()
      .min(1)
      .refine((text) => byteLength(text) <= TEXT_LIMIT_BYTES, { error: `is limited to ${TEXT_LIMIT_BYTES} bytes` })
      .optional(),
    quick_replies: z
      .array(
        z.looseObject({
          content_type: z.literal("text"),
          title: z.string().min(1),
          payload: z.string().max(1000).optional(),
        }),
      )
      .min(1)
      .max(MAX_QUICK_REPLIES)
      .optional(),
    attachment: attachment.optional(),
    attachments: z
      .array(z.strictObject({ type: z.literal("image"), payload: z.looseObject({}) }))
      .min(1)
      .max(MAX_IMAGES)
      .optional(),
    metadata: z.string().max(1000).optional(),
  })
  .refine(
    (given) => [given.text, given.attachment, given.attachments].filter((one) => one !== undefined).length === 1,
    {
      error: "needs exactly one of text, attachment and attachments",
    },
  );

/** The body of a Send call as far as a program may write it: whom it goes to, and as what, the desk says. */
export const rawPayload = z.strictObject({ message, recipient: ours, messaging_type: ours, tag: ours });

/** What is sent as it was written, with what the desk can show and recognise of it. */
export function rawPart({ message: given }: z.output<typeof rawPayload>): RawPart {
  const part = { type: "raw" as const, message: { ...given }, text: null, attachments: null, cards: [], buttons: [] };
  if (given.text !== undefined) return { ...part, kind: "text", text: given.text };
  if (given.attachments)
    return { ...part, kind: "image", attachments: given.attachments.map(({ type }) => ({ type, awaited: true })) };
  const type = given.attachment?.type;
  if (type === "like_heart") return { ...part, kind: "like_heart", attachments: [{ type }] };
  if (type === "MEDIA_SHARE") return { ...part, kind: "share", attachments: [{ type: "post", awaited: true }] };
  if (type === undefined || type === "template")
    return { ...part, kind: "template", ...parseTemplate(given.attachment?.payload) };
  return { ...part, kind: type, attachments: [{ type, awaited: true }] };
}
