import { sql } from "drizzle-orm";
import { type Ctx, type WriteCtx, write } from "../inbox/context";
import { clearStandIns, type TakeInput, type TakenItem, takeSetAside } from "../inbox/take-set-aside";
import { derivedId } from "./item-place";
import { UNKNOWN_ACCOUNT } from "./project-deliveries";

/** Items in one transaction, so that a long list neither holds locks for long nor fills the memory. */
const PIECE = 500;

/**
 * What was set aside is delivered again, as if it came now: one item, or all of one reason. What still cannot be
 * shown is set aside anew. @returns how many items were delivered @throws AppError forbidden
 */
export async function replaySetAside(ctx: Ctx, input: { id: string } | { reason: string }): Promise<number> {
  if ("id" in input) return replayPiece(ctx, input);
  const { rows } = await ctx.db.execute<{ now: Date }>(sql`select desk_now() as now`);
  const before = rows[0]?.now ?? new Date(0);
  let delivered = 0;
  for (;;) {
    const piece = await replayPiece(ctx, { reason: input.reason, before, limit: PIECE });
    delivered += piece;
    if (piece < PIECE) return delivered;
  }
}

async function replayPiece(ctx: Ctx, input: TakeInput): Promise<number> {
  return write(ctx, async (tx) => {
    const taken = await takeSetAside(tx, input);
    await clearStandIns(
      tx,
      taken.flatMap(({ channelId, raw }) => (channelId ? { channelId, externalId: derivedId(raw.toString()) } : [])),
      taken.flatMap(({ channelId, externalId, raw }) =>
        channelId && externalId && membersOf(raw)?.has("message") ? { channelId, externalId } : [],
      ),
    );
    await deliverAgain(tx, taken);
    return taken.length;
  });
}

/** What came for an account before it was connected here is delivered again. Repeats are harmless. */
export async function replayUnknownAccount(
  ctx: Ctx,
  input: { facebookAppId: string; accountId: string },
): Promise<void> {
  await write(ctx, async (tx) => {
    const { rows } = await tx.db.execute<TakenItem>(sql`
      delete from set_aside
      where facebook_app_id = ${input.facebookAppId} and account_id = ${input.accountId} and workspace_id is null and reason = ${UNKNOWN_ACCOUNT}
      returning facebook_app_id as "facebookAppId", account_id as "accountId", raw, created_at as "createdAt"`);
    await deliverAgain(tx, rows);
  });
}

type Raw = Pick<TakenItem, "facebookAppId" | "accountId" | "raw" | "createdAt">;

async function deliverAgain(tx: WriteCtx, items: Raw[]): Promise<void> {
  if (items.length === 0) return;
  await tx.db.execute(sql`
    insert into delivery (facebook_app_id, body, received_at)
    select app, decode(body, 'base64'), at
    from unnest(${sql.param(items.map((item) => item.facebookAppId))}::text[],
      ${sql.param(items.map((item) => bodyOf(item).toString("base64")))}::text[],
      ${sql.param(items.map((item) => item.createdAt.toISOString()))}::timestamptz[]) as given(app, body, at)`);
  tx.wake("deliveries");
}

/** An item gets an envelope again; what could never be cut into items is its own. */
function bodyOf({ accountId, raw }: Raw): Buffer {
  const members = membersOf(raw);
  if (!members || members.has("object")) return raw;
  const list = members.has("field") ? "changes" : "messaging";
  return Buffer.concat([
    Buffer.from(`{"object":"instagram","entry":[{"id":${JSON.stringify(accountId)},"${list}":[`),
    raw,
    Buffer.from("]}]}"),
  ]);
}

/** @returns null for what is not JSON */
function membersOf(raw: Buffer): Set<string> | null {
  try {
    const value: unknown = JSON.parse(raw.toString("utf8"));
    return new Set(typeof value === "object" && value !== null ? Object.keys(value) : []);
  } catch {
    return null;
  }
}
