import { sql } from "drizzle-orm";
import { type Ctx, type Role, requireMember } from "./context";
import type { InvitedRole } from "./member-roles";

export type MemberRow = { id: string; name: string; email: string | null; pictureUrl: string | null; role: Role };

/** An invitation whose link still works. */
export type InvitationRow = {
  id: string;
  role: InvitedRole;
  invitedBy: string;
  /** 1 to 7: the last day counts as one. */
  daysLeft: number;
};

export type People = { workspaceName: string; members: MemberRow[]; invitations: InvitationRow[] };

/** The people of the workspace, and for owners and admins the open invitations; both oldest first. */
export async function listMembers(ctx: Ctx): Promise<People> {
  const { workspaceId, role } = requireMember(ctx);
  const { rows: workspaces } = await ctx.db.execute<{ name: string }>(
    sql`select name from workspace where id = ${workspaceId}`,
  );
  const workspaceName = workspaces[0]?.name ?? "";
  const { rows: members } = await ctx.db.execute<MemberRow>(sql`
    select id, name, email, picture_url as "pictureUrl", role from member
    where workspace_id = ${workspaceId} and removed_at is null order by created_at, id`);
  if (role === "agent") {
    return { workspaceName, members: members.map((member) => ({ ...member, email: null })), invitations: [] };
  }
  const { rows: invitations } = await ctx.db.execute<InvitationRow>(sql`
    select i.id, i.role, m.name as "invitedBy", ceil(extract(epoch from i.expires_at - desk_now()) / 86400)::int as "daysLeft"
    from invitation i join member m on m.workspace_id = i.workspace_id and m.id = i.created_by
    where i.workspace_id = ${workspaceId} and i.accepted_at is null and i.revoked_at is null and i.expires_at > desk_now()
    order by i.created_at, i.id`);
  return { workspaceName, members, invitations };
}
