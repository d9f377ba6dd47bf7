import { sql } from "drizzle-orm";
import type { Queryable } from "../db/connection";

/** From this moment the key opens nothing; what it wrote keeps its name. @returns whether it still worked */
export async function revokeApiKey(db: Queryable, input: { workspaceId: string; id: string }): Promise<boolean> {
  const { rows } = await db.execute(sql`
    update api_key set revoked_at = desk_now()
    where workspace_id = ${input.workspaceId} and id = ${input.id} and revoked_at is null returning id`);
  return rows.length > 0;
}
