import { sql } from "drizzle-orm";
import type { Membership, Person } from "../db/tables/workspace";
import { newId } from "../ids";
import { type Ctx, write } from "./context";
import { type InvitationCheck, takeInvitation } from "./read-invitation";

export type Acceptance =
  | { state: "joined"; membership: Membership }
  /** The invitation stays open for somebody else. */
  | { state: "already_member" }
  | { state: Exclude<InvitationCheck["state"], "open"> };

/** Makes the person a member with the invitation's role, and uses the invitation up. Who was removed comes back as the same member. */
export async function acceptInvitation(ctx: Ctx, input: { token: string; person: Person }): Promise<Acceptance> {
  return write(ctx, async (tx) => {
    const check = await takeInvitation(tx.db, input.token);
    if (check.state !== "open") return { state: check.state };
    const { workspaceId, id, role } = check.invitation;
    const { person } = input;
    const { rows } = await tx.db.execute<Membership>(sql`
      insert into member as known (workspace_id, id, facebook_user_id, name, email, picture_url, role, created_at)
      values (${workspaceId}, ${newId()}, ${person.facebookUserId}, ${person.name}, ${person.email}, ${person.pictureUrl}, ${role}, desk_now())
      on conflict (workspace_id, facebook_user_id) do update set removed_at = null, created_at = excluded.created_at,
        name = excluded.name, email = excluded.email, picture_url = excluded.picture_url, role = excluded.role
        where known.removed_at is not null
      returning workspace_id as "workspaceId", id as "memberId", (extract(epoch from created_at) * 1000)::float8 as since`);
    const membership = rows[0];
    if (!membership) return { state: "already_member" };
    await tx.db.execute(sql`
      update invitation set accepted_at = desk_now(), accepted_by = ${membership.memberId}
      where workspace_id = ${workspaceId} and id = ${id}`);
    tx.record({ workspaceId, type: "members.changed" });
    return { state: "joined", membership };
  });
}
