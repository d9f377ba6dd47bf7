import { z } from "zod";
import { id, metadata, page, pageEnvelope } from "./common";

export const app = z.object({
  id,
  displayName: z.string(),
  settings: z.object({
    conversationRetentionSeconds: z.number(),
    maskCreditCardNumbers: z.boolean(),
    useAnimalNames: z.boolean(),
    echoPostback: z.boolean(),
    ignoreAutoConversationStart: z.boolean(),
    multiConvoEnabled: z.boolean(),
  }),
  metadata: metadata.nullable(),
});

export const appResponse = z.object({ app });
export const appList = z.object({ apps: z.array(app), ...pageEnvelope });
export const appQuery = z.object({ page, filter: z.object({ serviceAccountId: z.string().optional() }).prefault({}) });

const displayName = z.string().trim().min(1).max(60);

/** Settings of SDKs and retention have no meaning here, and metadata of an app is not kept. */
export const appCreate = z.object({ displayName });
export const appUpdate = z.object({ displayName: displayName.optional() });
