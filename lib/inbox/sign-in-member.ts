import { sql } from "drizzle-orm";
import type { Membership, Person } from "../db/tables/workspace";
import { type Ctx, write } from "./context";

/** The membership of a person for whom Facebook vouched, with their present name and picture taken over; null for strangers. */
export async function signInMember(ctx: Ctx, person: Person): Promise<Membership | null> {
  return write(ctx, async (tx) => {
    const { rows } = await tx.db.execute<Membership & { changed: boolean }>(sql`
      with known as (
        select workspace_id, id, name, email, picture_url from member
        where facebook_user_id = ${person.facebookUserId} and removed_at is null
        order by created_at, id limit 1 for update
      )
      update member m set name = ${person.name}, email = ${person.email}, picture_url = ${person.pictureUrl}
      from known where m.workspace_id = known.workspace_id and m.id = known.id
      returning m.workspace_id as "workspaceId", m.id as "memberId", (extract(epoch from m.created_at) * 1000)::float8 as since,
        (m.name, m.email, m.picture_url) is distinct from (known.name, known.email, known.picture_url) as changed`);
    const member = rows[0];
    if (!member) return null;
    const { changed, ...membership } = member;
    if (changed) tx.record({ workspaceId: membership.workspaceId, type: "members.changed" });
    return membership;
  });
}
