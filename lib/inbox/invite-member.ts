import { sql } from "drizzle-orm";
import { randomToken, sha256Hex } from "../crypto";
import { AppError } from "../errors";
import { newId } from "../ids";
import { type Ctx, requireAdmin, write } from "./context";
import { lockMembers } from "./lock-members";
import { mayManage } from "./member-roles";

const INVITATION_DAYS = 7;

export type NewInvitation = {
  id: string;
  /** For the link `/invitation/{token}`; it is told this once, only its hash is kept. */
  token: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
};

/** Invites one person, whoever opens the link first. @throws AppError forbidden, invalid */
export async function inviteMember(ctx: Ctx, input: { role: string }): Promise<NewInvitation> {
  const member = requireAdmin(ctx);
  const { role } = input;
  if (role !== "admin" && role !== "agent") {
    throw new AppError("invalid", "People are invited as admin or agent.");
  }
  return write(ctx, async (tx) => {
    const { actor } = await lockMembers(tx.db, member, member.id);
    if (!mayManage(actor.role, role)) throw new AppError("forbidden", `Only an owner can invite an ${role}.`);
    const [id, token] = [newId(), randomToken()];
    const { rows } = await tx.db.execute<{ expiresAt: number }>(sql`
      insert into invitation (workspace_id, id, token_hash, role, created_by, created_at, expires_at)
      values (${member.workspaceId}, ${id}, ${sha256Hex(token)}, ${role}, ${member.id}, desk_now(),
        desk_now() + ${INVITATION_DAYS} * interval '1 day')
      returning (extract(epoch from expires_at) * 1000)::float8 as "expiresAt"`);
    tx.record({ workspaceId: member.workspaceId, type: "members.changed" });
    return { id, token, expiresAt: rows[0]?.expiresAt ?? 0 };
  });
}
