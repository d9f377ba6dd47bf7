import { sql } from "drizzle-orm";
import type { Database, Queryable, Transaction } from "../db/connection";
import { AppError } from "../errors";
import { ring, type Topic } from "../live/doorbell";

export type Role = "owner" | "admin" | "agent";

/** Who acts: a signed-in member, a program with a key of the public API, or the desk itself. */
export type Actor =
  | { type: "member"; workspaceId: string; id: string; role: Role; name: string }
  | {
      type: "api_key";
      workspaceId: string;
      keyId: string;
      people: boolean;
      /** The custom integration whose key it is; none for keys of the app and of the installation. */
      integrationId?: string | null;
    }
  | { type: "system" };

export type Member = Extract<Actor, { type: "member" }>;
export type Program = Extract<Actor, { type: "api_key" }>;

export type Ctx = { db: Queryable; actor: Actor };

export type EventType =
  | "message.received"
  /** It was said before the desk knew of it, and is no news to anybody. */
  | "message.remembered"
  | "message.queued"
  | "message.changed"
  | "message.unsent"
  | "conversation.changed"
  | "conversation.erased"
  | "contact.changed"
  | "channel.changed"
  /** An account and its history are gone: readers read everything anew. */
  | "channel.erased"
  | "members.changed"
  /** Who answers is settled anew: readers read everything anew. */
  | "switchboard.changed"
  // Told to integrators only: what it changes on the screen has an event of its own.
  | "conversation.opened"
  | "conversation.seen"
  | "user.changed"
  | "profile.changed"
  | "client.blocked"
  | "client.unblocked"
  | "delivery.channel"
  | "delivery.user"
  | "delivery.failure"
  // Told to integrators; on the screen they are a change of their conversation.
  | "control.passed"
  | "control.offered"
  | "control.accepted"
  | "control.released"
  | "control.pass_failed"
  | "control.offer_failed"
  | "control.accept_failed";

export type NewEvent = {
  workspaceId: string;
  type: EventType;
  conversationId?: string;
  messageId?: string;
  channelId?: string;
  /** The person it is about, where no conversation tells. */
  contactId?: string;
  /** The change of control that it tells of. */
  controlId?: string;
};

/** A context inside one transaction; what is recorded becomes event rows with its last statement. */
export type WriteCtx = {
  db: Transaction;
  actor: Actor;
  record: (event: NewEvent) => void;
  /** Wakes workers on this topic after the commit. */
  wake: (topic: Topic) => void;
};

/**
 * Runs `work` in one transaction and writes its events last, so that their numbers are given in commit order.
 * Inside another write it joins that one. Rings the doorbell after the commit.
 */
export async function write<T>(ctx: Ctx | WriteCtx, work: (tx: WriteCtx) => Promise<T>): Promise<T> {
  if ("record" in ctx) return work(ctx);
  const events: NewEvent[] = [];
  const topics = new Set<Topic>();
  const result = await (ctx.db as Database).transaction(async (db) => {
    const value = await work({
      db,
      actor: ctx.actor,
      record: (event) => events.push(event),
      wake: (topic) => topics.add(topic),
    });
    await appendEvents(db, events);
    return value;
  });
  for (const { workspaceId } of events) topics.add(`log:${workspaceId}`);
  if (events.length > 0) topics.add("log");
  for (const topic of topics) ring(topic);
  return result;
}

async function appendEvents(db: Transaction, events: NewEvent[]): Promise<void> {
  const byWorkspace = new Map<string, NewEvent[]>();
  for (const event of events) {
    const list = byWorkspace.get(event.workspaceId);
    if (list) list.push(event);
    else byWorkspace.set(event.workspaceId, [event]);
  }
  for (const workspaceId of [...byWorkspace.keys()].sort()) {
    const rows = byWorkspace.get(workspaceId) ?? [];
    await db.execute(sql`
      with counter as (
        update workspace_sequence set last = last + ${rows.length} where workspace_id = ${workspaceId} returning last
      )
      insert into event (workspace_id, sequence, type, conversation_id, message_id, channel_id, contact_id, control_id, at)
      select ${workspaceId}, counter.last - ${rows.length} + row.ordinality, row.type, row.conversation_id, row.message_id, row.channel_id, row.contact_id,
        row.control_id, (select desk_now())
      from counter, rows from (json_to_recordset(${JSON.stringify(
        rows.map((row) => ({
          type: row.type,
          conversation_id: row.conversationId,
          message_id: row.messageId,
          channel_id: row.channelId,
          contact_id: row.contactId,
          control_id: row.controlId,
        })),
      )}::json) as (type text, conversation_id uuid, message_id uuid, channel_id uuid, contact_id uuid, control_id uuid)) with ordinality
        as row(type, conversation_id, message_id, channel_id, contact_id, control_id, ordinality)`);
  }
}

/** The member who acts; a verb for people refuses everyone else. */
export function requireMember(ctx: Ctx): Member {
  if (ctx.actor.type !== "member") throw new AppError("unauthenticated", "Sign in to do this.");
  return ctx.actor;
}

/** The member or program that acts, inside its workspace. */
export function requireInside(ctx: Ctx): Member | Program {
  return ctx.actor.type === "api_key" ? ctx.actor : requireMember(ctx);
}

/** An owner or admin, or a program: which of its keys may do so the door has decided. */
export function requireManager(ctx: Ctx): Member | Program {
  return ctx.actor.type === "api_key" ? ctx.actor : requireAdmin(ctx);
}

/** Channels and people are the business of owners and admins. */
export function requireAdmin(ctx: Ctx): Member {
  const member = requireMember(ctx);
  if (member.role === "agent") {
    throw new AppError("forbidden", "Only an owner or admin can do this. Ask one of them.");
  }
  return member;
}
