import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { isId } from "../ids";
import { enqueue } from "../queue/enqueue";
import { type Ctx, requireMember, write } from "./context";

export type StoryMessage = {
  workspaceId: string;
  messageId: string;
  conversationId: string;
  channelId: string;
  externalId: string;
  relation: "reply" | "mention";
  ended: boolean;
  facebookAppId: string;
  tokenSealed: Buffer | null;
};

/** A story lives at most this long on Instagram. */
const STORY_LIFE_HOURS = 24;

/** A browser could not load a story's media any more: the desk asks Instagram, and then tells everyone. @throws AppError not_found */
export async function reportStoryGone(ctx: Ctx, input: { messageId: string }): Promise<void> {
  const member = requireMember(ctx);
  await write(ctx, async (tx) => {
    const { rows } = isId(input.messageId)
      ? await tx.db.execute<{ gone: boolean }>(sql`
          select story ? 'goneAt' as gone from message
          where workspace_id = ${member.workspaceId} and id = ${input.messageId} and story is not null`)
      : { rows: [] };
    const row = rows[0];
    if (!row) throw new AppError("not_found", "There is no such story.");
    if (row.gone) return;
    await enqueue(tx.db, {
      queue: "story",
      key: `${input.messageId} reported`,
      payload: { workspaceId: member.workspaceId, messageId: input.messageId },
    });
    tx.wake("jobs");
  });
}

/** @returns null when the message holds no story that could still live */
export async function readStoryMessage(
  ctx: Ctx,
  input: { workspaceId: string; messageId: string },
): Promise<StoryMessage | null> {
  const { rows } = await ctx.db.execute<StoryMessage>(sql`
    select m.workspace_id as "workspaceId", m.id as "messageId", m.conversation_id as "conversationId", m.channel_id as "channelId",
      m.external_id as "externalId", m.story ->> 'relation' as relation,
      m.sent_at + make_interval(hours => ${STORY_LIFE_HOURS}) <= desk_now() as ended, h.facebook_app_id as "facebookAppId", h.token_sealed as "tokenSealed"
    from message m join channel h on h.workspace_id = m.workspace_id and h.id = m.channel_id
    where m.workspace_id = ${input.workspaceId} and m.id = ${input.messageId} and m.story is not null and not m.story ? 'goneAt'`);
  return rows[0] ?? null;
}

/** Writes what Instagram says of the story: gone for good, or a new address for its media. */
export async function recordStory(ctx: Ctx, story: StoryMessage, now: { url: string } | "gone"): Promise<void> {
  await write(ctx, async (tx) => {
    const { rows } = await tx.db.execute(
      now === "gone"
        ? sql`update message set story = story - 'url' || jsonb_build_object('goneAt', desk_now()), version = version + 1
            where workspace_id = ${story.workspaceId} and id = ${story.messageId} and story is not null and not story ? 'goneAt' returning id`
        : sql`update message set story = story || jsonb_build_object('url', ${now.url}::text), version = version + 1
            where workspace_id = ${story.workspaceId} and id = ${story.messageId} and story is not null and not story ? 'goneAt'
              and story ->> 'url' is distinct from ${now.url} returning id`,
    );
    if (rows.length === 0) return;
    tx.record({
      workspaceId: story.workspaceId,
      type: "message.changed",
      conversationId: story.conversationId,
      messageId: story.messageId,
    });
  });
}
