import { sql } from "drizzle-orm";
import { sha256Hex } from "../crypto";
import type { Database, Transaction } from "../db/connection";
import { limitGuesses } from "../db/limit-guesses";
import type { Role } from "./context";
import { type InvitedRole, mayManage } from "./member-roles";

export type Invitation = {
  workspaceId: string;
  id: string;
  workspaceName: string;
  invitedBy: string;
  role: InvitedRole;
  /** The member who used it. */
  acceptedBy: string | null;
};

export type InvitationCheck =
  | { state: "open" | "used" | "expired" | "revoked"; invitation: Invitation }
  | { state: "unknown" }
  /** Too many unknown links were tried; try again in so many minutes. */
  | { state: "blocked"; minutes: number };

/** What a link's token is good for; an unknown one counts towards the limit. */
export function readInvitation(db: Database, token: string): Promise<InvitationCheck> {
  return db.transaction((tx) => takeInvitation(tx, token));
}

type InvitationRecord = Invitation & {
  inviterRole: Role | null;
  accepted: boolean;
  revoked: boolean;
  expired: boolean;
};

/** The same inside a transaction, which then holds the invitation: of two that open it together the second waits. */
export async function takeInvitation(tx: Transaction, token: string): Promise<InvitationCheck> {
  const guess = await limitGuesses(tx, "invitation", async () => {
    const { rows } = await tx.execute<InvitationRecord>(sql`
      select i.workspace_id as "workspaceId", i.id, w.name as "workspaceName", m.name as "invitedBy", i.role,
        i.accepted_by as "acceptedBy", case when m.removed_at is null then m.role end as "inviterRole",
        i.accepted_at is not null as accepted, i.revoked_at is not null as revoked, i.expires_at <= desk_now() as expired
      from invitation i join workspace w on w.id = i.workspace_id
      join member m on m.workspace_id = i.workspace_id and m.id = i.created_by
      where i.token_hash = ${sha256Hex(token)} for update of i`);
    return rows[0] ?? null;
  });
  if (guess.state === "wrong") return { state: "unknown" };
  if (guess.state === "blocked") return guess;
  const { inviterRole, accepted, revoked, expired, ...invitation } = guess.value;
  if (accepted) return { state: "used", invitation };
  if (revoked || !inviterRole || !mayManage(inviterRole, invitation.role)) return { state: "revoked", invitation };
  return { state: expired ? "expired" : "open", invitation };
}
