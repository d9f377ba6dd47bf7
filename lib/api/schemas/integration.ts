import { z } from "zod";
import { id, page, pageEnvelope } from "./common";
import { webhook, webhookCreate } from "./webhook";

const displayName = z.string().min(1).max(100).optional();

/** The one kind that needs no Facebook app. */
export const integrationCreate = z.discriminatedUnion(
  "type",
  [z.object({ type: z.literal("custom"), displayName, webhooks: z.array(webhookCreate).length(1) })],
  { error: "Invalid integration type" },
);

export const integrationUpdate = z.strictObject({
  type: z.string().optional(),
  displayName: z.string().min(1).max(100).nullable().optional(),
});

export const integration = z.looseObject({
  id,
  type: z.enum(["custom", "instagram"]),
  status: z.enum(["active", "inactive", "error"]),
  displayName: z.string().nullable(),
  webhooks: z.array(webhook).optional(),
});

export const integrationQuery = z.object({
  page,
  filter: z.object({ types: z.string().optional() }).prefault({}),
});

export const integrationResponse = z.object({ integration });
export const integrationList = z.object({ integrations: z.array(integration), ...pageEnvelope });

export type ApiIntegration = z.input<typeof integration>;
