import { z } from "zod";
import { action, itemAction } from "./action";
import { metadata } from "./common";

const TEXT_CHARACTERS = 4096;

const text = z.string().max(TEXT_CHARACTERS);
const rich = { htmlText: text.optional(), markdownText: text.optional() };
/** Of the specification, without effect here. */
const common = { blockChatInput: z.boolean().optional() };
const actions = z.array(action).min(1).max(10);
const mediaUrl = z.url({ protocol: /^https?$/ }).max(2048);
const altText = z.string().max(128);
const mediaType = z.string().max(128);

const textContent = z
  .strictObject({
    type: z.literal("text"),
    ...common,
    text: text.optional(),
    ...rich,
    actions: actions.optional(),
    payload: z.string().max(1000).optional(),
  })
  .refine((content) => content.text || content.htmlText || content.markdownText || content.actions, {
    path: ["text"],
    error: "is required unless there are actions, htmlText or markdownText",
  })
  .refine((content) => !(content.htmlText && content.markdownText), {
    path: ["htmlText"],
    error: "excludes markdownText",
  });

const media = {
  mediaUrl,
  text: text.optional(),
  ...rich,
  altText: altText.optional(),
  mediaType: mediaType.optional(),
  mediaSize: z.number().optional(),
  attachmentId: z.string().max(128).optional(),
};

export const item = z.strictObject({
  title: z.string().min(1).max(128),
  description: z.string().max(128).optional(),
  mediaUrl: mediaUrl.optional(),
  mediaType: mediaType.optional(),
  altText: altText.optional(),
  size: z.enum(["compact", "large"]).optional(),
  actions: z.array(itemAction).min(1).max(3),
  metadata: metadata.optional(),
});

const items = z.array(item).min(1).max(10);

const words = z.string().min(1).max(128);
const asked = { name: words, label: words, placeholder: words.optional() };
const size = z.number().int().min(1).max(256).optional();

/** A question of a form. */
const field = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), ...asked, minSize: size, maxSize: size }),
  z.strictObject({ type: z.literal("email"), ...asked }),
  z.strictObject({
    type: z.literal("select"),
    ...asked,
    options: z
      .array(z.strictObject({ name: words, label: words }))
      .min(1)
      .max(200),
  }),
]);

/** What a business can send. */
export const contentPost = z.discriminatedUnion("type", [
  textContent,
  z.strictObject({ type: z.literal("image"), ...common, ...media, actions: actions.optional() }),
  z.strictObject({ type: z.literal("file"), ...common, ...media }),
  z.strictObject({
    type: z.literal("carousel"),
    ...common,
    text: text.optional(),
    items,
    displaySettings: z.strictObject({ imageAspectRatio: z.enum(["horizontal", "square"]) }).optional(),
  }),
  z.strictObject({ type: z.literal("list"), ...common, text: text.optional(), items, actions: actions.optional() }),
  z.strictObject({
    type: z.literal("location"),
    ...common,
    text: text.optional(),
    coordinates: z.strictObject({ lat: z.number().min(-90).max(90), long: z.number().min(-180).max(180) }),
    location: z
      .strictObject({ name: z.string().max(128).optional(), address: z.string().max(256).optional() })
      .optional(),
  }),
  z.strictObject({
    type: z.literal("form"),
    ...common,
    fields: z.array(field).min(1).max(20),
    text: text.optional(),
  }),
]);

/** What was said, by anyone. */
export const content = z.looseObject({ type: z.string() });

export type ContentPost = z.output<typeof contentPost>;
export type Content = z.output<typeof content>;
