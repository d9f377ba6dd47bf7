import { sql } from "drizzle-orm";
import { type Ctx, type WriteCtx, write } from "./context";
import { keepReceipt, newReceiptCode } from "./keep-receipt";

export type ErasePersonInput = {
  facebookAppId: string;
  personId: string;
  /** Whether members sign in with this app: then the id names a member too. */
  signsIn: boolean;
  /** What their channels say from now on. */
  problem: string;
  problemCode: string;
};

type Erased = { channels: number; logins: number; members: number; remains: "only_owner" | null };

/**
 * Erases what is kept of a Facebook person of the brand: tokens, logins, name, picture, e-mail address, membership.
 * Their channels break and keep the customers' conversations; what they wrote stays without their name. An only owner
 * stays a nameless owner, since nobody else could open the desk. @returns the code of the receipt
 */
export async function erasePerson(ctx: Ctx | WriteCtx, input: ErasePersonInput): Promise<{ code: string }> {
  return write(ctx, async (tx) => {
    const erased = new Map<string, Erased>();
    const of = (workspaceId: string): Erased => {
      const row = erased.get(workspaceId) ?? { channels: 0, logins: 0, members: 0, remains: null };
      erased.set(workspaceId, row);
      return row;
    };
    for (const row of await eraseFromChannels(tx, input)) of(row.workspaceId).channels += 1;
    for (const row of await eraseLogins(tx, input)) of(row.workspaceId).logins += 1;
    if (input.signsIn) {
      for (const row of await eraseMemberships(tx, input.personId)) {
        of(row.workspaceId).members += 1;
        if (row.onlyOwner) of(row.workspaceId).remains = "only_owner";
      }
    }
    const code = newReceiptCode();
    if (erased.size === 0) await keepReceipt(tx, { code, workspaceId: null, subject: "facebook_person", counts: {} });
    for (const [workspaceId, { remains, ...counts }] of erased) {
      await keepReceipt(tx, { code, workspaceId, subject: "facebook_person", counts, remains });
    }
    return { code };
  });
}

async function eraseFromChannels(tx: WriteCtx, input: ErasePersonInput): Promise<{ workspaceId: string }[]> {
  const { rows } = await tx.db.execute<{ workspaceId: string; channelId: string }>(sql`
    update channel set token_sealed = null, person_id = null, connected_as = null, checked_at = desk_now(),
      state = case state when 'disconnected' then state else 'broken' end,
      problem = case state when 'disconnected' then problem else ${input.problem} end,
      problem_code = case state when 'disconnected' then problem_code else ${input.problemCode} end
    where facebook_app_id = ${input.facebookAppId} and person_id = ${input.personId}
    returning workspace_id as "workspaceId", id as "channelId"`);
  for (const row of rows) tx.record({ ...row, type: "channel.changed" });
  return rows;
}

async function eraseLogins(tx: WriteCtx, { personId }: ErasePersonInput): Promise<{ workspaceId: string }[]> {
  const { rows } = await tx.db.execute<{ workspaceId: string }>(
    sql`delete from connect_attempt where person_id = ${personId} returning workspace_id as "workspaceId"`,
  );
  return rows;
}

const NAMELESS = "A former colleague";
const NAMELESS_OWNER = "The owner";
const NAMELESS_WORKSPACE = "The desk";

type Membership = { workspaceId: string; id: string; name: string; onlyOwner: boolean };

async function eraseMemberships(tx: WriteCtx, personId: string): Promise<Membership[]> {
  // Owners too: two of them who ask at the same moment must not both be one of several.
  await tx.db.execute(sql`
    select from member m where (m.role = 'owner' and m.removed_at is null or m.facebook_user_id = ${personId})
      and m.workspace_id in (select workspace_id from member where facebook_user_id = ${personId})
    order by m.id for update`);
  const { rows: found } = await tx.db.execute<Membership>(sql`
    select m.workspace_id as "workspaceId", m.id, m.name,
      m.role = 'owner' and m.removed_at is null and not exists (
        select from member o where o.workspace_id = m.workspace_id and o.role = 'owner' and o.removed_at is null and o.id <> m.id) as "onlyOwner"
    from member m where m.facebook_user_id = ${personId} order by m.workspace_id, m.id`);
  for (const { workspaceId, id, name, onlyOwner } of found) {
    if (onlyOwner) {
      await tx.db.execute(sql`
        update member set name = ${NAMELESS_OWNER}, email = null, picture_url = null where workspace_id = ${workspaceId} and id = ${id}`);
    } else {
      await tx.db.execute(sql`
        update member set name = ${NAMELESS}, email = null, picture_url = null, facebook_user_id = ${`erased:${id}`},
          removed_at = coalesce(removed_at, desk_now())
        where workspace_id = ${workspaceId} and id = ${id}`);
      await tx.db.execute(sql`
        update invitation set revoked_at = desk_now()
        where workspace_id = ${workspaceId} and created_by = ${id} and accepted_at is null and revoked_at is null`);
    }
    // A desk is first named after whoever set it up.
    await tx.db.execute(sql`
      update workspace set name = ${NAMELESS_WORKSPACE} where id = ${workspaceId} and position(lower(${name}) in lower(name)) > 0`);
    tx.record({ workspaceId, type: "members.changed" });
  }
  return found;
}
