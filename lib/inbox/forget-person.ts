import { sql } from "drizzle-orm";
import { type Ctx, requireInside, write } from "./context";
import type { UserDetails } from "./public-types";
import { readUser } from "./read-user";

/** Forgets what is known of a person beside what they said; Instagram's profile comes back when they write again. @throws AppError not_found */
export async function forgetPerson(ctx: Ctx, input: { id: string }): Promise<UserDetails> {
  const { workspaceId } = requireInside(ctx);
  const { id, conversationId } = await readUser(ctx, input);
  await write(ctx, async (tx) => {
    await tx.db.execute(sql`
      update contact set name = null, username = null, picture_url = null, follower_count = null, follows_business = null,
        followed_by_business = null, verified = null, api_profile = null, metadata = null, search = null
      where workspace_id = ${workspaceId} and id = ${id}`);
    if (conversationId === null) return;
    tx.record({ workspaceId, type: "contact.changed", conversationId });
    tx.record({ workspaceId, type: "user.changed", conversationId });
  });
  return readUser(ctx, input);
}
