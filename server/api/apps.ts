import { publicId } from "../../lib/api/public-id";
import * as routes from "../../lib/api/routes/apps";
import { readWorkspace } from "../../lib/inbox/read-workspace";
import { answering } from "./answering";

/** What SDK channels and retention would set; an Instagram inbox has one way. */
const SETTINGS = {
  conversationRetentionSeconds: 0,
  maskCreditCardNumbers: false,
  useAnimalNames: false,
  echoPostback: false,
  ignoreAutoConversationStart: false,
  multiConvoEnabled: false,
};

export const appAnswers = [
  answering(routes.getApp, async ({ ctx }) => {
    const { id, name } = await readWorkspace(ctx);
    return { app: { id: publicId(id), displayName: name, settings: SETTINGS, metadata: null } };
  }),
];
