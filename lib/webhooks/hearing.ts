import { sql } from "drizzle-orm";
import type { Queryable } from "../db/connection";
import { selectSwitchboards } from "../inbox/read-switchboard";
import { holderOf, type Switchboard, type SwitchboardIntegration } from "../inbox/switchboard";

type Listener = { id: string; integrationId: string };
type Entry = { sequence: number; conversationId: string | null };

/** A change of control after an entry of the log; who was and is concerned by it, in ids of switchboard integrations. */
type Later = { sequence: number; before: (string | null)[]; afterwards: (string | null)[] };
type ConversationState = {
  id: string;
  channelId: string;
  holderId: string | null;
  offeredToId: string | null;
  later: Later[] | null;
};

/**
 * Who is told of what: an integration at the switchboard that wants no standby events hears only of conversations that
 * it held, or was offered, when they happened.
 * @param after the log's entries come after this number
 */
export async function readHearing(
  db: Queryable,
  workspaceId: string,
  given: { after: number; entries: Entry[]; listeners: Listener[] },
): Promise<(listener: Listener, entry: Entry) => boolean> {
  const switchboard = (await selectSwitchboards(db, [workspaceId])).get(workspaceId);
  const quiet = new Map<string, SwitchboardIntegration>();
  for (const { id, integrationId } of switchboard?.enabled ? given.listeners : []) {
    const integration = switchboard?.integrations.find((known) => known.integrationId === integrationId);
    if (integration && !integration.deliverStandbyEvents) quiet.set(id, integration);
  }
  if (!switchboard || quiet.size === 0) return () => true;
  const states = await readStates(db, workspaceId, given);
  return (listener, { sequence, conversationId }) => {
    const integration = quiet.get(listener.id);
    const state = integration && states.get(conversationId ?? "");
    return !state || concerned(switchboard, state, sequence).includes(integration.id);
  };
}

async function readStates(
  db: Queryable,
  workspaceId: string,
  { after, entries }: { after: number; entries: Entry[] },
): Promise<Map<string, ConversationState>> {
  const ids = [...new Set(entries.flatMap(({ conversationId }) => conversationId ?? []))];
  // In one statement, so that the last change and what it led to belong together.
  const { rows } = await db.execute<ConversationState>(sql`
    select c.id, c.channel_id as "channelId", c.holder_id as "holderId", c.offered_to_id as "offeredToId", (
      select json_agg(json_build_object('sequence', e.sequence, 'before', json_build_array(k.was_holder_id, k.was_offered_to_id),
        'afterwards', json_build_array(k.holder ->> 'id', k.offered_to ->> 'id')) order by e.sequence)
      from event e join control_change k on k.workspace_id = e.workspace_id and k.id = e.control_id
      where e.workspace_id = ${workspaceId} and e.sequence > ${after} and e.control_id is not null and e.conversation_id = c.id) as later
    from conversation c where c.workspace_id = ${workspaceId} and c.id = any(${sql.param(ids)}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Whoever held it or was offered it then; a change of control concerns those before it and those after it. */
function concerned(switchboard: Switchboard, state: ConversationState, sequence: number): (string | null)[] {
  const next = state.later?.find((change) => change.sequence >= sequence);
  if (!next) return [holderOf(switchboard, state)?.id ?? null, state.offeredToId];
  return next.sequence === sequence ? [...next.before, ...next.afterwards] : next.before;
}
