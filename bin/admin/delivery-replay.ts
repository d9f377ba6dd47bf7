import { parseArgs } from "node:util";
import { sql } from "drizzle-orm";
import { type Database, databaseOf, openPool } from "@/lib/db/connection";
import type { Ctx } from "@/lib/inbox/context";
import { replaySetAside } from "@/lib/meta/replay-set-aside";
import type { Command, Outcome } from "./command";

export const deliveryReplay: Command = {
  help: "deliver again what was set aside: --id ID, --reason TEXT or --all; without them it lists the reasons",
  run: async ({ databaseUrl }, args) => {
    const { values } = parseArgs({
      args,
      options: { id: { type: "string" }, reason: { type: "string" }, all: { type: "boolean", default: false } },
    });
    const pool = openPool(databaseUrl, { max: 1, applicationName: "replydesk admin" });
    try {
      const db = databaseOf(pool);
      const ctx: Ctx & { db: Database } = { db, actor: { type: "system" } };
      const reasons = await listReasons(db);
      if (values.id !== undefined) return outcome(await replaySetAside(ctx, { id: values.id }));
      if (values.reason !== undefined) return outcome(await replaySetAside(ctx, { reason: values.reason }));
      if (!values.all) return listed(reasons);
      let delivered = 0;
      for (const { reason } of reasons) delivered += await replaySetAside(ctx, { reason });
      return outcome(delivered);
    } finally {
      await pool.end();
    }
  },
};

type Reason = { reason: string; count: number };

async function listReasons(db: Database): Promise<Reason[]> {
  const { rows } = await db.execute<Reason>(
    sql`select reason, count(*)::int as count from set_aside group by reason order by 2 desc, 1`,
  );
  return rows;
}

function listed(reasons: Reason[]): Outcome {
  const words = reasons.length === 0 ? "Nothing is set aside." : reasons.map((one) => `${one.count}  ${one.reason}`);
  return { ok: true, words: [words].flat().join("\n"), json: { reasons } };
}

function outcome(delivered: number): Outcome {
  return {
    ok: delivered > 0,
    words:
      delivered > 0
        ? `${delivered === 1 ? "1 item is" : `${delivered} items are`} delivered again.`
        : "Nothing is set aside under that id or for that reason.",
    json: { delivered },
  };
}
