import { sql } from "drizzle-orm";
import type { Database, Queryable } from "../db/connection";
import type { StoredMetadata } from "../db/tables/conversation";
import { AppError } from "../errors";
import { newId } from "../ids";

/** What a key for the whole installation does with workspaces; the door lets no other key come here. */
export type WorkspaceDetails = { id: string; name: string; metadata: StoredMetadata | null };

/** The oldest first. @param input.after the workspace before the page */
export async function listWorkspaces(
  db: Queryable,
  input: { after?: string | undefined; limit: number },
): Promise<WorkspaceDetails[]> {
  const { rows } = await db.execute<WorkspaceDetails>(sql`
    select id, name, metadata from workspace where ${input.after ?? null}::uuid is null or id > ${input.after ?? null}::uuid
    order by id limit ${input.limit}`);
  return rows;
}

/** A workspace that nobody signs in to: programs alone work in it. */
export async function createWorkspace(
  db: Database,
  input: { name: string; metadata?: StoredMetadata | null | undefined },
): Promise<WorkspaceDetails> {
  const { name, metadata = null } = input;
  const id = newId();
  await db.transaction(async (tx) => {
    await tx.execute(sql`
      insert into workspace (id, name, metadata) values (${id}, ${name}, ${asJson(metadata)}::jsonb)`);
    await tx.execute(sql`insert into workspace_sequence (workspace_id) values (${id})`);
  });
  return { id, name, metadata };
}

/** @returns it as it is now */
export async function changeWorkspace(db: Queryable, input: WorkspaceDetails): Promise<WorkspaceDetails> {
  await db.execute(sql`
    update workspace set name = ${input.name}, metadata = ${asJson(input.metadata)}::jsonb where id = ${input.id}`);
  return input;
}

/** Only one that nobody signs in to and no account is connected in: the rest is decided on the desk. @throws AppError invalid */
export async function deleteWorkspace(db: Queryable, input: { id: string }): Promise<void> {
  const { rowCount } = await db.execute(sql`
    delete from workspace w where w.id = ${input.id}
      and not exists (select from member where workspace_id = w.id)
      and not exists (select from channel where workspace_id = w.id and state <> 'disconnected')`);
  if (rowCount !== 1)
    throw new AppError(
      "invalid",
      "This app has members or a connected Instagram account. Disconnect the account first; a workspace with members is never deleted through the API.",
    );
}

function asJson(metadata: StoredMetadata | null): string | null {
  return metadata && JSON.stringify(metadata);
}
