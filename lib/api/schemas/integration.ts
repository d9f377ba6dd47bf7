import { z } from "zod";
import { id, page, pageEnvelope, queryOf } from "./common";
import { webhook, webhookCreate } from "./webhook";

const displayName = z.string().min(1).max(100).optional();

const custom = z.strictObject({ type: z.literal("custom"), displayName, webhooks: z.array(webhookCreate).length(1) });

/** The switchboard integration that gets this account's new conversations; null: the switchboard's default. */
const defaultResponderId = id.nullable().optional();

const pageAccessToken = z.string().regex(/^[\w|.~-]{20,1000}$/, "is no token of Facebook's");

/** Whether webhooks are told of answers to stories and of mentions in them; the disclaimer has no effect here. */
const stories = {
  storyRepliesEnabled: z.boolean().optional(),
  storyMentionsEnabled: z.boolean().optional(),
  showAIDisclaimer: z.boolean().optional(),
};

/** The account of a Page, through the Facebook app that the token belongs to. */
const instagram = z.strictObject({
  type: z.literal("instagram"),
  displayName,
  appId: z.string().regex(/^\d{5,25}$/, "is the number at the top of the app's dashboard"),
  appSecret: z.string().regex(/^[\w-]{16,128}$/, "is the secret under App settings → Basic"),
  pageAccessToken,
  ...stories,
  defaultResponderId,
});

export const integrationCreate = z.discriminatedUnion("type", [custom, instagram], {
  error: "Invalid integration type",
});

export const integrationUpdate = z.strictObject({
  type: z.string().optional(),
  displayName: z.string().min(1).max(100).nullable().optional(),
  /** A new token of the same account, checked as on creation. */
  pageAccessToken: pageAccessToken.optional(),
  ...stories,
  defaultResponderId,
});

export const integration = z.looseObject({
  id,
  type: z.enum(["custom", "instagram"]),
  status: z.enum(["active", "inactive", "error"]),
  displayName: z.string().nullable(),
  webhooks: z.array(webhook).optional(),
});

export const integrationQuery = queryOf({
  page,
  filter: z.strictObject({ types: z.string().max(1024).optional() }).prefault({}),
});

export const integrationResponse = z.object({ integration });
export const integrationList = z.object({ integrations: z.array(integration), ...pageEnvelope });

export type ApiIntegration = z.input<typeof integration>;
