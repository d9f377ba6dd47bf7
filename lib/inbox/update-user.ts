import { sql } from "drizzle-orm";
import type { StoredApiProfile, StoredMetadata } from "../db/tables/conversation";
import { type Ctx, requireInside, write } from "./context";
import type { UserDetails } from "./public-types";
import { readUser } from "./read-user";

/** What an integrator says of a person. Fields of the profile and of the metadata are added to what is known; null removes. */
export type UserUpdate = {
  profile?: { [Field in keyof StoredApiProfile]?: string | null | undefined } | undefined;
  metadata?: Record<string, StoredMetadata[string] | null> | null | undefined;
  signedUpAt?: Date | undefined;
};

/** @throws AppError not_found */
export async function updateUser(ctx: Ctx, input: UserUpdate & { id: string }): Promise<UserDetails> {
  const { workspaceId } = requireInside(ctx);
  await write(ctx, async (tx) => {
    const known = await readUser({ ...ctx, db: tx.db }, input);
    const profile = merged(known.profile, input.profile ?? {});
    const metadata = input.metadata === null ? {} : merged(known.metadata ?? {}, input.metadata ?? {});
    await tx.db.execute(sql`
      update contact set api_profile = ${JSON.stringify(profile)}::jsonb, metadata = ${JSON.stringify(metadata)}::jsonb,
        signed_up_at = coalesce(${input.signedUpAt?.toISOString() ?? null}::timestamptz, signed_up_at)
      where workspace_id = ${workspaceId} and id = ${known.id}`);
  });
  return readUser(ctx, input);
}

function merged<T>(known: Record<string, T>, said: Record<string, T | null | undefined>): Record<string, T> {
  const all: Record<string, T | null | undefined> = { ...known, ...said };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === null || value === undefined ? [] : [[name, value]])),
  );
}
