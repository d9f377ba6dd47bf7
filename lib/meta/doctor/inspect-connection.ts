import { isAppError } from "../../errors";
import type { Finding } from "../../inbox/channel-finding";
import type { Ctx } from "../../inbox/context";
import type { CheckTarget } from "../../inbox/read-check-target";
import { type FacebookApp, facebookApp } from "../facebook-apps";
import type { GraphRequest } from "../graph-client";
import type { InspectedToken } from "../login-token";
import { pageToken } from "../page-token";
import { badFinding } from "./error-cause";
import { inspectApp } from "./inspect-app";
import { inspectKey } from "./inspect-key";
import { inspectMessages } from "./inspect-messages";
import { inspectPage } from "./inspect-page";
import { inspectSubscription } from "./inspect-subscription";

export type Inspection = { findings: Finding[]; key: InspectedToken | null };

/** Looks at every part of a connection that can be looked at now; what gets no answer is left out. */
export async function inspectConnection(ctx: Ctx, target: CheckTarget): Promise<Inspection> {
  const opened = await openKey(ctx, target);
  if (opened.finding) return { findings: [opened.finding], key: null };
  const { app, token } = opened;
  const [{ findings, key }, appFindings] = await Promise.all([
    inspectKey(target, app, token.value),
    inspectApp(app, target.lastDeliveryAt),
  ]);
  const known = distinct([...findings, ...appFindings]);
  if (!key) return { findings: known, key };
  const has = (scope: string) => key.scopes.includes(scope);
  const pageFindings = await inspectPage(target, token, has("instagram_basic"));
  const found = withoutFalseTicks([...known, ...pageFindings], pageFindings);
  const manages = has("pages_manage_metadata");
  // Where the Page itself is not in order, the refusal of its messages would say less.
  const inOrder = pageFindings.every(({ state }) => state !== "bad");
  const reads = inOrder && manages && has("instagram_basic") && has("instagram_manage_messages");
  const [subscription, messages] = await Promise.all([
    manages ? inspectSubscription(target, app, token) : null,
    reads ? inspectMessages(ctx, target, token) : [],
  ]);
  return { findings: distinct([...found, ...messages, ...(subscription ? [subscription] : [])]), key };
}

type Opened =
  | { finding: Finding }
  | { finding?: undefined; app: FacebookApp; token: NonNullable<GraphRequest["token"]> };

async function openKey(ctx: Ctx, target: CheckTarget): Promise<Opened> {
  try {
    const app = await facebookApp(ctx, target);
    try {
      return { app, token: await pageToken(ctx, target) };
    } catch (error) {
      if (!isAppError(error)) throw error;
      return { finding: badFinding({ line: "token", code: "undecryptable" }) };
    }
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { finding: badFinding({ line: "sign_in", code: "app_unknown" }) };
  }
}

/** An account that moved away is not among the ticked ones any more; the link is what tells that better. */
function withoutFalseTicks(findings: Finding[], page: Finding[]): Finding[] {
  const moved = page.some(
    ({ line, state }) => state === "bad" && (line === "page_link" || line === "professional_account"),
  );
  if (!moved) return findings;
  return findings.map((finding) =>
    finding.line.startsWith("permission:instagram_") && finding.code === "unticked"
      ? { ...finding, state: "good", code: "granted" }
      : finding,
  );
}

/** Of two findings about one part the bad one holds. */
function distinct(findings: Finding[]): Finding[] {
  const byLine = new Map<string, Finding>();
  for (const finding of findings) if (byLine.get(finding.line)?.state !== "bad") byLine.set(finding.line, finding);
  return [...byLine.values()];
}
