import { parseArgs } from "node:util";
import { sql } from "drizzle-orm";
import { databaseOf, openPool } from "@/lib/db/connection";
import type { Member } from "@/lib/inbox/context";
import { inviteMember } from "@/lib/inbox/invite-member";
import type { Command } from "./command";

export const memberInvite: Command = {
  help: "a link, used once, that lets one person join: --role agent (the default) or --role admin",
  run: async ({ databaseUrl, appUrl }, args) => {
    const { values } = parseArgs({ args, options: { role: { type: "string", default: "agent" } } });
    const pool = openPool(databaseUrl, { max: 1, applicationName: "replydesk admin" });
    try {
      const db = databaseOf(pool);
      // Who can run this tool can do what the first owner can, and the invitation says who invites.
      const { rows } = await db.execute<Member>(sql`
        select 'member' as type, workspace_id as "workspaceId", id, role, name from member
        where role = 'owner' and removed_at is null order by created_at, id limit 1`);
      const actor = rows[0];
      if (!actor) {
        return {
          ok: false,
          words: 'Nobody owns this installation yet. Open the link that "npm run admin -- setup-link" prints first.',
          json: { reason: "no_owner" },
        };
      }
      const { token, expiresAt } = await inviteMember({ db, actor }, { role: values.role });
      const link = `${appUrl}/invitation/${token}`;
      const expires = new Date(expiresAt).toISOString();
      return { ok: true, words: `${link}\nvalid until ${expires}`, json: { invitationLink: link, expiresAt: expires } };
    } finally {
      await pool.end();
    }
  },
};
