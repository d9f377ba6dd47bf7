import { sql } from "drizzle-orm";
import type { WriteCtx } from "./context";
import { type Reaction, recordReactions } from "./record-reactions";

/** A reaction that stands in Meta's thread, which does not tell since when. */
export type RememberedReaction = Omit<Reaction, "at" | "emoji"> & {
  emoji: string;
  messageSentAt: Date;
  history: boolean;
};

/**
 * Reactions read back: one that the desk does not know is as old as its message, so that whatever else is told of it
 * counts as later; one that differs from what the desk knows was changed by the time it was read.
 */
export async function rememberReactions(
  tx: WriteCtx,
  { readAt, reactions }: { readAt: Date; reactions: RememberedReaction[] },
): Promise<void> {
  if (reactions.length === 0) return;
  const { rows } = await tx.db.execute<{ channelId: string; externalId: string; by: string; emoji: string | null }>(sql`
    select r.channel_id as "channelId", r.external_id as "externalId", r.by, r.emoji
    from unnest(${sql.param(reactions.map((one) => one.channelId))}::uuid[], ${sql.param(reactions.map((one) => one.externalId))}::text[])
      as given(channel_id, external_id)
    join reaction r on r.channel_id = given.channel_id and r.external_id = given.external_id`);
  const known = new Map(rows.map((row) => [key(row), row.emoji]));
  const news = reactions.flatMap(({ messageSentAt, ...reaction }): Reaction[] => {
    const before = known.get(key(reaction));
    // Taken back, as the desk was told: what was read may be from before that.
    if (before === reaction.emoji || before === null) return [];
    return [{ ...reaction, at: before === undefined ? messageSentAt : readAt }];
  });
  await recordReactions(tx, news);
}

function key({ channelId, by, externalId }: { channelId: string; by: string; externalId: string }): string {
  return `${channelId} ${by} ${externalId}`;
}
