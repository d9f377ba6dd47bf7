import { sql } from "drizzle-orm";
import type { Queryable } from "../db/connection";
import { errorMessage } from "../errors";
import { log } from "../log";
import { openAppSecret } from "./connect-secrets";

export type BroughtAppKeys = {
  /** What Facebook said yes to last: an older secret was reset since. */
  secret: string;
  /** One for each workspace that brought the app. */
  verifyTokens: string[];
};

/** Every Facebook app that some workspace brought, for the door at which Meta delivers. @returns by app id */
export async function listBroughtApps(db: Queryable): Promise<Map<string, BroughtAppKeys>> {
  const { rows } = await db.execute<{ workspaceId: string; id: string; sealed: Buffer; verifyToken: string }>(sql`
    select workspace_id as "workspaceId", id, secret_sealed as sealed, verify_token as "verifyToken"
    from facebook_app order by id, created_at desc`);
  const apps = new Map<string, BroughtAppKeys>();
  for (const { workspaceId, id, sealed, verifyToken } of rows) {
    const known = apps.get(id);
    if (known) known.verifyTokens.push(verifyToken);
    else {
      const secret = open({ workspaceId, facebookAppId: id }, sealed);
      if (secret !== null) apps.set(id, { secret, verifyTokens: [verifyToken] });
    }
  }
  return apps;
}

/** One that cannot be decrypted must not close the door to the others. */
function open(app: { workspaceId: string; facebookAppId: string }, sealed: Buffer): string | null {
  try {
    return openAppSecret(app, sealed);
  } catch (error) {
    log.error(
      { app: app.facebookAppId, reason: errorMessage(error) },
      "the secret of a Facebook app cannot be decrypted",
    );
    return null;
  }
}
