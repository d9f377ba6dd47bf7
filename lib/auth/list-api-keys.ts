import { sql } from "drizzle-orm";
import type { Queryable } from "../db/connection";

export type ApiKeyRow = {
  id: string;
  name: string;
  scope: "account" | "app" | "integration";
  integrationId: string | null;
  people: boolean;
  createdAt: number;
  lastUsedAt: number | null;
};

/** The keys of a workspace that still work, the oldest first; never their secrets. */
export async function listApiKeys(db: Queryable, input: { workspaceId: string }): Promise<ApiKeyRow[]> {
  const { rows } = await db.execute<
    Omit<ApiKeyRow, "createdAt" | "lastUsedAt"> & { createdAt: Date; lastUsedAt: Date | null }
  >(sql`
    select id, name, scope, integration_id as "integrationId", people, created_at as "createdAt", last_used_at as "lastUsedAt" from api_key
    where workspace_id = ${input.workspaceId} and revoked_at is null order by created_at, id`);
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.getTime(),
    lastUsedAt: row.lastUsedAt?.getTime() ?? null,
  }));
}
