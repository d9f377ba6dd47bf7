import { metaDecode, metaEncode } from "../ids";
import type { GraphCall } from "./graph-call";
import { GraphError } from "./graph-error";

const DEFAULT_LIMIT = 25;
const MAX_LIMIT = 100;

export interface ListLimits {
  limit?: string | null;
  /** Where a nested list can be read on, and with which fields. */
  path?: string;
  fields?: string;
}

/** One page of a list with Graph's cursors; `paging` is absent for an empty list, `next` on the last page. */
export function page<T>(
  call: GraphCall,
  items: T[],
  idOf: (item: T) => string,
  view: (item: T) => unknown,
  limits: ListLimits = {},
): { data: unknown[]; paging?: Record<string, unknown> } {
  const nested = limits.path !== undefined;
  const limit = readLimit(limits.limit ?? (nested ? null : call.text("limit")));
  const after = nested ? null : call.text("after");
  const before = nested ? null : call.text("before");
  let start = 0;
  if (after) start = position(items, idOf, after) + 1;
  else if (before) start = Math.max(0, position(items, idOf, before) - limit);
  const shown = items.slice(start, before ? Math.min(start + limit, position(items, idOf, before)) : start + limit);
  const [first] = shown;
  const last = shown.at(-1);
  if (first === undefined || last === undefined) return { data: [] };
  const cursors = { before: cursor(idOf(first)), after: cursor(idOf(last)) };
  const more = start + shown.length < items.length;
  return {
    data: shown.map(view),
    paging: {
      cursors,
      ...(more ? { next: pageUrl(call, limits, limit, "after", cursors.after) } : {}),
      ...(start > 0 ? { previous: pageUrl(call, limits, limit, "before", cursors.before) } : {}),
    },
  };
}

function cursor(id: string): string {
  return metaEncode(id);
}

function position<T>(items: T[], idOf: (item: T) => string, given: string): number {
  const id = metaDecode(given);
  const at = items.findIndex((item) => idOf(item) === id);
  if (at < 0) throw new GraphError(100, "(#100) Invalid cursors values. The cursor does not belong to this list.");
  return at;
}

function readLimit(given: string | null): number {
  if (given === null) return DEFAULT_LIMIT;
  const limit = Number(given);
  if (!Number.isInteger(limit) || limit < 1)
    throw new GraphError(100, "(#100) Param limit must be an integer greater than 0");
  return Math.min(limit, MAX_LIMIT);
}

function pageUrl(
  call: GraphCall,
  { path, fields }: ListLimits,
  limit: number,
  direction: "after" | "before",
  value: string,
): string {
  const url = new URL(`${call.emulator.publicUrl}/graph/${call.version}${path ?? call.path}`);
  if (path === undefined) {
    for (const [name, given] of call.http.url.searchParams) {
      if (name !== "after" && name !== "before" && name !== "limit" && name !== "appsecret_proof")
        url.searchParams.set(name, given);
    }
  }
  if (fields !== undefined) url.searchParams.set("fields", fields);
  url.searchParams.set("access_token", call.access?.value ?? "");
  url.searchParams.set("limit", String(limit));
  url.searchParams.set(direction, value);
  return url.href;
}

/** ISO 8601 as Graph writes it: whole seconds, `+0000` without a colon. */
export function graphTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}+0000`;
}
