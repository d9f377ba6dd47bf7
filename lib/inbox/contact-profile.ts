import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { isId } from "../ids";
import { type Ctx, requireMember, type WriteCtx, write } from "./context";
import { searchWords } from "./search-words";

export type ProfileTarget = {
  workspaceId: string;
  contactId: string;
  channelId: string;
  externalId: string;
  facebookAppId: string;
  tokenSealed: Buffer | null;
};

export type Profile = {
  name: string | null;
  username: string | null;
  pictureUrl: string | null;
  followerCount: number | null;
  followsBusiness: boolean | null;
  followedByBusiness: boolean | null;
  verified: boolean | null;
};

export async function readProfileTarget(
  ctx: Ctx,
  input: { workspaceId: string; contactId: string },
): Promise<ProfileTarget | null> {
  const { rows } = await ctx.db.execute<ProfileTarget>(sql`
    select p.workspace_id as "workspaceId", p.id as "contactId", p.channel_id as "channelId", p.external_id as "externalId",
      h.facebook_app_id as "facebookAppId", h.token_sealed as "tokenSealed"
    from contact p join channel h on h.workspace_id = p.workspace_id and h.id = p.channel_id
    where p.workspace_id = ${input.workspaceId} and p.id = ${input.contactId}`);
  return rows[0] ?? null;
}

/** Writes what Instagram tells of a contact, or why it does not. What was known before stays when it tells nothing. */
export async function recordProfile(
  ctx: Ctx,
  target: ProfileTarget,
  result: Profile | { problem: string },
): Promise<void> {
  await write(ctx, async (tx) => {
    const before = await readShown(tx, target);
    if ("problem" in result) {
      // Asked again with the customer's next message.
      await tx.db.execute(sql`
        update contact set profile_problem = ${result.problem}, profile_fetched_at = null
        where workspace_id = ${target.workspaceId} and id = ${target.contactId}`);
    } else {
      const { rows: named } = await tx.db.execute<{ name: string | null; username: string | null }>(sql`
        update contact set name = ${result.name}, username = coalesce(${result.username}, username), picture_url = ${result.pictureUrl},
          follower_count = ${result.followerCount}, follows_business = ${result.followsBusiness},
          followed_by_business = ${result.followedByBusiness}, verified = ${result.verified},
          profile_problem = null, profile_fetched_at = desk_now()
        where workspace_id = ${target.workspaceId} and id = ${target.contactId} returning name, username`);
      for (const { name, username } of named)
        await tx.db.execute(sql`
          update contact set search = ${searchWords(name, username)}
          where workspace_id = ${target.workspaceId} and id = ${target.contactId}`);
    }
    const { rows } = await tx.db.execute<{ id: string }>(sql`
      update conversation set version = version + 1
      where workspace_id = ${target.workspaceId} and contact_id = ${target.contactId} returning id`);
    const isNews = before !== (await readShown(tx, target));
    for (const { id: conversationId } of rows) {
      tx.record({ workspaceId: target.workspaceId, type: "contact.changed", conversationId });
      if (isNews) tx.record({ workspaceId: target.workspaceId, type: "profile.changed", conversationId });
    }
  });
}

/** What integrators are told of when it changes: Instagram gives the same picture another address each time, and followers come and go. */
async function readShown(tx: WriteCtx, { workspaceId, contactId }: ProfileTarget): Promise<string> {
  const { rows } = await tx.db.execute(sql`
    select name, username, picture_url is null, verified, follows_business, followed_by_business from contact
    where workspace_id = ${workspaceId} and id = ${contactId}`);
  return JSON.stringify(rows);
}

/** Where the browser finds a contact's picture at Meta's CDN. @throws AppError not_found */
export async function readPictureUrl(ctx: Ctx, input: { contactId: string }): Promise<string> {
  const member = requireMember(ctx);
  const { rows } = isId(input.contactId)
    ? await ctx.db.execute<{ url: string | null }>(sql`
        select picture_url as url from contact where workspace_id = ${member.workspaceId} and id = ${input.contactId}`)
    : { rows: [] };
  const url = rows[0]?.url;
  if (!url) throw new AppError("not_found", "There is no picture of this contact.");
  return url;
}
