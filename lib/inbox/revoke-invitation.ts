import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { isId } from "../ids";
import { type Ctx, requireAdmin, write } from "./context";
import { lockMembers } from "./lock-members";
import { type InvitedRole, mayManage } from "./member-roles";

/** Makes an invitation's link useless; doing it again changes nothing. @throws AppError forbidden, not_found, conflict */
export async function revokeInvitation(ctx: Ctx, input: { id: string }): Promise<void> {
  const member = requireAdmin(ctx);
  await write(ctx, async (tx) => {
    const { actor } = await lockMembers(tx.db, member, member.id);
    const { rows } = isId(input.id)
      ? await tx.db.execute<{ role: InvitedRole; accepted: boolean; revoked: boolean }>(sql`
          select role, accepted_at is not null as accepted, revoked_at is not null as revoked from invitation
          where workspace_id = ${member.workspaceId} and id = ${input.id} for update`)
      : { rows: [] };
    const invitation = rows[0];
    if (!invitation) throw new AppError("not_found", "There is no such invitation.");
    if (!mayManage(actor.role, invitation.role)) {
      throw new AppError("forbidden", `Only an owner can revoke the invitation of an ${invitation.role}.`);
    }
    if (invitation.accepted) {
      throw new AppError("conflict", "This invitation was already used. Remove the member instead.");
    }
    if (invitation.revoked) return;
    await tx.db.execute(sql`
      update invitation set revoked_at = desk_now() where workspace_id = ${member.workspaceId} and id = ${input.id}`);
    tx.record({ workspaceId: member.workspaceId, type: "members.changed" });
  });
}
