import * as routes from "../../lib/api/routes/conversations";
import { apiConversation } from "../../lib/api/serialize/conversation";
import { readConversation } from "../../lib/inbox/read-conversation";
import { answering } from "./answering";
import { findConversation, findUser } from "./find";

export const conversationAnswers = [
  answering(routes.listConversations, async (call) => {
    const { userId, userExternalId } = call.query.filter;
    const { conversationId } = await findUser(call, userId ?? userExternalId ?? "");
    if (conversationId === null || call.query.page.after || call.query.page.before)
      return { conversations: [], meta: { hasMore: false } };
    return {
      conversations: [apiConversation(await readConversation(call.ctx, { conversationId }))],
      meta: { hasMore: false },
    };
  }),

  answering(routes.getConversation, async (call) => {
    const conversationId = await findConversation(call);
    return { conversation: apiConversation(await readConversation(call.ctx, { conversationId })) };
  }),
];
