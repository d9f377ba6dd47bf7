import { sql } from "drizzle-orm";
import type { Transaction } from "../db/connection";

/**
 * Brings what each conversation knows of its customer's reactions up to date: the newest that stands, and how much
 * is unread. Locks the conversations in order; refreshing what the list shows is the caller's next step.
 */
export async function recountReactions(db: Transaction, ids: string[]): Promise<{ workspaceId: string; id: string }[]> {
  if (ids.length === 0) return [];
  const given = sql`${sql.param([...ids].sort())}::uuid[]`;
  await db.execute(sql`select id from conversation where id = any(${given}) order by id for update`);
  const { rows } = await db.execute<{ workspaceId: string; id: string }>(sql`
    update conversation c set last_reaction_at = s.at, last_reaction_emoji = s.emoji, unread = s.unread
    from (
      select t.workspace_id, t.id, newest.at, newest.emoji, (
          select count(*) from message m where m.workspace_id = t.workspace_id and m.conversation_id = t.id and m.direction = 'in'
            and m.kind not in ('event', 'referral') and m.unsent_at is null and m.arrival > t.read_arrival
        ) + (
          select count(*) from reaction r where r.conversation_id = t.id and r.emoji is not null and r.arrival > t.read_arrival
        ) as unread
      from conversation t
      left join lateral (
        select r.at, r.emoji from reaction r where r.conversation_id = t.id and r.emoji is not null
        order by r.at desc, r.external_id desc limit 1) newest on true
      where t.id = any(${given})
    ) s
    where c.workspace_id = s.workspace_id and c.id = s.id
    returning c.workspace_id as "workspaceId", c.id`);
  return rows;
}
