import { customType, timestamp } from "drizzle-orm/pg-core";

/** A moment with milliseconds, as Meta's timestamps have them. */
export function time() {
  return timestamp({ withTimezone: true, precision: 3, mode: "date" });
}

export const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });
