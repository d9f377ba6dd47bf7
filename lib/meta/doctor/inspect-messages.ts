import { z } from "zod";
import type { Finding } from "../../inbox/channel-finding";
import type { Ctx } from "../../inbox/context";
import { findMissingMessages } from "../../inbox/find-missing-messages";
import type { CheckTarget } from "../../inbox/read-check-target";
import { MINUTE, now } from "../../time";
import type { GraphRequest } from "../graph-client";
import type { GraphFailure } from "../graph-read";
import { withReadingTurn } from "../reading-turn";
import { askGraph } from "./ask-graph";
import { badFinding, causeOfError, type ErrorCause } from "./error-cause";

const TIMEOUT_MS = 15_000;
const THREADS = 5;
/** Meta repeats a delivery that failed for a while; what is younger may still be on its way. */
const MAY_STILL_COME_MS = 5 * MINUTE;

const message = z.object({ id: z.string().min(1), created_time: z.string() });
const conversations = z.object({
  data: z.array(
    z
      .object({
        messages: z
          .object({ data: z.array(message) })
          .nullish()
          .catch(null),
      })
      .nullish()
      .catch(null),
  ),
});

type Token = NonNullable<GraphRequest["token"]>;

/** Reads the newest conversations: whether they may be read at all, and whether what stands in them has come here. */
export async function inspectMessages(ctx: Ctx, target: CheckTarget, token: Token): Promise<Finding[]> {
  const asked = await withReadingTurn(ctx, target, () =>
    askGraph(
      {
        method: "GET",
        path: `/${target.pageId}/conversations`,
        params: { platform: "instagram", limit: THREADS, fields: "id,updated_time,messages.limit(1){id,created_time}" },
        token,
        timeoutMs: TIMEOUT_MS,
      },
      conversations,
    ),
  );
  if ("again" in asked) return [];
  const { answer } = asked;
  if (answer === "no_answer") return [];
  if ("refused" in answer) return [refusedReading(answer.refused)];
  const newest = answer.told.data.flatMap((thread) => thread?.messages?.data.slice(0, 1) ?? []);
  return [{ line: "message_access", state: "good", code: "open", evidence: {} }, await compare(ctx, target, newest)];
}

/** What a refusal means when the Page itself could be read and everything was allowed. */
function refusedReading(refused: GraphFailure): Finding {
  const { code, subcode } = refused;
  return badFinding(causeOfError(refused) ?? other(), { refusal: subcode ? `${code}/${subcode}` : `${code}` });

  function other(): ErrorCause {
    if (subcode === 2018027 || subcode === 2018028) return { line: "sign_in", code: "app_development" };
    if (subcode === 2534077) return { line: "page_link", code: "unverified" };
    if (code === 25) return { line: "professional_account", code: "restricted" };
    return { line: "message_access", code: "refused" };
  }
}

async function compare(ctx: Ctx, target: CheckTarget, newest: z.output<typeof message>[]): Promise<Finding> {
  const { lastDeliveryAt, connectedAt } = target;
  const due = newest.filter(({ created_time }) => {
    const at = Date.parse(created_time);
    return at > (connectedAt ?? 0) && at < now() - MAY_STILL_COME_MS;
  });
  const missing = await findMissingMessages(ctx, { ...target, externalIds: due.map(({ id }) => id) });
  const line = "deliveries" as const;
  if (missing.length > 0) {
    const lost = due.filter(({ id }) => missing.includes(id)).map(({ created_time }) => Date.parse(created_time));
    const evidence = { lastDeliveryAt, missing: missing.length, newestAt: Math.max(...lost) };
    return badFinding({ line, code: lastDeliveryAt === null ? "never_came" : "stopped" }, evidence);
  }
  if (lastDeliveryAt === null) return { line, state: "unknown", code: "nothing_yet", evidence: {} };
  return { line, state: "good", code: "heard", evidence: { lastDeliveryAt } };
}
