import { z } from "zod";
import { findRule, type GraphErrorClass } from "./graph-error-table";

export type GraphError = {
  code: number;
  subcode: number | null;
  /** Meta's own words, for logs; tokens and secrets are taken out. */
  message: string;
  /** HTTP status; Meta's are inconsistent, so nothing is decided by it. */
  status: number;
  transient: boolean;
  fbtraceId: string | null;
  class: GraphErrorClass;
  /** For a person: what happened and what to do next. */
  words: string;
  /** Only of class `wait`: milliseconds until it may be tried again. */
  waitMs?: number;
};

export type NoAnswerReason = "unreachable" | "timeout" | "reset" | "aborted" | "too_large" | "not_json" | "uncertain";

/** Nobody knows whether Graph did it, except that with `left: false` the request surely never left this machine. */
export type NoAnswer = { kind: "none"; reason: NoAnswerReason; left: boolean; words: string };

export type GraphAnswer =
  /** `restMs`: it was done, but the account has used up what Meta allows it, and has to rest for so long. */
  { kind: "answer"; body: unknown; restMs?: number } | { kind: "error"; error: GraphError } | NoAnswer;

const NO_ANSWER_WORDS: Record<NoAnswerReason, string> = {
  unreachable: "Facebook could not be reached. Check this server's internet connection, then try again.",
  timeout: "Facebook did not answer in time. Try again in a minute.",
  reset: "The connection to Facebook broke off before its answer came. Try again in a minute.",
  aborted: "The question to Facebook was broken off before its answer came. Try again.",
  too_large: "Facebook's answer was larger than expected. Try again; if it repeats, tell who runs this desk.",
  not_json: "Facebook answered with something unreadable, as it does during outages. Try again in a few minutes.",
  uncertain: "Facebook did not say whether it went through. Look at the conversation before trying again.",
};

export function noAnswer(reason: NoAnswerReason, left = true): NoAnswer {
  return { kind: "none", reason, left, words: NO_ANSWER_WORDS[reason] };
}

const MESSAGE_LIMIT = 500;

const envelope = z.object({
  error: z.object({
    code: z.coerce.number().int(),
    error_subcode: z.coerce.number().int().nullish().catch(null),
    message: z.string().catch(""),
    is_transient: z.boolean().nullish().catch(null),
    error_user_msg: z.string().nullish().catch(null),
    fbtrace_id: z.string().nullish().catch(null),
  }),
});

type Given = {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
  redact: (text: string) => string;
};

/** Reads one HTTP answer of Graph; anything without Graph's JSON form is no answer. */
export function interpretGraphAnswer(given: Given): GraphAnswer {
  const body = parseJson(given.body);
  if (!isRecord(body)) return noAnswer("not_json");
  const parsed = envelope.safeParse(body);
  if (parsed.success) return interpretError(parsed.data.error, given);
  if (given.status < 200 || given.status >= 300) return noAnswer("not_json");
  const restMs = statedWait(given.headers);
  return { kind: "answer", body, ...(restMs !== null && { restMs }) };
}

function interpretError(raw: z.output<typeof envelope>["error"], given: Given): GraphAnswer {
  const { code } = raw;
  const subcode = raw.error_subcode ?? null;
  // Meta's own time-out, and "reply was not JSON": in both the message may have been sent.
  if (code === -2 || (code === 1 && subcode === 1357046)) return noAnswer("uncertain");
  const message = given.redact(raw.message).slice(0, MESSAGE_LIMIT);
  const transient = raw.is_transient === true;
  const rule = findRule(code, subcode) ?? unknownRule(transient, given.redact(raw.error_user_msg || raw.message));
  return {
    kind: "error",
    error: {
      code,
      subcode,
      message,
      status: given.status,
      transient,
      fbtraceId: raw.fbtrace_id ?? null,
      class: rule.class,
      words: rule.words,
      ...(rule.class === "wait" && { waitMs: statedWait(given.headers) ?? rule.waitMs ?? DEFAULT_WAIT_MS }),
    },
  };
}

function unknownRule(transient: boolean, said: string): { class: GraphErrorClass; words: string; waitMs?: number } {
  if (transient) return { class: "retry", words: "Facebook had a passing problem. Try again in a minute." };
  const sentence = said.slice(0, MESSAGE_LIMIT).trim();
  if (sentence === "")
    return { class: "permanent", words: "Facebook refused this without a reason. Try again by hand." };
  return {
    class: "permanent",
    words: `Facebook refused this: ${sentence.replace(/[.!]*$/, ".")} You can try again by hand.`,
  };
}

const DEFAULT_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 24 * 60 * 60_000;

/** How long Meta itself says to wait: `Retry-After`, or the longest time in the usage header, which counts in minutes. */
function statedWait(headers: Given["headers"]): number | null {
  const retryAfter = Number(headers["retry-after"]);
  const minutes = usages(parseJson(String(headers["x-business-use-case-usage"] ?? "")));
  const longest = Math.max(Number.isFinite(retryAfter) ? retryAfter * 1000 : 0, ...minutes.map((m) => m * 60_000));
  return longest > 0 ? Math.min(longest, LONGEST_WAIT_MS) : null;
}

function usages(header: unknown): number[] {
  if (!isRecord(header)) return [];
  return Object.values(header)
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .map((usage: unknown) => (isRecord(usage) ? Number(usage.estimated_time_to_regain_access) : 0))
    .filter((minutes) => Number.isFinite(minutes) && minutes > 0);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
