import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "zod";
import { AppError } from "../errors";
import { log } from "../log";
import { callGraph, type GraphRequest } from "./graph-client";
import type { GraphErrorClass } from "./graph-error-table";
import type { GraphAnswer, NoAnswerReason } from "./graph-errors";

const PAUSE_MS = 400;
const UNREADABLE = "Facebook answered in a form that this desk does not know. Tell who runs it; an update may help.";

/** What an AppError of code graph_failed carries beside its words. */
export type GraphFailure = {
  class: GraphErrorClass | "none";
  code: number | null;
  subcode: number | null;
  reason: NoAnswerReason | null;
  /** Meta's own words, without secrets: some of its errors have no code of their own. Not for screens. */
  said: string;
};

/**
 * Calls Graph where only its answer helps. A GET that met a passing problem is asked once more.
 * @throws AppError graph_failed with words for a person and a GraphFailure as details
 */
export async function readGraph<T extends z.ZodType>(request: GraphRequest, schema: T): Promise<z.output<T>> {
  let answer = await callGraph(request);
  if (request.method === "GET" && isPassing(answer)) {
    await sleep(PAUSE_MS);
    answer = await callGraph(request);
  }
  if (answer.kind === "answer") {
    const parsed = schema.safeParse(answer.body);
    if (parsed.success) return parsed.data;
    log.error(
      { path: request.path, issues: parsed.error.issues.map(({ path }) => path.join(".")) },
      "Graph's answer has another form",
    );
    throw failure(UNREADABLE, { class: "permanent", code: null, subcode: null, reason: null, said: "" });
  }
  if (answer.kind === "none") {
    log.warn({ path: request.path, reason: answer.reason }, "Graph did not answer");
    throw failure(answer.words, { class: "none", code: null, subcode: null, reason: answer.reason, said: "" });
  }
  const { code, subcode, message, fbtraceId, words } = answer.error;
  log.warn({ path: request.path, code, subcode, message, fbtraceId }, "Graph refused");
  throw failure(words, { class: answer.error.class, code, subcode, reason: null, said: message });
}

function isPassing(answer: GraphAnswer): boolean {
  if (answer.kind === "none") return answer.reason === "reset" || answer.reason === "not_json";
  return answer.kind === "error" && answer.error.class === "retry";
}

function failure(words: string, details: GraphFailure): AppError {
  return new AppError("graph_failed", words, details);
}
