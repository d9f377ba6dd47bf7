import { sql } from "drizzle-orm";
import { type Ctx, type Member, requireAdmin } from "./context";
import { decodeCursor, encodeCursor } from "./cursor";

/** Something that came in and was not shown. Times are milliseconds since 1970. */
export type SetAsideRow = {
  id: string;
  reason: string;
  /** Of the connected account; null when it came for none. */
  username: string | null;
  createdAt: number;
  /** When it is thrown away. */
  expiresAt: number;
  /** The beginning of its own characters; what is no text is written as �. */
  raw: string;
  /** Size of all of it, in bytes. */
  bytes: number;
};

export type SetAsidePage = {
  /** Of everything, most frequent first. */
  reasons: { reason: string; count: number }[];
  /** Newest first; only those of `reason` when one was asked for. */
  items: SetAsideRow[];
  /** Opaque; null when this is the last page. */
  next: string | null;
};

const PAGE = 30;
/** More of one item helps nobody on a screen. */
const RAW_BYTES = 20_000;

type ItemRecord = Omit<SetAsideRow, "createdAt" | "expiresAt" | "raw"> & {
  createdAt: Date;
  expiresAt: Date;
  raw: Buffer;
};

/** What was not shown, with its reason. @throws AppError forbidden, invalid */
export async function listSetAside(
  ctx: Ctx,
  input: { after?: string | undefined; reason?: string | undefined },
): Promise<SetAsidePage> {
  const member = requireAdmin(ctx);
  const cursor = input.after ? decodeCursor(input.after) : null;
  const { rows: reasons } = await ctx.db.execute<{ reason: string; count: number }>(sql`
    select s.reason, count(*)::int as count from set_aside s where ${visibleTo(member)} group by s.reason order by 2 desc, 1`);
  const { rows } = await ctx.db.execute<ItemRecord>(sql`
    select s.id, s.reason, h.username, s.created_at as "createdAt", s.expires_at as "expiresAt",
      substr(s.raw, 1, ${RAW_BYTES}) as raw, length(s.raw) as bytes
    from set_aside s left join channel h on h.workspace_id = s.workspace_id and h.id = s.channel_id
    where ${visibleTo(member)}
      and ${input.reason ? sql`s.reason = ${input.reason}` : sql`true`}
      and ${cursor ? sql`(s.created_at, s.id) < (${cursor.at.toISOString()}::timestamptz, ${cursor.id}::uuid)` : sql`true`}
    order by s.created_at desc, s.id desc limit ${PAGE + 1}`);
  const items = rows.slice(0, PAGE).map((row) => ({
    ...row,
    createdAt: row.createdAt.getTime(),
    expiresAt: row.expiresAt.getTime(),
    raw: row.raw.toString("utf8"),
  }));
  const last = items.at(-1);
  return { reasons, items, next: rows.length > PAGE && last ? encodeCursor(last.createdAt, last.id) : null };
}

/**
 * The workspace's own, and of what belongs to nobody that for an account which is or was its own. Where the desk has
 * one workspace only, the rest is its business too: it tells the operator what Facebook sends and nobody takes.
 */
export function visibleTo(member: Member) {
  return sql`(s.workspace_id = ${member.workspaceId} or (s.workspace_id is null and (
    (select count(*) from workspace) = 1 or exists (
      select from channel own where own.workspace_id = ${member.workspaceId} and own.facebook_app_id = s.facebook_app_id
        and own.account_id = s.account_id))))`;
}
