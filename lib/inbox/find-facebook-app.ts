import { sql } from "drizzle-orm";
import { openAppSecret } from "./connect-secrets";
import type { Ctx } from "./context";

/** A Facebook app that a workspace brought for a channel of its own. */
export type BroughtApp = { id: string; name: string | null; secret: string; verifyToken: string };

/** @returns null when the workspace has not brought it */
export async function findFacebookApp(
  ctx: Ctx,
  input: { workspaceId: string; facebookAppId: string },
): Promise<BroughtApp | null> {
  const { rows } = await ctx.db.execute<Omit<BroughtApp, "secret"> & { sealed: Buffer }>(sql`
    select id, name, secret_sealed as sealed, verify_token as "verifyToken" from facebook_app
    where workspace_id = ${input.workspaceId} and id = ${input.facebookAppId}`);
  const row = rows[0];
  if (!row) return null;
  const { sealed, ...app } = row;
  return { ...app, secret: openAppSecret(input, sealed) };
}
