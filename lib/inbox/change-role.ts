import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { type Ctx, type Role, requireMember, write } from "./context";
import { lockMembers } from "./lock-members";
import { ROLES } from "./member-roles";

/** An owner gives a member another role; a desk always keeps an owner. @throws AppError forbidden, invalid, not_found, conflict */
export async function changeRole(ctx: Ctx, input: { memberId: string; role: string }): Promise<void> {
  const member = requireMember(ctx);
  const role = parseRole(input.role);
  await write(ctx, async (tx) => {
    const { actor, target, lastOwner } = await lockMembers(tx.db, member, input.memberId);
    if (actor.role !== "owner") throw new AppError("forbidden", "Only an owner can change roles. Ask one of them.");
    if (target.role === role) return;
    if (lastOwner) {
      throw new AppError("conflict", `${target.name} is the only owner. Make somebody else an owner first.`);
    }
    await tx.db.execute(sql`
      update member set role = ${role} where workspace_id = ${member.workspaceId} and id = ${target.id}`);
    // A link must not give what its author could no longer give.
    await tx.db.execute(sql`
      update invitation set revoked_at = desk_now()
      where workspace_id = ${member.workspaceId} and created_by = ${target.id} and accepted_at is null and revoked_at is null
        and (${role} = 'agent' or (${role} = 'admin' and role = 'admin'))`);
    tx.record({ workspaceId: member.workspaceId, type: "members.changed" });
  });
}

function parseRole(given: string): Role {
  const known = ROLES.find(({ role }) => role === given);
  if (!known) throw new AppError("invalid", "A member is owner, admin or agent.");
  return known.role;
}
