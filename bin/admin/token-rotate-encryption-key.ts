import { parseArgs } from "node:util";
import type pg from "pg";
import type { Keyring } from "@/lib/crypto";
import { openPool } from "@/lib/db/connection";
import { keysInName } from "@/lib/db/process-name";
import { type Resealed, reseal } from "@/lib/db/reseal";
import type { Command, Outcome } from "./command";
import { readKeyring } from "./read-keyring";

export const tokenRotateEncryptionKey: Command = {
  help: "encrypts every token and secret with the first key in ENCRYPTION_KEY, while the desk runs; --forget-lost: a former key is gone for good",
  run: async ({ databaseUrl, dataDir }, args) => {
    const { values } = parseArgs({ args, options: { "forget-lost": { type: "boolean", default: false } } });
    const keyring = await readKeyring(dataDir);
    const pool = openPool(databaseUrl, { max: 1, applicationName: "replydesk admin" });
    try {
      const { rows } = await pool.query<{ name: string }>(
        "select application_name as name from pg_stat_activity where datname = current_database()",
      );
      const behind = rows.filter(({ name }) => {
        const keys = keysInName(name);
        return keys !== null && keys[0] !== keyring.encryptWith;
      }).length;
      if (behind > 0) return refusal(behind);
      const resealed = await reseal(pool, keyring);
      if (values["forget-lost"] && resealed.unreadable.sealed_key) {
        await forgetMarks(pool);
        delete resealed.unreadable.sealed_key;
      }
      return outcome(keyring, resealed);
    } finally {
      await pool.end();
    }
  },
};

/** A process that does not know the new key could not send any more; one that still encrypts with the old one would go on doing so. */
function refusal(processes: number): Outcome {
  const who = processes === 1 ? "A running process of the desk does" : `${processes} running processes of the desk do`;
  return {
    ok: false,
    words: `${who} not encrypt with the first key yet. Put the new key in front of ENCRYPTION_KEY, keep the old one behind it ("new,old"), restart every process with that, and run this again.`,
    json: { reason: "restart_first", processes },
  };
}

/** Without their key the marks of erased people say nothing; a new key begins with the next erasure. */
async function forgetMarks(pool: pg.Pool): Promise<void> {
  await pool.query("with gone as (delete from sealed_key) delete from erased_contact");
}

function outcome({ keys, encryptWith }: Keyring, { changed, unreadable }: Resealed): Outcome {
  const count = Object.values(changed).reduce((sum, each) => sum + each, 0);
  const lost = Object.entries(unreadable);
  const done = `${count === 1 ? "1 secret was" : `${count} secrets were`} encrypted anew.`;
  if (lost.length > 0) {
    const where = lost.map(([table, each]) => `${each} in ${table}`).join(", ");
    return {
      ok: false,
      words: `${done} No key in ENCRYPTION_KEY decrypts these: ${where}. Add the key that encrypted them at the end and run this again. If it is lost, connect those accounts anew, and add --forget-lost for sealed_key.`,
      json: { changed, unreadable, oldKeysNeeded: true },
    };
  }
  const old = keys.size - 1;
  const next =
    old === 0
      ? "There is only one key, so there is nothing to take out."
      : `Everything is encrypted with the first key now. Take the other ${old === 1 ? "key" : `${old} keys`} out of ENCRYPTION_KEY and restart the desk; keep ${old === 1 ? "it" : "them"} as long as you keep backups from before.`;
  return {
    ok: true,
    words: `${done} ${next}`,
    json: { changed, unreadable, encryptedWith: encryptWith, oldKeysNeeded: false },
  };
}
