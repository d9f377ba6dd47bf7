import type { Ctx } from "../inbox/context";
import { listBroughtApps } from "../inbox/list-brought-apps";
import { type FacebookApp, installationApp } from "./facebook-apps";

/** Every Facebook app that may speak to this desk: the installation's own first, then those that channels brought. */
export async function signingApps(ctx: Ctx): Promise<FacebookApp[]> {
  const brought = await listBroughtApps(ctx.db);
  return [installationApp(), ...[...brought].map(([id, { secret }]) => ({ id, secret }))];
}
