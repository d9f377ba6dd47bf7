import { type Ctx, requireAdmin } from "../inbox/context";
import { type FacebookApp, facebookApp, installationApp } from "./facebook-apps";

/** The Facebook app that an attempt to connect goes through. @throws AppError channel_unusable */
export async function attemptApp(ctx: Ctx, attempt: { facebookAppId: string | null }): Promise<FacebookApp> {
  const { workspaceId } = requireAdmin(ctx);
  const { facebookAppId } = attempt;
  return facebookAppId === null ? installationApp() : facebookApp(ctx, { workspaceId, facebookAppId });
}
