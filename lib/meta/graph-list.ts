import { z } from "zod";
import { isAppError } from "../errors";
import type { GraphRequest } from "./graph-client";
import { type GraphFailure, readGraph } from "./graph-read";

const TIMEOUT_MS = 15_000;
/** Meta's code for "reduce the amount of data you're asking for". */
const TOO_MUCH = 1;
const PAGE_SIZES = [100, 25] as const;
/** A guard against cursors that never end. */
const MOST_REQUESTS = 400;

const listAnswer = z.object({
  data: z.array(z.unknown()),
  paging: z
    .object({ cursors: z.object({ after: z.string().optional() }).optional(), next: z.string().optional() })
    .optional(),
});

/** Reads an edge to its last page; in smaller pages when Graph finds the large ones too much. @throws AppError graph_failed */
export async function listGraph(path: string, fields: string, token: GraphRequest["token"]): Promise<unknown[]> {
  const items: unknown[] = [];
  let size: number = PAGE_SIZES[0];
  let after: string | undefined;
  for (let request = 0; request < MOST_REQUESTS; request += 1) {
    try {
      const params = { fields, limit: size, ...(after && { after }) };
      const list = await readGraph(
        { method: "GET", path, params, ...(token && { token }), timeoutMs: TIMEOUT_MS },
        listAnswer,
      );
      items.push(...list.data);
      // `next` says that there is more, but carries the token: only its cursor is followed.
      const cursor = list.paging?.next === undefined ? undefined : list.paging.cursors?.after;
      if (cursor === undefined || cursor === after) break;
      after = cursor;
    } catch (error) {
      if (size === PAGE_SIZES[1] || !isTooMuch(error)) throw error;
      size = PAGE_SIZES[1];
    }
  }
  return items;
}

function isTooMuch(error: unknown): boolean {
  if (!isAppError(error) || error.code !== "graph_failed") return false;
  const { code, said } = error.details as GraphFailure;
  return code === TOO_MUCH && /reduce the amount/i.test(said);
}
