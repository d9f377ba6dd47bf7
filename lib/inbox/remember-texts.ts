import { sql } from "drizzle-orm";
import { contentHash } from "./content-hash";
import type { WriteCtx } from "./context";
import { type Edit, editMessages } from "./edit-messages";

type Known = { externalId: string; number: number; texts: (string | null)[] };

/**
 * What messages say in Meta's thread: one that says what the desk never heard was edited, and nobody told. What the desk
 * itself has sent is left alone: its own words are the better ones.
 */
export async function rememberTexts(
  tx: WriteCtx,
  input: {
    workspaceId: string;
    channelId: string;
    contactExternalId: string;
    readAt: Date;
    texts: { externalId: string; text: string | null }[];
  },
): Promise<void> {
  const { workspaceId, channelId, contactExternalId, readAt } = input;
  const { rows } = await tx.db.execute<Known>(sql`
    select m.external_id as "externalId", coalesce(max(e.number), 0)::int as number, array_agg(e.text) || m.text as texts
    from message m left join message_edit e on e.channel_id = m.channel_id and e.external_id = m.external_id
    where m.channel_id = ${channelId} and m.external_id = any(${sql.param(input.texts.map(({ externalId }) => externalId))}::text[])
      and m.kind = 'text' and m.origin <> 'desk' and m.unsent_at is null
    group by m.external_id, m.text`);
  const known = new Map(rows.map((row) => [row.externalId, row]));
  const edits = input.texts.flatMap(({ externalId, text }): Edit[] => {
    const before = known.get(externalId);
    if (!before || text === null || before.texts.some((one) => one !== null && same(one, text))) return [];
    return [{ workspaceId, channelId, contactExternalId, externalId, number: before.number + 1, text, at: readAt }];
  });
  await editMessages(tx, edits);
}

function same(one: string, other: string): boolean {
  return contentHash(one).equals(contentHash(other));
}
