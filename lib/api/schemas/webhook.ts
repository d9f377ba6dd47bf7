import { z } from "zod";
import { id } from "./common";

/** What a webhook can be told of; `*` is all of them. */
export const RAISED_TRIGGERS = [
  "conversation:create",
  "conversation:message",
  "conversation:message:delivery:channel",
  "conversation:message:delivery:user",
  "conversation:message:delivery:failure",
  "conversation:postback",
  "conversation:read",
  "conversation:referral",
  "conversation:message:deleted",
  "conversation:remove",
  "client:add",
  "client:update",
  "client:remove",
  "user:update",
  "user:remove",
  "switchboard:passControl",
  "switchboard:passControl:failure",
  "switchboard:offerControl",
  "switchboard:offerControl:failure",
  "switchboard:acceptControl",
  "switchboard:acceptControl:failure",
  "switchboard:releaseControl",
] as const;

export type Trigger = (typeof RAISED_TRIGGERS)[number];

/** Known in the specification and never raised here: accepted, so that nobody has to leave them out. */
const SILENT_TRIGGERS = ["conversation:join", "conversation:leave", "conversation:typing", "user:merge"] as const;

const target = z.url({ protocol: /^https?$/ }).max(2048);
export const trigger = z.enum(["*", ...RAISED_TRIGGERS, ...SILENT_TRIGGERS]);
const triggers = z.array(trigger).min(1).max(64);
const options = { includeFullUser: z.boolean().optional(), includeFullSource: z.boolean().optional() };

export const webhookCreate = z.strictObject({ target, triggers, ...options });
export const webhookUpdate = z.strictObject({ target: target.optional(), triggers: triggers.optional(), ...options });

export const webhook = z.object({
  id,
  version: z.literal("v2"),
  target: z.string(),
  triggers: z.array(z.string()),
  includeFullUser: z.boolean(),
  includeFullSource: z.boolean(),
  secret: z.string().describe("What the header `X-API-Key` carries"),
  signingSecret: z
    .string()
    .describe("What `webhook-signature` is made with: the Standard Webhooks form, `whsec_` and base64"),
});

export const webhookResponse = z.object({ webhook });
export const webhookList = z.object({ webhooks: z.array(webhook) });

export type ApiWebhook = z.input<typeof webhook>;
