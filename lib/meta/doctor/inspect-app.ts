import { z } from "zod";
import { env } from "../../env";
import type { Finding } from "../../inbox/channel-finding";
import { appToken, type FacebookApp } from "../facebook-apps";
import { webhookAddress } from "../webhook-address";
import { askGraph } from "./ask-graph";
import { badFinding } from "./error-cause";

const TIMEOUT_MS = 10_000;

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

/** Asks whether the Facebook app sends Instagram's events, and whether it sends them here. */
export async function inspectApp(app: FacebookApp, lastDeliveryAt: number | null): Promise<Finding[]> {
  const answer = await askGraph(
    { method: "GET", path: `/${app.id}/subscriptions`, token: appToken(app), timeoutMs: TIMEOUT_MS },
    subscriptions,
  );
  if (answer === "no_answer") return [];
  if ("told" in answer) return [judge(app, answer.told, lastDeliveryAt)];
  // The app's own secret asks: refused is the app itself.
  const { code } = answer.refused;
  if (code === 190 || code === 101) return [badFinding({ line: "sign_in", code: "app_secret" })];
  if (code === 200) return [badFinding({ line: "sign_in", code: "app_blocked" })];
  return [{ line: "app_subscription", state: "unknown", code: "not_told", evidence: { lastDeliveryAt } }];
}

function judge(app: FacebookApp, told: z.output<typeof subscriptions>, lastDeliveryAt: number | null): Finding {
  const line = "app_subscription" as const;
  const ours = told.data.find(({ object }) => object === "instagram");
  if (!ours) return badFinding({ line, code: "none" });
  if (ours.active === false) return badFinding({ line, code: "inactive" });
  if (!ours.fields.includes("messages")) return badFinding({ line, code: "no_messages" });
  const address = ours.callback_url ?? "";
  // Behind a relay the address is another one, and deliveries come all the same: only they tell.
  if (lastDeliveryAt === null && !isOurs(address, app)) {
    return { line, state: "unknown", code: "other_address", evidence: { address: origin(address) } };
  }
  return { line, state: "good", code: "subscribed", evidence: {} };
}

function isOurs(address: string, app: FacebookApp): boolean {
  return address === webhookAddress(app) || address === `${env().APP_URL}/webhooks/instagram/${app.id}`;
}

/** An address of somebody else's may carry secrets in its path. */
function origin(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : "another address";
}
