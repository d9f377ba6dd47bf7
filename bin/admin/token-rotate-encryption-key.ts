import type { Keyring } from "@/lib/crypto";
import { openPool } from "@/lib/db/connection";
import { keysInName } from "@/lib/db/process-name";
import { type Resealed, reseal } from "@/lib/db/reseal";
import type { Command, Outcome } from "./command";
import { readKeyring } from "./read-keyring";

export const tokenRotateEncryptionKey: Command = {
  help: "encrypts every token and secret with the first key in ENCRYPTION_KEY, while the desk runs",
  run: async ({ databaseUrl, dataDir }) => {
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
      return outcome(keyring, await reseal(pool, keyring));
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

function outcome({ keys, encryptWith }: Keyring, { changed, unreadable }: Resealed): Outcome {
  const count = Object.values(changed).reduce((sum, each) => sum + each, 0);
  const lost = Object.entries(unreadable);
  const done = `${count === 1 ? "1 secret was" : `${count} secrets were`} encrypted anew.`;
  if (lost.length > 0) {
    const where = lost.map(([table, each]) => `${each} in ${table}`).join(", ");
    return {
      ok: false,
      words: `${done} No key in ENCRYPTION_KEY decrypts these: ${where}. Add the key that encrypted them at the end and run this again; or connect those accounts anew.`,
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
