import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { decryptSecret, encryptSecret, hmacSha256 } from "../crypto";
import type { Transaction } from "../db/connection";
import { AppError, errorMessage } from "../errors";
import { log } from "../log";
import { processHandles } from "../process-handles";

/** A customer as Meta's items name them. */
export type Named = { channelId: string; contactExternalId: string };

const KEY_NAME = "erased-contacts";
/** First half of the advisory locks' number; the second half is the channel. */
const ERASURE_LOCKS = 7_304;

/**
 * Until when what these people said was erased at their wish, by `<channel id> <contact's external id>`; whoever was
 * not erased is not in it. The database keeps a keyed hash of who it was, and nothing else.
 */
export async function erasedContacts(db: Transaction, people: Named[]): Promise<Map<string, Date>> {
  if (people.length === 0) return new Map();
  const { rows: marked } = await db.execute<{ channelId: string; sealed: Buffer }>(sql`
    select each.channel_id as "channelId", k.sealed from unnest(${sql.param([...new Set(people.map((one) => one.channelId))])}::uuid[]) as each(channel_id)
    join sealed_key k on k.name = ${KEY_NAME}
    where exists (select from erased_contact e where e.channel_id = each.channel_id)`);
  const first = marked[0];
  if (!first) return new Map();
  const key = openKey(first.sealed);
  // Without its key the marks say nothing; that must not keep anybody's messages out.
  if (!key) return new Map();
  const channels = new Set(marked.map((row) => row.channelId));
  const hashes = people
    .filter((one) => channels.has(one.channelId))
    .map((one) => ({ ...one, hash: hashOf(key, one).toString("hex") }));
  const { rows } = await db.execute<{ channelId: string; hash: string; at: Date }>(sql`
    select e.channel_id as "channelId", encode(e.person_hash, 'hex') as hash, e.at
    from unnest(${sql.param(hashes.map((one) => one.channelId))}::uuid[], ${sql.param(hashes.map((one) => one.hash))}::text[]) as given(channel_id, hash)
    join erased_contact e on e.channel_id = given.channel_id and e.person_hash = decode(given.hash, 'hex')`);
  const until = new Map(rows.map((row) => [`${row.channelId} ${row.hash}`, row.at]));
  return new Map(
    hashes.flatMap((one) => {
      const at = until.get(`${one.channelId} ${one.hash}`);
      return at ? [[`${one.channelId} ${one.contactExternalId}`, at] as const] : [];
    }),
  );
}

/** Leaves the mark of an erasure: what is not newer is never taken in again. */
export async function markErased(db: Transaction, contact: Named & { workspaceId: string }): Promise<void> {
  const hash = hashOf(await keyFor(db), contact);
  await db.execute(sql`
    insert into erased_contact (workspace_id, channel_id, person_hash, at)
    values (${contact.workspaceId}, ${contact.channelId}, ${sql.param(hash)}, desk_now())
    on conflict (channel_id, person_hash) do update set at = excluded.at`);
}

/**
 * Nothing is erased in these channels until the transaction ends. For items that no conversation's lock protects; taken
 * before any conversation is locked.
 */
export async function holdErasures(db: Transaction, channelIds: string[]): Promise<void> {
  await lockChannels(db, channelIds, sql`pg_advisory_xact_lock_shared`);
}

/** The other side of `holdErasures`. */
export async function waitForErasure(db: Transaction, channelId: string): Promise<void> {
  await lockChannels(db, [channelId], sql`pg_advisory_xact_lock`);
}

async function lockChannels(db: Transaction, channelIds: string[], lock: ReturnType<typeof sql>): Promise<void> {
  const ids = [...new Set(channelIds)].sort();
  if (ids.length === 0) return;
  await db.execute(sql`
    select ${lock}(${sql.raw(String(ERASURE_LOCKS))}, channel) from (
      select distinct hashtext(id) as channel from unnest(${sql.param(ids)}::text[]) as id order by channel) as channels`);
}

/** Made with the first erasure; all processes agree on the one that is written first. */
async function keyFor(db: Transaction): Promise<Buffer> {
  const fresh = encryptSecret(keyring(), randomBytes(32).toString("base64"), `key:${KEY_NAME}`);
  await db.execute(
    sql`insert into sealed_key (name, sealed) values (${KEY_NAME}, ${sql.param(fresh)}) on conflict do nothing`,
  );
  const { rows } = await db.execute<{ sealed: Buffer }>(sql`select sealed from sealed_key where name = ${KEY_NAME}`);
  const key = rows[0] && openKey(rows[0].sealed);
  if (key) return key;
  throw new AppError(
    "channel_unusable",
    "This desk cannot decrypt what keeps erased people from coming back: its ENCRYPTION_KEY was changed. Who runs the desk adds the former key, or says that it is lost: npm run admin -- token rotate-encryption-key --forget-lost",
  );
}

function openKey(sealed: Buffer): Buffer | null {
  try {
    return Buffer.from(decryptSecret(keyring(), sealed, `key:${KEY_NAME}`), "base64");
  } catch (error) {
    log.error({ reason: errorMessage(error) }, "the key to the marks of erased people cannot be decrypted");
    return null;
  }
}

function hashOf(key: Buffer, { channelId, contactExternalId }: Named): Buffer {
  return hmacSha256(key, `${channelId} ${contactExternalId}`);
}

function keyring() {
  const handle = processHandles().keyring;
  if (!handle) throw new Error("The keyring is opened by the server process; nothing opened it here.");
  return handle;
}
