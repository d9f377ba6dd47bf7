import { z } from "zod";
import type { Finding } from "../../inbox/channel-finding";
import type { CheckTarget } from "../../inbox/read-check-target";
import { log } from "../../log";
import { subscribePage } from "../connect-page";
import type { FacebookApp } from "../facebook-apps";
import type { GraphRequest } from "../graph-client";
import { asked, askGraph } from "./ask-graph";
import { badFinding, causeOfError } from "./error-cause";

const TIMEOUT_MS = 15_000;

const subscriptions = z.object({
  data: z.array(
    z.object({
      id: z.union([z.string(), z.number().transform(String)]),
      subscribed_fields: z.array(z.string()).catch([]),
    }),
  ),
});

type Token = NonNullable<GraphRequest["token"]>;

/** Asks whether the Page still reports to the app, and subscribes it again when Meta has dropped it. */
export async function inspectSubscription(
  target: CheckTarget,
  app: FacebookApp,
  token: Token,
): Promise<Finding | null> {
  const line = "page_subscription" as const;
  const path = `/${target.pageId}/subscribed_apps`;
  const answer = await askGraph({ method: "GET", path, token, timeoutMs: TIMEOUT_MS }, subscriptions);
  if (answer === "no_answer") return null;
  if ("refused" in answer) return badFinding(causeOfError(answer.refused) ?? { line, code: "refused" });
  const subscribed = answer.told.data.some(
    ({ id, subscribed_fields }) => id === app.id && subscribed_fields.length > 0,
  );
  if (subscribed) return { line, state: "good", code: "subscribed", evidence: {} };
  const page = { id: target.pageId, name: target.pageName, token: token.value };
  const again = await asked(() => subscribePage(page, app));
  const renewed = again !== "no_answer" && "told" in again;
  log.warn({ channel: target.channelId, renewed }, "Meta had dropped the subscription of a Page");
  return renewed ? { line, state: "good", code: "resubscribed", evidence: {} } : badFinding({ line, code: "dropped" });
}
