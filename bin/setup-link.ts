import { issueSetupCode } from "@/lib/auth/issue-setup-code";
import { databaseOf, openPool } from "@/lib/db/connection";

/** A one-time address that makes its visitor the owner, or null once there is one; an earlier link stops working. */
export async function setupLink(databaseUrl: string, appUrl: string): Promise<string | null> {
  const pool = openPool(databaseUrl, { max: 1, applicationName: "replydesk setup" });
  try {
    const code = await issueSetupCode(databaseOf(pool));
    return code && `${appUrl}/setup?code=${encodeURIComponent(code)}`;
  } finally {
    await pool.end();
  }
}
