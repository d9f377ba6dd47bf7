import { z } from "zod";

/**
 * A backup is gzip over lines of JSON: this head, then for every table a line that names it and a line per row as
 * PostgreSQL's to_json writes it, then a foot that tells how many rows there were.
 */
export const backupHead = z.object({
  format: z.literal("replydesk backup 1"),
  createdAt: z.string(),
  /** Of the last migration that the database had, as the journal counts them. */
  schema: z.number(),
  /** Ids of the keys that its secrets are encrypted with; the keys themselves are never in a backup. */
  keys: z.array(z.string()),
});

export type BackupHead = z.output<typeof backupHead>;

export const backupLine = z.union([
  z.object({ table: z.string() }),
  z.object({ end: z.literal(true), rows: z.number() }),
]);

/** Made by the desk or by its migrations before any row of a backup comes; replaced by the backup's. */
export const MADE_BY_ITSELF = ["clock", "setup_code"];
