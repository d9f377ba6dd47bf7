import type { AnsweredRoute } from "./answering";
import { appAnswers } from "./apps";
import { attachmentAnswers } from "./attachments";
import { conversationAnswers } from "./conversations";
import { integrationAnswers } from "./integrations";
import { keyAnswers } from "./keys";
import { messageAnswers } from "./messages";
import { switchboardAnswers } from "./switchboards";
import { userAnswers } from "./users";
import { webhookAnswers } from "./webhooks";

/** Every operation of the public API. */
export const API_ANSWERS: AnsweredRoute[] = [
  ...appAnswers,
  ...userAnswers,
  ...conversationAnswers,
  ...messageAnswers,
  ...attachmentAnswers,
  ...integrationAnswers,
  ...webhookAnswers,
  ...keyAnswers,
  ...switchboardAnswers,
];
