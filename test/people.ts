import { sql } from "drizzle-orm";
import { claimInstallation } from "@/lib/auth/claim-installation";
import { issueSetupCode } from "@/lib/auth/issue-setup-code";
import type { Database } from "@/lib/db/connection";
import type { Person } from "@/lib/db/tables/workspace";
import { newId } from "@/lib/ids";
import { acceptInvitation } from "@/lib/inbox/accept-invitation";
import type { Ctx, Member } from "@/lib/inbox/context";
import { inviteMember } from "@/lib/inbox/invite-member";
import { listMembers } from "@/lib/inbox/list-members";
import type { InvitedRole } from "@/lib/inbox/member-roles";

export type MemberCtx = Ctx & { actor: Member };

/** A person on Facebook; the name alone makes them distinct. */
export function person(name: string): Person {
  return { facebookUserId: `fb-${name.toLowerCase().replaceAll(" ", "-")}`, name, email: null, pictureUrl: null };
}

export function system(db: Database): Ctx {
  return { db, actor: { type: "system" } };
}

/** A fresh installation made theirs by its first sign-in. */
export async function ownerOf(db: Database, name: string): Promise<MemberCtx> {
  const code = await issueSetupCode(db);
  const claim = await claimInstallation(db, { code: code ?? "", person: person(name) });
  if (claim.state !== "claimed") throw new Error(`The installation was not claimed: ${claim.state}`);
  const { workspaceId, memberId } = claim.membership;
  return { db, actor: { type: "member", workspaceId, id: memberId, role: "owner", name } };
}

/** A second workspace with an owner of that name, as no sign-in makes it: one database usually holds one. */
export async function otherWorkspace(db: Database, name: string): Promise<MemberCtx> {
  const [workspaceId, id] = [newId(), newId()];
  await db.execute(sql`insert into workspace (id, name) values (${workspaceId}, ${name})`);
  await db.execute(sql`insert into workspace_sequence (workspace_id) values (${workspaceId})`);
  await db.execute(sql`
    insert into member (workspace_id, id, facebook_user_id, name, role)
    values (${workspaceId}, ${id}, ${person(name).facebookUserId}, ${name}, 'owner')`);
  return { db, actor: { type: "member", workspaceId, id, role: "owner", name } };
}

/** Invited by `by` and joined through the link. */
export async function joined(by: MemberCtx, role: InvitedRole, name: string): Promise<MemberCtx> {
  const { token } = await inviteMember(by, { role });
  const outcome = await acceptInvitation(system(by.db as Database), { token, person: person(name) });
  if (outcome.state !== "joined") throw new Error(`${name} did not join: ${outcome.state}`);
  const { workspaceId, memberId } = outcome.membership;
  return { db: by.db, actor: { type: "member", workspaceId, id: memberId, role, name } };
}

/** Names and roles as an owner sees them. */
export async function people(ctx: Ctx): Promise<Record<string, string>> {
  const { members } = await listMembers(ctx);
  return Object.fromEntries(members.map(({ name, role }) => [name, role]));
}
