import { errorMessage, isAppError } from "../errors";
import type { OutboundAnswer } from "../outbound";
import { now, SECOND } from "../time";

export type Verdict = {
  /** again: later. refused: never again. gone: the endpoint wants nothing any more. */
  outcome: "delivered" | "again" | "refused" | "gone";
  status: number | null;
  /** In words; null when all went well. */
  reason: string | null;
  /** How long the endpoint asks for a rest. */
  retryAfterMs: number | null;
};

/** A repetition would be answered alike. */
const NEVER_AGAIN = new Set([400, 401, 403, 404, 406]);
const LONGEST_REST_MS = 24 * 60 * 60 * SECOND;

/** What an endpoint's answer, or the error instead of one, means for the events it was told. */
export function judgeAttempt(result: OutboundAnswer | unknown): Verdict {
  if (!isAnswer(result)) {
    // Words of ours say why an address may not be called; it may be allowed later, or its name point elsewhere.
    const reason = isAppError(result) ? result.message : `There was no answer: ${errorMessage(result)}`;
    return { outcome: "again", status: null, reason, retryAfterMs: null };
  }
  const { status, headers } = result;
  if (status >= 200 && status < 300) return { outcome: "delivered", status, reason: null, retryAfterMs: null };
  if (status === 410)
    return { outcome: "gone", status, reason: "It answered 410 Gone: it wants nothing any more.", retryAfterMs: null };
  if (NEVER_AGAIN.has(status))
    return {
      outcome: "refused",
      status,
      reason: `It answered ${status}, which no repetition changes.`,
      retryAfterMs: null,
    };
  const redirect = status >= 300 && status < 400 ? " Redirects are not followed." : "";
  return {
    outcome: "again",
    status,
    reason: `It answered ${status}.${redirect}`,
    retryAfterMs: restOf(headers["retry-after"]),
  };
}

function isAnswer(result: unknown): result is OutboundAnswer {
  return typeof result === "object" && result !== null && "status" in result && "headers" in result;
}

/** Seconds, or a date. */
function restOf(header: string | string[] | undefined): number | null {
  const said = [header].flat()[0];
  if (said === undefined) return null;
  const ms = /^\d+$/.test(said) ? Number(said) * SECOND : Date.parse(said) - now();
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, LONGEST_REST_MS) : null;
}
