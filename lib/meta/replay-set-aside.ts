import { sql } from "drizzle-orm";
import { type Ctx, write } from "../inbox/context";
import { UNKNOWN_ACCOUNT } from "./project-deliveries";

/** What came for an account before it was connected here is delivered again, as if it came now. Repeats are harmless. */
export async function replayUnknownAccount(
  ctx: Ctx,
  input: { facebookAppId: string; accountId: string },
): Promise<void> {
  await write(ctx, async (tx) => {
    const { rows } = await tx.db.execute<{ raw: Buffer; createdAt: Date }>(sql`
      delete from set_aside
      where facebook_app_id = ${input.facebookAppId} and account_id = ${input.accountId} and workspace_id is null and reason = ${UNKNOWN_ACCOUNT}
      returning raw, created_at as "createdAt"`);
    const bodies = rows.map(({ raw }) =>
      Buffer.concat([
        Buffer.from(`{"object":"instagram","entry":[{"id":${JSON.stringify(input.accountId)},"messaging":[`),
        raw,
        Buffer.from("]}]}"),
      ]).toString("base64"),
    );
    if (bodies.length === 0) return;
    await tx.db.execute(sql`
      insert into delivery (facebook_app_id, body, received_at)
      select ${input.facebookAppId}, decode(given.body, 'base64'), given.at
      from unnest(${sql.param(bodies)}::text[], ${sql.param(rows.map((row) => row.createdAt.toISOString()))}::timestamptz[]) as given(body, at)`);
    tx.wake("deliveries");
  });
}
