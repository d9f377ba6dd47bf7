import { z } from "zod";
import { id, metadata, page, pageEnvelope, queryOf } from "./common";

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
export const appQuery = queryOf({
  page,
  filter: z.strictObject({ serviceAccountId: z.string().max(128).optional() }).prefault({}),
});

const displayName = z.string().trim().min(1).max(60);

const flag = z.boolean().optional();
/** Of SDKs, retention and mailboxes: without effect here. */
const settings = z
  .strictObject({
    conversationRetentionSeconds: z.number().int().min(0).optional(),
    maskCreditCardNumbers: flag,
    useAnimalNames: flag,
    echoPostback: flag,
    ignoreAutoConversationStart: flag,
    multiConvoEnabled: flag,
    appLocalizationEnabled: flag,
    endSessionEnabled: flag,
    disableConversationReopen: flag,
  })
  .optional();

const said = { settings, metadata: metadata.nullable().optional() };

export const appCreate = z.strictObject({ displayName, ...said });
export const appUpdate = z.strictObject({ displayName: displayName.optional(), ...said });
