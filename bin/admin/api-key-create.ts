import { parseArgs } from "node:util";
import { sql } from "drizzle-orm";
import { publicId } from "@/lib/api/public-id";
import { createApiKey } from "@/lib/auth/create-api-key";
import { databaseOf, openPool } from "@/lib/db/connection";
import type { Command } from "./command";
import { readKeyring } from "./read-keyring";

export const apiKeyCreate: Command = {
  help: "a key for the public API: --writes people|program [--name <name>] [--scope app (the default)|account]",
  run: async ({ databaseUrl, appUrl, dataDir }, args) => {
    const { values } = parseArgs({
      args,
      options: {
        name: { type: "string", default: "Made by npm run admin" },
        scope: { type: "string", default: "app" },
        writes: { type: "string" },
      },
    });
    if (values.writes !== "people" && values.writes !== "program") {
      return refusal(
        "Say who writes through this key: --writes people (a helpdesk; replies may leave up to 7 days after the customer's last message) or --writes program (a bot; Instagram allows 24 hours).",
        "writes",
      );
    }
    if (values.scope !== "app" && values.scope !== "account")
      return refusal("--scope is app (one workspace) or account (the whole installation).", "scope");
    const keyring = await readKeyring(dataDir);
    const pool = openPool(databaseUrl, { max: 1, applicationName: "replydesk admin" });
    try {
      const db = databaseOf(pool);
      const { rows } = await db.execute<{ id: string }>(sql`select id from workspace order by created_at, id limit 1`);
      const workspaceId = rows[0]?.id;
      if (!workspaceId) return refusal("There is no workspace yet. Sign in once first.", "no_workspace");
      const common = { name: values.name, people: values.writes === "people", createdBy: null };
      const { id, secret } = await createApiKey(
        db,
        keyring,
        values.scope === "account" ? { ...common, scope: "account" } : { ...common, scope: "app", workspaceId },
      );
      const appId = publicId(workspaceId);
      return {
        ok: true,
        words: `Key     ${id}\nSecret  ${secret}\nApp     ${appId}\nBase    ${appUrl}\nThe secret is shown only now.`,
        json: { keyId: id, secret, appId, basePath: appUrl },
      };
    } finally {
      await pool.end();
    }
  },
};

function refusal(words: string, reason: string) {
  return { ok: false, words, json: { reason } };
}
