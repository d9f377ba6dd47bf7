import { sql } from "drizzle-orm";
import type { Queryable } from "../db/connection";

/** What waits to be told goes with it. @returns whether there was one */
export async function deleteWebhook(
  db: Queryable,
  input: { workspaceId: string; integrationId: string; id: string },
): Promise<boolean> {
  const { rows } = await db.execute(sql`
    delete from webhook where workspace_id = ${input.workspaceId} and integration_id = ${input.integrationId} and id = ${input.id} returning id`);
  return rows.length > 0;
}
