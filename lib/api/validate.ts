import type { z } from "zod";
import { ApiRefusal } from "./api-refusal";

const MOST_ERRORS = 10;

/** What the schema reads out of `given`. @throws ApiRefusal 400 with one entry per field that is wrong, each named */
export function validate<Schema extends z.ZodType>(schema: Schema, given: unknown, what: string): z.output<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.slice(0, MOST_ERRORS).map(({ path, message }) => ({
    code: "bad_request" as const,
    title: `${path.length === 0 ? what : path.join(".")}: ${message}`,
  }));
  throw new ApiRefusal(400, errors);
}
