import { sql } from "drizzle-orm";
import type { Database } from "../db/connection";
import type { Membership, Person } from "../db/tables/workspace";
import { newId } from "../ids";
import { type SetupCodeCheck, takeSetupCode } from "./check-setup-code";

/** Makes the person who holds the setup code the owner of a new workspace; the code is used up in the same transaction. */
export async function claimInstallation(
  db: Database,
  input: { code: string; person: Person },
): Promise<{ state: "claimed"; membership: Membership } | Exclude<SetupCodeCheck, { state: "right" }>> {
  return db.transaction(async (tx) => {
    const check = await takeSetupCode(tx, input.code);
    if (check.state !== "right") return check;
    const { person } = input;
    const [workspaceId, memberId] = [newId(), newId()];
    await tx.execute(
      sql`insert into workspace (id, name, created_at) values (${workspaceId}, ${`${person.name}'s desk`}, desk_now())`,
    );
    await tx.execute(sql`insert into workspace_sequence (workspace_id) values (${workspaceId})`);
    const { rows } = await tx.execute<Membership>(sql`
      insert into member (workspace_id, id, facebook_user_id, name, email, picture_url, role, created_at)
      values (${workspaceId}, ${memberId}, ${person.facebookUserId}, ${person.name}, ${person.email}, ${person.pictureUrl}, 'owner', desk_now())
      returning workspace_id as "workspaceId", id as "memberId", (extract(epoch from created_at) * 1000)::float8 as since`);
    const membership = rows[0];
    if (!membership) throw new Error("The owner was not written.");
    await tx.execute(sql`delete from setup_code`);
    await tx.execute(sql`delete from wrong_guess where subject = 'setup_code'`);
    return { state: "claimed", membership };
  });
}
