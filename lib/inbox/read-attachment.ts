import { sql } from "drizzle-orm";
import type { Queryable } from "../db/connection";
import { type Ctx, requireInside } from "./context";

export type AttachmentHead = { contentType: string; name: string; size: number };

/** A file of the workspace with its bytes. */
export async function readAttachment(
  ctx: Ctx,
  input: { token: string },
): Promise<(AttachmentHead & { content: Buffer }) | null> {
  const { workspaceId } = requireInside(ctx);
  const { rows } = await ctx.db.execute<AttachmentHead & { content: Buffer }>(sql`
    select content_type as "contentType", name, size, content from attachment
    where token = ${input.token} and workspace_id = ${workspaceId}`);
  return rows[0] ?? null;
}

/** What the whole world may know that has the address. */
export async function readPublicAttachment(db: Queryable, input: { token: string }): Promise<AttachmentHead | null> {
  const { rows } = await db.execute<AttachmentHead>(sql`
    select content_type as "contentType", name, size from attachment where token = ${input.token}`);
  return rows[0] ?? null;
}

/** @param input.from the first byte, 0 for the beginning @returns null when it is gone */
export async function readPublicBytes(
  db: Queryable,
  input: { token: string; from: number; length: number },
): Promise<Buffer | null> {
  const { rows } = await db.execute<{ bytes: Buffer }>(sql`
    select substring(content from ${input.from + 1}::int for ${input.length}::int) as bytes from attachment where token = ${input.token}`);
  return rows[0]?.bytes ?? null;
}
