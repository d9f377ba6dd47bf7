import { z } from "zod";
import { metadata } from "./common";

const label = z.string().min(1).max(128);
const common = { text: label, metadata: metadata.optional() };
const payload = z.string().min(1).max(1000);
const address = z.url({ protocol: /^https?$/ }).max(2048);
/** For Messenger alone. */
const extraChannelOptions = z
  .strictObject({
    messenger: z
      .strictObject({
        messenger_extensions: z.boolean().optional(),
        webview_share_button: z.literal("hide").optional(),
      })
      .optional(),
  })
  .optional();

const link = z.strictObject({
  type: z.literal("link"),
  ...common,
  uri: address,
  default: z.boolean().optional(),
  extraChannelOptions,
});
const postback = z.strictObject({ type: z.literal("postback"), ...common, payload });
const reply = z.strictObject({ type: z.literal("reply"), ...common, payload, iconUrl: address.optional() });
const locationRequest = z.strictObject({ type: z.literal("locationRequest"), ...common });
const webview = z.strictObject({
  type: z.literal("webview"),
  ...common,
  uri: address,
  fallback: address,
  size: z.enum(["compact", "tall", "full"]).optional(),
  default: z.boolean().optional(),
  openOnReceive: z.boolean().optional(),
  extraChannelOptions,
});
const buy = z.strictObject({
  type: z.literal("buy"),
  ...common,
  amount: z.number().int().min(1),
  currency: z.string().length(3).optional(),
});

/** What a person can tap under a text or picture. */
export const action = z.discriminatedUnion("type", [link, postback, reply, locationRequest, webview, buy]);

/** What a person can tap on a card. */
export const itemAction = z.discriminatedUnion("type", [link, postback, webview, buy]);

export type Action = z.output<typeof action>;
export type ItemAction = z.output<typeof itemAction>;
