import { z } from "zod";
import { id, metadata, page, pageEnvelope, timestamp } from "./common";

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
});

export const conversationResponse = z.object({ conversation });
export const conversationList = z.object({ conversations: z.array(conversation), ...pageEnvelope });

export const conversationQuery = z.object({
  page,
  filter: z
    .object({ userId: id.optional(), userExternalId: z.string().min(1).max(1024).optional() })
    .refine(({ userId, userExternalId }) => (userId === undefined) !== (userExternalId === undefined), {
      error: "needs exactly one of userId and userExternalId",
    }),
});

export type ApiConversation = z.input<typeof conversation>;
