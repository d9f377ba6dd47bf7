import { z } from "zod";
import { id, messagePage, metadata, pageEnvelope, queryOf, timestamp } from "./common";
import { content, contentPost } from "./content";

const authorPost = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("business"),
    brandId: z.string().max(128).optional(),
    displayName: z.string().max(255).optional(),
    avatarUrl: z
      .url({ protocol: /^https?$/ })
      .max(2048)
      .optional(),
    subtypes: z
      .array(z.enum(["AI"]))
      .max(1)
      .optional(),
  }),
  z
    .strictObject({
      type: z.literal("user"),
      userId: id.optional(),
      userExternalId: z.string().max(1024).optional(),
      brandId: z.string().max(128).optional(),
      displayName: z.string().max(255).optional(),
      avatarUrl: z
        .url({ protocol: /^https?$/ })
        .max(2048)
        .optional(),
    })
    .describe("Known and refused: what customers say comes from Instagram."),
]);

/** Of other channels: without effect. */
const elsewhere = z.looseObject({}).optional();

export const messagePost = z.strictObject({
  author: authorPost,
  content: contentPost,
  destination: z
    .strictObject({ integrationId: id.optional(), integrationType: z.string().max(128).optional() })
    .refine(({ integrationId, integrationType }) => (integrationId === undefined) !== (integrationType === undefined), {
      error: "takes one of integrationId and integrationType",
    })
    .optional(),
  metadata: metadata.optional(),
  override: z
    .strictObject({
      apple: elsewhere,
      line: elsewhere,
      messenger: elsewhere,
      whatsapp: elsewhere,
      instagram: z
        .strictObject({ payload: z.looseObject({}) })
        .optional()
        .describe("`payload.message` is sent in place of `content`, in the form of Instagram's Send API"),
    })
    .optional(),
  schema: z.literal("whatsapp", { error: "only whatsapp has schemas, and this is an Instagram channel" }).optional(),
});

export const author = z.looseObject({
  type: z.enum(["business", "user"]),
  userId: id.optional(),
  displayName: z.string().optional(),
  avatarUrl: z.string().optional(),
});

export const message = z.strictObject({
  id,
  received: timestamp,
  author,
  content,
  source: z.object({
    type: z.string(),
    integrationId: id.optional(),
    originalMessageId: z.string().optional(),
    originalMessageTimestamp: timestamp.optional(),
  }),
  quotedMessage: z.looseObject({ type: z.enum(["message", "externalMessageId"]) }).nullable(),
  metadata: metadata.nullable(),
  deleted: z.boolean().nullable(),
});

export const messageQuery = queryOf({ page: messagePage });
export const messagePostResponse = z.object({ messages: z.array(message) });
export const messageList = z.object({ messages: z.array(message), ...pageEnvelope });

export type MessagePost = z.output<typeof messagePost>;
export type ApiMessage = z.input<typeof message>;
