import { z } from "zod";
import { id, metadata, timestamp } from "./common";
import { message } from "./message";
import { responder } from "./switchboard";
import { client, user } from "./user";
import { RAISED_TRIGGERS, type Trigger } from "./webhook";

/** Left out of an event is what is not there any more when it is told. */
export const toldConversation = z.strictObject({
  id,
  type: z.literal("personal"),
  metadata: metadata.optional(),
  activeSwitchboardIntegration: responder.optional(),
  pendingSwitchboardIntegration: responder.optional(),
});

export const shortUser = z.strictObject({ id, authenticated: z.literal(false), externalId: z.string().optional() });
const toldUser = z.union([shortUser, user]).describe("The whole User with `includeFullUser`");

export const source = z.strictObject({
  type: z.literal("instagram"),
  integrationId: id,
  originalMessageId: z.string().optional(),
  originalMessageTimestamp: timestamp.optional(),
  client: client.optional().describe("With `includeFullSource`"),
});

const conversation = toldConversation;
const about = { conversation, user: toldUser.optional() };

const referral = z.strictObject({
  code: z.string().describe("What the link or the advertisement carries; of a story mention the story's address"),
  details: z.strictObject({ source: z.string(), type: z.string(), adId: z.string().optional() }),
});

const toldMessage = message.extend({
  author: message.shape.author.extend({ user: toldUser.optional() }),
  source: message.shape.source.extend({ client: client.optional().describe("With `includeFullSource`") }),
});
const goneMessage = z
  .strictObject({
    id,
    content: z.strictObject({ type: z.literal("text"), text: z.literal("") }),
    deleted: z.literal(true),
  })
  .describe("What is left of a message that was deleted before it was told");

const delivered = {
  ...about,
  message: z.strictObject({ id }),
  destination: z.strictObject({ type: z.literal("instagram"), integrationId: id.optional() }),
};
const externalMessages = z
  .array(z.strictObject({ id: z.string() }))
  .describe("Instagram's ids; one message can become several there");

const byApi = z.strictObject({ type: z.literal("api") });

const failure = z.strictObject({
  code: z.enum(["forbidden", "unauthorized", "blocked", "uncategorized_error"]),
  message: z.string().describe("In words, and what to do"),
  underlyingError: z
    .strictObject({
      message: z.string().optional(),
      type: z.string().optional(),
      code: z.union([z.number(), z.string()]).nullable(),
      error_subcode: z.number().optional(),
    })
    .describe("Instagram's own numbers where it refused; else the desk's name for the reason"),
});

const control = { conversation, metadata, reason: z.string().optional() };
const given = {
  ...control,
  messageHistory: z
    .array(message)
    .optional()
    .describe("For the one that is to answer: the messages before, oldest first"),
};
const notGiven = z.strictObject({
  conversation,
  metadata,
  error: z.strictObject({ code: z.string(), message: z.string() }),
});

/** What a webhook is told of each event that is raised. */
export const EVENT_PAYLOADS: Record<Trigger, z.ZodType> = {
  "conversation:create": z.strictObject({
    ...about,
    creationReason: z.literal("message"),
    source: source.optional(),
    referral: referral.optional(),
  }),
  "conversation:message": z.strictObject({ conversation, message: z.union([toldMessage, goneMessage]) }),
  "conversation:message:delivery:channel": z.strictObject({
    ...delivered,
    externalMessages,
    isFinalEvent: z.literal(false),
  }),
  "conversation:message:delivery:user": z.strictObject({
    ...delivered,
    externalMessages,
    isFinalEvent: z.literal(true),
  }),
  "conversation:message:delivery:failure": z.strictObject({
    ...delivered,
    error: failure,
    isFinalEvent: z.literal(true),
  }),
  "conversation:postback": z.strictObject({
    ...about,
    postback: z.strictObject({ payload: z.string() }),
    source: source.optional(),
  }),
  "conversation:read": z.strictObject({
    conversation,
    activity: z.strictObject({
      type: z.literal("conversation:read"),
      author: z.strictObject({ type: z.literal("user"), userId: id.optional(), user: toldUser.optional() }),
      source: source.optional(),
    }),
  }),
  "conversation:referral": z.strictObject({ ...about, source: source.optional(), referral: referral.optional() }),
  "conversation:message:deleted": z.strictObject({ ...about, message: z.strictObject({ id }) }),
  "conversation:remove": z.strictObject({ conversation }),
  "client:add": z.strictObject({
    ...about,
    client: client.optional(),
    reason: z.literal("channelLinking"),
    source: source.optional(),
  }),
  "client:update": z.strictObject({
    ...about,
    client: client.optional(),
    reason: z.enum(["profile", "blocked", "unblocked"]),
  }),
  "client:remove": z.strictObject({
    user: shortUser,
    client: z.strictObject({ id, type: z.literal("instagram"), status: z.literal("inactive") }),
    reason: z.literal("api"),
    error: z.null(),
    source: byApi,
  }),
  "user:update": z.strictObject({
    user: toldUser.optional(),
    reason: z.enum(["api", "profile"]),
    source: z.union([byApi, source]).optional(),
  }),
  "user:remove": z.strictObject({ user: shortUser }),
  "switchboard:passControl": z.strictObject(given),
  "switchboard:passControl:failure": notGiven,
  "switchboard:offerControl": z.strictObject(given),
  "switchboard:offerControl:failure": notGiven,
  "switchboard:acceptControl": z.strictObject(control),
  "switchboard:acceptControl:failure": notGiven,
  "switchboard:releaseControl": z.strictObject(control),
};

/** What a webhook is called with to tell of this kind of event. */
export function callOf(trigger: Trigger) {
  return callWith(eventOf(trigger));
}

/** What a webhook is called with. */
export const webhookCall = callWith(z.union(RAISED_TRIGGERS.map(eventOf)));

function callWith(event: z.ZodType) {
  return z.strictObject({
    app: z.strictObject({ id }),
    webhook: z.strictObject({ id, version: z.literal("v2") }),
    events: z.array(event).min(1).max(100),
  });
}

function eventOf(trigger: Trigger) {
  return z.strictObject({ id, createdAt: timestamp, type: z.literal(trigger), payload: EVENT_PAYLOADS[trigger] });
}
