import type { z } from "zod";
import { isAppError } from "../../errors";
import type { GraphRequest } from "../graph-client";
import { type GraphFailure, readGraph } from "../graph-read";

export type Asked<T> = { told: T } | { refused: GraphFailure } | "no_answer";

/** Asks Graph for a sign of health: a passing problem of Meta's is no answer, never a finding. */
export async function askGraph<T extends z.ZodType>(request: GraphRequest, schema: T): Promise<Asked<z.output<T>>> {
  return asked(() => readGraph(request, schema));
}

/** The same for a step that asks several things. */
export async function asked<T>(work: () => Promise<T>): Promise<Asked<T>> {
  try {
    return { told: await work() };
  } catch (error) {
    if (!isAppError(error) || error.code !== "graph_failed") throw error;
    const failure = error.details as Partial<GraphFailure>;
    const { class: kind, code } = failure;
    const decided =
      code !== undefined && code !== null && (kind === "ask" || kind === "reconnect" || kind === "permanent");
    return decided ? { refused: failure as GraphFailure } : "no_answer";
  }
}
