import { sql } from "drizzle-orm";
import type { StoredApiProfile, StoredMetadata } from "../db/tables/conversation";
import { AppError } from "../errors";
import { isId } from "../ids";
import { type Ctx, requireInside, type WriteCtx, write } from "./context";
import type { UserDetails } from "./public-types";
import { readUser } from "./read-user";

/** What an integrator says of a person. Fields of the profile and of the metadata are added to what is known; null removes. */
export type UserUpdate = {
  /** The integrator's own name of them, of which there is one in a workspace. */
  userExternalId?: string | null | undefined;
  profile?: { [Field in keyof StoredApiProfile]?: string | null | undefined } | undefined;
  metadata?: Record<string, StoredMetadata[string] | null> | null | undefined;
  signedUpAt?: Date | undefined;
};

/** What a person carries at most, as JSON. */
const METADATA_BYTES = 4096;

/** @throws AppError not_found, conflict, invalid */
export async function updateUser(ctx: Ctx, input: UserUpdate & { id: string }): Promise<UserDetails> {
  const { workspaceId } = requireInside(ctx);
  await write(ctx, async (tx) => {
    const known = await lockUser(tx, workspaceId, input.id);
    const profile = merged(known.profile, input.profile ?? {});
    const metadata = input.metadata === null ? {} : merged(known.metadata ?? {}, input.metadata ?? {});
    if (Buffer.byteLength(JSON.stringify(metadata)) > METADATA_BYTES)
      throw new AppError(
        "invalid",
        `metadata: is limited to ${METADATA_BYTES} bytes in size, with what is there already`,
      );
    const { userExternalId = known.userExternalId } = input;
    await requireFree(tx, { workspaceId, id: known.id, userExternalId });
    await tx.db.execute(sql`
      update contact set user_external_id = ${userExternalId}, api_profile = ${JSON.stringify(profile)}::jsonb, metadata = ${JSON.stringify(metadata)}::jsonb,
        signed_up_at = coalesce(${input.signedUpAt?.toISOString() ?? null}::timestamptz, signed_up_at)
      where workspace_id = ${workspaceId} and id = ${known.id}`);
    if (known.conversationId !== null)
      tx.record({ workspaceId, type: "user.changed", conversationId: known.conversationId });
  });
  return readUser(ctx, { id: input.id });
}

/** What is added to what is known must not undo what somebody else adds at the same time. @throws AppError not_found */
async function lockUser(tx: WriteCtx, workspaceId: string, id: string): Promise<UserDetails> {
  if (isId(id))
    await tx.db.execute(sql`select 1 from contact where workspace_id = ${workspaceId} and id = ${id} for update`);
  return readUser(tx, { id });
}

/** One person at a time takes a name: the lock is the workspace's. */
async function requireFree(
  tx: WriteCtx,
  { workspaceId, id, userExternalId }: { workspaceId: string; id: string; userExternalId: string | null },
): Promise<void> {
  if (userExternalId === null) return;
  await tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`external-id ${workspaceId}`}, 0))`);
  const { rows } = await tx.db.execute(sql`
    select 1 from contact where workspace_id = ${workspaceId} and user_external_id = ${userExternalId} and id <> ${id}`);
  if (rows.length > 0) throw new AppError("conflict", "externalId: User already exists");
}

function merged<T>(known: Record<string, T>, said: Record<string, T | null | undefined>): Record<string, T> {
  const all: Record<string, T | null | undefined> = { ...known, ...said };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === null || value === undefined ? [] : [[name, value]])),
  );
}
