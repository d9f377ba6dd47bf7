import { sql } from "drizzle-orm";
import { randomToken } from "../crypto";
import { sealAppSecret } from "./connect-secrets";
import { type Ctx, requireManager, write } from "./context";

/**
 * Keeps the Facebook app that a workspace brings for a channel of its own, or its new secret. Call it only once Facebook
 * has confirmed id and secret: of several who bring one app, the latest secret is the one that deliveries are checked with.
 * @returns what Meta's handshake has to say; it stays the same for the same app
 */
export async function bringFacebookApp(
  ctx: Ctx,
  app: { id: string; name: string | null; secret: string },
): Promise<{ verifyToken: string }> {
  const who = requireManager(ctx);
  const { workspaceId } = who;
  const memberId = who.type === "member" ? who.id : null;
  const sealed = sealAppSecret({ workspaceId, facebookAppId: app.id }, app.secret);
  return write(ctx, async (tx) => {
    const { rows } = await tx.db.execute<{ verifyToken: string }>(sql`
      insert into facebook_app (workspace_id, id, name, secret_sealed, verify_token, created_by, created_at)
      values (${workspaceId}, ${app.id}, ${app.name}, ${sql.param(sealed)}, ${randomToken()}, ${memberId}, desk_now())
      on conflict (workspace_id, id) do update set name = excluded.name, secret_sealed = excluded.secret_sealed,
        created_by = excluded.created_by, created_at = excluded.created_at
      returning verify_token as "verifyToken"`);
    const row = rows[0];
    if (!row) throw new Error("The app was not kept.");
    return row;
  });
}
