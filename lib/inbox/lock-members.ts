import { sql } from "drizzle-orm";
import type { Transaction } from "../db/connection";
import { AppError } from "../errors";
import { isId } from "../ids";
import type { Member, Role } from "./context";

type LockedMember = { id: string; role: Role; name: string };

/**
 * Holds the acting member, the one acted on and every owner until the transaction ends, so that neither a role just
 * taken away counts nor two owners remove each other. @throws AppError not_found, unauthenticated
 */
export async function lockMembers(
  tx: Transaction,
  actor: Member,
  memberId: string,
): Promise<{ actor: LockedMember; target: LockedMember; lastOwner: boolean }> {
  if (!isId(memberId)) throw noSuchMember();
  const { rows } = await tx.execute<LockedMember>(sql`
    select id, role, name from member
    where workspace_id = ${actor.workspaceId} and removed_at is null
      and (role = 'owner' or id in (${actor.id}, ${memberId}))
    order by id for update`);
  const acting = rows.find((row) => row.id === actor.id);
  if (!acting) throw new AppError("unauthenticated", "You are not a member of this desk any more.");
  const target = rows.find((row) => row.id === memberId);
  if (!target) throw noSuchMember();
  const owners = rows.filter((row) => row.role === "owner");
  return { actor: acting, target, lastOwner: target.role === "owner" && owners.length === 1 };
}

function noSuchMember(): AppError {
  return new AppError("not_found", "There is no such member.");
}
