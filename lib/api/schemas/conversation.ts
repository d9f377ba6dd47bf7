import { z } from "zod";
import { id, metadata, page, pageEnvelope, queryOf, timestamp } from "./common";
import { responder } from "./switchboard";

export const conversation = z.object({
  id,
  type: z.enum(["personal", "sdkGroup"]),
  isDefault: z.boolean(),
  displayName: z.string().nullable(),
  description: z.string().nullable(),
  iconUrl: z.string().nullable(),
  metadata: metadata.nullable(),
  businessLastRead: timestamp.nullable(),
  lastUpdatedAt: timestamp,
  createdAt: timestamp,
  /** Who holds it, and who is offered it; left out where nobody is. */
  activeSwitchboardIntegration: responder.optional(),
  pendingSwitchboardIntegration: responder.optional(),
});

export const conversationResponse = z.object({ conversation });
export const conversationList = z.object({ conversations: z.array(conversation), ...pageEnvelope });

const oneUser = "needs exactly one of filter[userId] and filter[userExternalId]";

export const conversationQuery = queryOf({
  page,
  filter: z
    .strictObject(
      { userId: id.optional(), userExternalId: z.string().min(1).max(1024).optional() },
      { error: ({ input }) => (input === undefined ? oneUser : undefined) },
    )
    .refine(({ userId, userExternalId }) => (userId === undefined) !== (userExternalId === undefined), {
      error: oneUser,
    }),
});

export type ApiConversation = z.input<typeof conversation>;

const words = z.string().min(1).max(100).nullable().optional();

export const conversationUpdate = z.strictObject({
  displayName: words,
  description: words,
  iconUrl: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .nullable()
    .optional(),
  metadata: metadata.nullable().optional(),
});

const nobody = { error: "takes one of userId and userExternalId" };
const userRef = { userId: id.optional(), userExternalId: z.string().min(1).max(1024).optional() };

const asBusiness = z.strictObject({
  type: z.literal("business"),
  displayName: z.string().max(255).optional(),
  avatarUrl: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .optional(),
});

/** A business types or reads; a customer can only be said to have read. */
export const activityPost = z.discriminatedUnion("type", [
  z.strictObject({ author: asBusiness, type: z.enum(["typing:start", "typing:stop"]) }),
  z.strictObject({
    author: z.discriminatedUnion("type", [
      asBusiness,
      z
        .strictObject({ type: z.literal("user"), ...userRef })
        .refine(({ userId, userExternalId }) => (userId === undefined) !== (userExternalId === undefined), nobody),
    ]),
    type: z.literal("conversation:read"),
  }),
]);

export const participant = z.object({
  id,
  userId: id,
  userExternalId: z.string().nullable(),
  unreadCount: z.number(),
  lastRead: timestamp.nullable(),
  clientAssociations: z.array(z.object({ type: z.string(), clientId: id })),
});

export const participantQuery = queryOf({ page });
export const participantList = z.object({ participants: z.array(participant), ...pageEnvelope });

const someone = {
  error: "takes one of userId and userExternalId",
};
export const joinPost = z
  .strictObject({ ...userRef, subscribeSDKClient: z.boolean().optional() })
  .refine(({ userId, userExternalId }) => (userId === undefined) !== (userExternalId === undefined), someone);
export const leavePost = z.strictObject({ ...userRef, participantId: id.optional() });
export const participantResponse = z.object({ participant });

export const conversationCreate = z.strictObject({
  type: z.enum(["personal", "sdkGroup"]),
  participants: z
    .array(z.strictObject({ ...userRef, subscribeSDKClient: z.boolean().optional() }))
    .max(10)
    .optional(),
  displayName: words,
  description: words,
  iconUrl: conversationUpdate.shape.iconUrl,
  metadata: metadata.nullable().optional(),
});
