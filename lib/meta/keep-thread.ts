import { type BackFillStep, recordThreadRead } from "../inbox/back-fill-steps";
import { type Ctx, write } from "../inbox/context";
import { nameContact } from "../inbox/name-contact";
import { type IncomingMessage, receiveMessages } from "../inbox/receive-messages";
import { type RememberedReaction, rememberReactions } from "../inbox/remember-reactions";
import { rememberTexts } from "../inbox/remember-texts";
import { lockThread, type ThreadInDesk } from "../inbox/thread-in-desk";
import { SECOND } from "../time";
import { enqueueFollowUps } from "./follow-ups";
import { parseThreadMessage, threadReactions } from "./parse-thread-message";
import type { ThreadRead } from "./read-threads";
import { likeness, type ThreadMessage, threadTime } from "./thread-message";

type Step = BackFillStep & { thread: NonNullable<BackFillStep["thread"]> };

/**
 * What Meta's thread holds, into the inbox: what is not there yet is added, edits and reactions that were never told are
 * caught up with. One transaction together with the note that this thread is done, so that it can be cut off anywhere.
 */
export async function keepThread(ctx: Ctx, step: Step, read: ThreadRead): Promise<void> {
  await write(ctx, async (tx) => {
    const { workspaceId, channelId, thread } = step;
    const contactExternalId = thread.contactExternalId;
    const inDesk = await lockThread(tx, {
      channelId,
      contactExternalId,
      externalIds: read.messages.map(({ id }) => id),
    });
    const found = dated(read.messages, inDesk).filter(({ message }) => !maybeInFlight(message, step, inDesk));
    const items = found.flatMap(({ message, sentAt }, n): IncomingMessage[] => {
      const told = parseThreadMessage(message, step.accountId);
      const answered = found.slice(n + 1).some(({ message: later }) => later.from?.id === step.accountId);
      const history = sentAt < step.unreadSince || (told?.origin === "customer" && answered);
      return told ? [{ ...told, workspaceId, channelId, contactExternalId, sentAt, readBack: { history } }] : [];
    });
    const received = await receiveMessages(tx, items);
    const texts = items.filter(({ kind }) => kind === "text");
    await rememberTexts(tx, { workspaceId, channelId, contactExternalId, readAt: read.readAt, texts });
    await rememberReactions(tx, { readAt: read.readAt, reactions: reactionsOf(step, found, items) });
    if (items.length > 0) {
      await nameContact(tx, { workspaceId, channelId, contactExternalId, username: thread.contactUsername });
    }
    await enqueueFollowUps(tx, received);
    await recordThreadRead(tx, step, { messages: received.length, readAt: read.readAt });
  });
}

type Dated = { message: ThreadMessage; sentAt: Date };

/**
 * Oldest first. Meta's thread counts in seconds and its order is the truth; the desk knows some of its messages to the
 * millisecond. What is new to the desk takes its place right after the one before it.
 */
function dated(messages: ThreadMessage[], { known }: ThreadInDesk): Dated[] {
  let last = 0;
  return [...messages].reverse().map((message) => {
    const second = threadTime(message.created_time);
    const sentAt = known.get(message.id)?.getTime() ?? (last >= second && last < second + SECOND ? last + 1 : second);
    last = sentAt;
    return { message, sentAt: new Date(sentAt) };
  });
}

/** It may be a send of ours whose answer is not known yet: that finds its message itself, and must not find it taken. */
function maybeInFlight(message: ThreadMessage, step: Step, { known, inFlight }: ThreadInDesk): boolean {
  if (message.from?.id !== step.accountId || known.has(message.id)) return false;
  return inFlight.some((send) => likeness(send, message) !== "different");
}

function reactionsOf(step: Step, found: Dated[], items: IncomingMessage[]): RememberedReaction[] {
  const { workspaceId, channelId, thread } = step;
  const kept = new Map(items.map((item) => [item.externalId, item]));
  return found.flatMap(({ message, sentAt }) => {
    const item = kept.get(message.id);
    if (!item) return [];
    return threadReactions(message, step.accountId).map(({ by, emoji }) => ({
      workspaceId,
      channelId,
      contactExternalId: thread.contactExternalId,
      externalId: message.id,
      by,
      emoji,
      messageSentAt: sentAt,
      history: item.readBack?.history ?? true,
    }));
  });
}
