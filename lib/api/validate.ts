import type { z } from "zod";
import { ApiRefusal, refuse } from "./api-refusal";

const MOST_ERRORS = 10;
/** No body of the specification is half as deep. */
const DEEPEST = 32;

/** What the schema reads out of `given`. @throws ApiRefusal 400 with one entry per field that is wrong, each named */
export function validate<Schema extends z.ZodType>(schema: Schema, given: unknown, what: string): z.output<Schema> {
  requireStorable(given, [], what);
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues
    .flatMap((issue) => titlesOf(issue, what))
    .slice(0, MOST_ERRORS)
    .map((title) => ({ code: "bad_request" as const, title }));
  throw new ApiRefusal(400, errors);
}

function titlesOf(issue: z.core.$ZodIssue, what: string): string[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => `${nameOf([...issue.path, key], what)}: is not known here`);
  return [`${nameOf(issue.path, what)}: ${issue.message}`];
}

/** PostgreSQL refuses U+0000 and half a surrogate pair, and nobody means them. @throws ApiRefusal 400 */
function requireStorable(given: unknown, path: PropertyKey[], what: string): void {
  if (path.length > DEEPEST) throw refuse(400, "bad_request", `${nameOf(path.slice(0, 3), what)}: is nested too deep`);
  if (typeof given === "string") requireText(given, path, what);
  if (typeof given !== "object" || given === null) return;
  for (const [key, value] of Object.entries(given)) {
    requireText(key, path, what);
    requireStorable(value, [...path, key], what);
  }
}

function requireText(text: string, path: PropertyKey[], what: string): void {
  if (!text.isWellFormed() || text.includes("\0"))
    throw refuse(400, "bad_request", `${nameOf(path, what)}: holds U+0000 or half a character`);
}

function nameOf(path: PropertyKey[], what: string): string {
  return path.length === 0 ? what : path.map(String).join(".");
}
