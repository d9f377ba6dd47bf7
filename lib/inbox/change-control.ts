import { sql } from "drizzle-orm";
import type { StoredMetadata } from "../db/tables/conversation";
import type { StoredHolder } from "../db/tables/switchboard";
import { AppError } from "../errors";
import { isId, newId } from "../ids";
import type { EventType, Member, Program, WriteCtx } from "./context";
import { selectSwitchboards } from "./read-switchboard";
import {
  type Held,
  holderOf,
  integrationOf,
  isInbox,
  type Switchboard,
  type SwitchboardIntegration,
} from "./switchboard";

/** A locked conversation with who holds it, and who it is that wants to change that. */
export type Control = Held & {
  workspaceId: string;
  conversationId: string;
  switchboard: Switchboard;
  holder: SwitchboardIntegration | null;
  offeredTo: SwitchboardIntegration | null;
  /** Where the caller stands at the switchboard; null for keys of the app, and for integrations without a place. */
  caller: SwitchboardIntegration | null;
};

/** What integrators say with a change of control. */
export type ControlNote = { metadata?: StoredMetadata | undefined; reason?: string | undefined };

/** Why control did not change; the words name what to do. */
export type ControlRefusal = { refused: "invalid_target" | "invalid_action" | "forbidden"; message: string };

/** @throws AppError not_found for the conversation, invalid where no switchboard is at work */
export async function lockControl(
  tx: WriteCtx,
  who: Member | Program,
  input: { conversationId: string },
): Promise<Control> {
  const { workspaceId } = who;
  const { conversationId } = input;
  const { rows } = isId(conversationId)
    ? await tx.db.execute<Held>(sql`
        select channel_id as "channelId", holder_id as "holderId", offered_to_id as "offeredToId" from conversation
        where workspace_id = ${workspaceId} and id = ${conversationId} for update`)
    : { rows: [] };
  const held = rows[0];
  if (!held) throw new AppError("not_found", "There is no such conversation.");
  const switchboard = (await selectSwitchboards(tx.db, [workspaceId])).get(workspaceId);
  if (!switchboard?.enabled)
    throw new AppError("invalid", "There is no switchboard, or it is switched off. Switch it on first.");
  return {
    ...held,
    workspaceId,
    conversationId,
    switchboard,
    holder: holderOf(switchboard, held),
    offeredTo: integrationOf(switchboard, held.offeredToId),
    caller: callerOf(switchboard, who),
  };
}

function callerOf({ integrations }: Switchboard, who: Member | Program): SwitchboardIntegration | null {
  if (who.type === "member") return integrations.find(isInbox) ?? null;
  if (!who.integrationId) return null;
  return integrations.find(({ integrationId }) => integrationId === who.integrationId) ?? null;
}

type Change = {
  type: EventType;
  holder: SwitchboardIntegration | null;
  offeredTo: SwitchboardIntegration | null;
};

/** Gives a conversation to somebody, and writes down that it happened. */
export async function changeControl(tx: WriteCtx, control: Control, change: Change, note: ControlNote): Promise<void> {
  const { workspaceId, conversationId } = control;
  await tx.db.execute(sql`
    update conversation set holder_id = ${change.holder?.id ?? null}, offered_to_id = ${change.offeredTo?.id ?? null}, version = version + 1
    where workspace_id = ${workspaceId} and id = ${conversationId}`);
  await keep(tx, control, change, note, null);
}

/** Nothing changes; that it was tried is told. */
export async function refuseControl(
  tx: WriteCtx,
  control: Control,
  type: EventType,
  refusal: ControlRefusal,
  note: ControlNote,
): Promise<ControlRefusal> {
  const { holder, offeredTo } = control;
  const code = refusal.refused === "invalid_target" ? "switchboard_invalid_target" : "switchboard_invalid_action";
  await keep(tx, control, { type, holder, offeredTo }, note, { code, message: refusal.message });
  return refusal;
}

async function keep(
  tx: WriteCtx,
  control: Control,
  { type, holder, offeredTo }: Change,
  { metadata, reason }: ControlNote,
  failure: { code: string; message: string } | null,
): Promise<void> {
  const { workspaceId, conversationId } = control;
  const id = newId();
  await tx.db.execute(sql`
    insert into control_change (workspace_id, id, conversation_id, metadata, reason, failure, holder, offered_to, was_holder_id,
      was_offered_to_id, at)
    values (${workspaceId}, ${id}, ${conversationId}, ${json(metadata)}::jsonb, ${reason ?? null}, ${json(failure)}::jsonb,
      ${json(asStored(holder))}::jsonb, ${json(asStored(offeredTo))}::jsonb, ${control.holder?.id ?? null}, ${control.offeredTo?.id ?? null},
      desk_now())`);
  tx.record({ workspaceId, type, conversationId, controlId: id });
}

function asStored(integration: SwitchboardIntegration | null): StoredHolder | null {
  if (!integration) return null;
  const { id, name, integrationId, integrationType } = integration;
  return { id, name, integrationId, integrationType };
}

function json(value: object | null | undefined): string | null {
  return value ? JSON.stringify(value) : null;
}
