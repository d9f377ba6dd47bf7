import { type SQL, sql } from "drizzle-orm";
import { apiMessage } from "../api/serialize/message";
import { apiResponder } from "../api/serialize/switchboard";
import type { Queryable } from "../db/connection";
import type { StoredMetadata } from "../db/tables/conversation";
import type { StoredHolder } from "../db/tables/switchboard";
import { selectMessageDetails } from "../inbox/public-rows";
import type { MessageDetails } from "../inbox/public-types";

/** A change of control as it was, and what its receiver asked to get with it. */
export type ControlFact = {
  id: string;
  conversationId: string;
  metadata: StoredMetadata | null;
  reason: string | null;
  failure: { code: string; message: string } | null;
  holder: StoredHolder | null;
  offeredTo: StoredHolder | null;
  at: Date;
  /** How many messages the one that gets or is offered control is told. */
  historyCount: number | null;
  history: MessageDetails[];
};

export async function readControls(
  db: Queryable,
  workspaceId: string,
  ids: string[],
): Promise<Map<string, ControlFact>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.execute<Omit<ControlFact, "history">>(sql`
    select k.id, k.conversation_id as "conversationId", k.metadata, k.reason, k.failure, k.holder, k.offered_to as "offeredTo", k.at,
      i.message_history_count as "historyCount"
    from control_change k
    left join switchboard_integration i on i.workspace_id = k.workspace_id
      and i.id = coalesce(k.offered_to ->> 'id', k.holder ->> 'id')::uuid
    where k.workspace_id = ${workspaceId} and k.id = any(${sql.param(ids)}::uuid[])`);
  const facts = await Promise.all(
    rows.map(async (row) => ({ ...row, history: row.failure ? [] : await readHistory(db, workspaceId, row) })),
  );
  return new Map(facts.map((fact) => [fact.id, fact]));
}

async function readHistory(
  db: Queryable,
  workspaceId: string,
  { conversationId, historyCount, at }: Pick<ControlFact, "conversationId" | "historyCount" | "at">,
): Promise<MessageDetails[]> {
  if (historyCount === null) return [];
  const place: SQL = sql`m.workspace_id = ${workspaceId} and m.conversation_id = ${conversationId} and m.kind <> 'event'
    and not (m.part > 0 and m.api_author is not null) and m.sent_at <= ${at.toISOString()}::timestamptz`;
  const newest = sql`${place} order by m.sent_at desc, m.id desc limit ${historyCount}`;
  return (await selectMessageDetails(db, workspaceId, newest)).reverse();
}

/** Who holds the conversation and is offered it, as payloads name them. */
export function responders({ holder, offeredTo }: { holder: StoredHolder | null; offeredTo: StoredHolder | null }) {
  return {
    ...(holder && { activeSwitchboardIntegration: apiResponder(holder) }),
    ...(offeredTo && { pendingSwitchboardIntegration: apiResponder(offeredTo) }),
  };
}

/** @param integrationId whose webhook is told: the messages before are for the one that is to answer */
export function controlPayload(
  trigger: string,
  { metadata, reason, failure, holder, offeredTo, history }: ControlFact,
  integrationId: string,
): Record<string, unknown> {
  if (failure) return { error: failure, metadata: metadata ?? {} };
  const gives = trigger === "switchboard:passControl" || trigger === "switchboard:offerControl";
  const mine = gives && (offeredTo ?? holder)?.integrationId === integrationId;
  return {
    metadata: metadata ?? {},
    ...(reason !== null && { reason }),
    ...(mine && history.length > 0 && { messageHistory: history.map(apiMessage) }),
  };
}
