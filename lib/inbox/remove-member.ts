import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { type Ctx, requireAdmin, write } from "./context";
import { lockMembers } from "./lock-members";
import { mayManage } from "./member-roles";

/**
 * Ends a membership: every session of it is void at once, and so are the links the member gave out. What they wrote
 * keeps their name. @throws AppError forbidden, not_found, conflict
 */
export async function removeMember(ctx: Ctx, input: { memberId: string }): Promise<void> {
  const member = requireAdmin(ctx);
  await write(ctx, async (tx) => {
    const { actor, target, lastOwner } = await lockMembers(tx.db, member, input.memberId);
    if (!mayManage(actor.role, target.role)) {
      throw new AppError("forbidden", `Only an owner can remove an ${target.role}.`);
    }
    if (lastOwner) {
      throw new AppError("conflict", `${target.name} is the only owner. Make somebody else an owner first.`);
    }
    await tx.db.execute(sql`
      update member set removed_at = desk_now(), email = null, picture_url = null
      where workspace_id = ${member.workspaceId} and id = ${target.id}`);
    await tx.db.execute(sql`
      update invitation set revoked_at = desk_now()
      where workspace_id = ${member.workspaceId} and created_by = ${target.id} and accepted_at is null and revoked_at is null`);
    tx.record({ workspaceId: member.workspaceId, type: "members.changed" });
  });
}
