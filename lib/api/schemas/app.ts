import { z } from "zod";
import { id, metadata } from "./common";

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
