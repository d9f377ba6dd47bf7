import { sql } from "drizzle-orm";
import { errorMessage } from "../errors";
import { openAppSecret } from "../inbox/connect-secrets";
import type { Ctx } from "../inbox/context";
import { log } from "../log";
import { type FacebookApp, installationApp } from "./facebook-apps";

type Row = { workspaceId: string; facebookAppId: string; sealed: Buffer };

/** Every Facebook app that may speak to this desk: the installation's own first, then those that channels brought. */
export async function signingApps(ctx: Ctx): Promise<FacebookApp[]> {
  const { rows } = await ctx.db.execute<Row>(sql`
    select workspace_id as "workspaceId", id as "facebookAppId", secret_sealed as sealed from facebook_app order by created_at, id`);
  return [installationApp(), ...rows.flatMap(open)];
}

/** One whose secret cannot be read any more must not silence the others. */
function open({ sealed, ...ref }: Row): FacebookApp[] {
  try {
    return [{ id: ref.facebookAppId, secret: openAppSecret(ref, sealed) }];
  } catch (error) {
    log.error({ facebookApp: ref.facebookAppId, reason: errorMessage(error) }, "an app's secret cannot be decrypted");
    return [];
  }
}
