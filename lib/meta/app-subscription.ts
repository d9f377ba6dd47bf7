import { z } from "zod";
import { isAppError } from "../errors";
import { log } from "../log";
import { appToken, type FacebookApp } from "./facebook-apps";
import { readGraph } from "./graph-read";
import { webhookAddress } from "./webhook-address";

/** Meta calls the address back before it answers. */
const TIMEOUT_MS = 20_000;

/** Instagram's own names, unlike those of a Page's subscription. */
export const APP_FIELDS = [
  "messages",
  "messaging_postbacks",
  "message_reactions",
  "messaging_seen",
  "messaging_referral",
  "message_edit",
];

const field = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]);
const subscriptions = z.object({
  data: z.array(
    z.object({
      object: z.string(),
      callback_url: z.string().nullish().catch(null),
      active: z.boolean().nullish().catch(null),
      fields: z.array(field).catch([]),
    }),
  ),
});

/** `ours`: its events come here. `other`: they go to another address. `none`: nobody gets them. `unknown`: Facebook does not tell. */
export type AppSubscription = "ours" | "other" | "none" | "unknown";

/** Asks where Meta sends an app's Instagram events. */
export async function readAppSubscription(app: FacebookApp): Promise<AppSubscription> {
  try {
    const { data } = await readGraph(
      { method: "GET", path: `/${app.id}/subscriptions`, token: appToken(app), timeoutMs: TIMEOUT_MS },
      subscriptions,
    );
    const instagram = data.find(({ object, active }) => object === "instagram" && active !== false);
    if (!instagram?.callback_url) return "none";
    if (instagram.callback_url !== webhookAddress(app)) return "other";
    return instagram.fields.includes("messages") ? "ours" : "none";
  } catch (error) {
    if (!isAppError(error) || error.code !== "graph_failed") throw error;
    return "unknown";
  }
}

/** Has Meta send an app's Instagram events here, unless they go somewhere else: that is never changed unasked. */
export async function takeAppSubscription(app: FacebookApp, verifyToken: string): Promise<AppSubscription> {
  const before = await readAppSubscription(app);
  if (before !== "none") return before;
  const form = {
    object: "instagram",
    callback_url: webhookAddress(app),
    verify_token: verifyToken,
    fields: APP_FIELDS.join(","),
    include_values: "true",
  };
  try {
    await readGraph(
      { method: "POST", path: `/${app.id}/subscriptions`, form, token: appToken(app), timeoutMs: TIMEOUT_MS },
      z.unknown(),
    );
  } catch (error) {
    if (!isAppError(error) || error.code !== "graph_failed") throw error;
    log.warn({ app: app.id, reason: error.message }, "Facebook did not take the address of a Facebook app's webhook");
    return "none";
  }
  return readAppSubscription(app);
}
