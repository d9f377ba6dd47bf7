import { refuse } from "../../lib/api/api-refusal";
import { publicId } from "../../lib/api/public-id";
import * as routes from "../../lib/api/routes/conversations";
import { apiConversation } from "../../lib/api/serialize/conversation";
import { markRead } from "../../lib/inbox/mark-read";
import { readConversation } from "../../lib/inbox/read-conversation";
import { updateConversation } from "../../lib/inbox/update-conversation";
import { signalTyping, signalTypingEnd } from "../../lib/meta/signal-typing";
import { answering } from "./answering";
import { findConversation, findUser } from "./find";

export const conversationAnswers = [
  answering(routes.createConversation, async (call) => {
    const { type, participants = [], ...named } = call.body;
    if (type !== "personal")
      throw refuse(400, "bad_request", "type: a conversation on Instagram has one person, so it is personal");
    const [participant, ...others] = participants;
    const said = participant?.userId ?? participant?.userExternalId;
    if (said === undefined || others.length > 0)
      throw refuse(400, "bad_request", "participants: a personal conversation has exactly one user");
    const { conversationId } = await findUser(call, said);
    // Theirs began when they first wrote, and there is no second one.
    if (conversationId === null) throw refuse(404, "conversation_not_found", "Conversation not found");
    return { conversation: apiConversation(await updateConversation(call.ctx, { ...named, conversationId })) };
  }),

  answering(routes.deleteConversation, async (call) => {
    await findConversation(call);
    const { conversationId } = call.params;
    throw refuse(
      400,
      "bad_request",
      `Conversation ${conversationId} cannot be deleted because it is the default. Delete its messages, or the user`,
    );
  }),

  answering(routes.joinConversation, async (call) => {
    await findConversation(call);
    throw refuse(400, "bad_request", "Too many participants: a conversation on Instagram has one person");
  }),

  answering(routes.leaveConversation, async (call) => {
    await findConversation(call);
    throw refuse(404, "not_found", "User is not a member of the conversation, or its only one, who cannot leave");
  }),

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

  answering(routes.updateConversation, async (call) => {
    const conversationId = await findConversation(call);
    return { conversation: apiConversation(await updateConversation(call.ctx, { ...call.body, conversationId })) };
  }),

  answering(routes.listParticipants, async (call) => {
    const conversation = await readConversation(call.ctx, { conversationId: await findConversation(call) });
    const { contactId, userExternalId, unread, seenThroughAt } = conversation;
    const userId = publicId(contactId);
    const participant = {
      id: userId,
      userId,
      userExternalId,
      unreadCount: unread,
      lastRead: seenThroughAt === null ? null : new Date(seenThroughAt).toISOString(),
      clientAssociations: [{ type: "instagram", clientId: userId }],
    };
    const first = !call.query.page.after && !call.query.page.before;
    return { participants: first ? [participant] : [], meta: { hasMore: false } };
  }),

  answering(routes.postActivity, async (call) => {
    const conversationId = await findConversation(call);
    const { type, author } = call.body;
    if (author.type === "user") {
      // What customers do, Instagram tells; nobody else can say it in their name.
      const { contactId } = await readConversation(call.ctx, { conversationId });
      const { id } = await findUser(call, author.userId ?? author.userExternalId ?? "");
      if (id !== contactId) throw refuse(400, "bad_request", "author.userId: takes no part in this conversation");
      return {};
    }
    if (type === "typing:start") await signalTyping(call.ctx, { conversationId });
    if (type === "typing:stop") await signalTypingEnd(call.ctx, { conversationId });
    if (type === "conversation:read") await markRead(call.ctx, { conversationId, through: Number.MAX_SAFE_INTEGER });
    return {};
  }),
];
