import { z } from "zod";
import { env } from "../../env";
import { type Ctx, requireAdmin } from "../../inbox/context";
import { findFacebookApp } from "../../inbox/find-facebook-app";
import { readChannelChecks } from "../../inbox/read-channel-checks";
import { log } from "../../log";
import { APP_FIELDS } from "../app-subscription";
import { appToken, type FacebookApp, facebookApp, installationApp } from "../facebook-apps";
import { webhookAddress } from "../webhook-address";
import { askGraph } from "./ask-graph";
import { type CheckOutcome, checkChannel } from "./check-channel";

/** Meta calls the address back before it answers. */
const TIMEOUT_MS = 20_000;

/**
 * Has the app's Instagram events sent to this desk, and looks at the channel again. Meta allows it on the dashboard
 * for certain and over Graph mostly; the look shows whether it did. @throws AppError not_found, forbidden
 */
export async function subscribeAgain(ctx: Ctx, input: { channelId: string }): Promise<CheckOutcome> {
  const channel = await readChannelChecks(ctx, input);
  const app = await facebookApp(ctx, channel);
  const brought = await findFacebookApp(ctx, channel);
  await subscribeApp(app, brought?.verifyToken ?? env().FACEBOOK_WEBHOOK_VERIFY_TOKEN);
  return checkChannel(ctx, channel);
}

/** The same for the installation's own app, before any channel exists. @throws AppError forbidden */
export async function subscribeInstallationApp(ctx: Ctx): Promise<void> {
  requireAdmin(ctx);
  await subscribeApp(installationApp(), env().FACEBOOK_WEBHOOK_VERIFY_TOKEN);
}

async function subscribeApp(app: FacebookApp, verifyToken: string): Promise<void> {
  const form = {
    object: "instagram",
    callback_url: webhookAddress(app),
    verify_token: verifyToken,
    fields: APP_FIELDS.join(","),
    include_values: "true",
  };
  const answer = await askGraph(
    { method: "POST", path: `/${app.id}/subscriptions`, form, token: appToken(app), timeoutMs: TIMEOUT_MS },
    z.object({}).loose(),
  );
  const subscribed = answer !== "no_answer" && "told" in answer;
  if (!subscribed) log.warn({ app: app.id }, "the Facebook app could not be subscribed to Instagram's events");
}
