import { type Ctx, requireManager } from "../inbox/context";
import { findFacebookApp } from "../inbox/find-facebook-app";
import { type AppSubscription, readAppSubscription } from "./app-subscription";
import { personAddresses, webhookAddress } from "./webhook-address";

/** The Facebook app that a channel brought, as its page shows it; no secret. */
export type OwnApp = {
  id: string;
  name: string | null;
  webhookAddress: string;
  verifyToken: string;
  deauthorizeAddress: string;
  dataDeletionAddress: string;
  subscription: AppSubscription;
};

/** @returns null when the channel goes through the installation's app */
export async function readOwnApp(ctx: Ctx, input: { facebookAppId: string }): Promise<OwnApp | null> {
  const { workspaceId } = requireManager(ctx);
  const app = await findFacebookApp(ctx, { workspaceId, facebookAppId: input.facebookAppId });
  if (!app) return null;
  const { id, name, verifyToken } = app;
  const { deauthorize, dataDeletion } = personAddresses();
  return {
    id,
    name,
    verifyToken,
    webhookAddress: webhookAddress(app),
    deauthorizeAddress: deauthorize,
    dataDeletionAddress: dataDeletion,
    subscription: await readAppSubscription(app),
  };
}
