import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runAdmin } from "@/bin/admin/run-admin.fixture";
import { createKeyring, decryptSecret, encryptSecret } from "@/lib/crypto";
import { SEALED_COLUMNS } from "@/lib/db/sealed-columns";
import type { Child } from "./child-process";
import { addWorkspace } from "./desk-fixture";
import { freePort } from "./free-port";
import { FACEBOOK_APP, FIRST_ENCRYPTION_KEY, type LiveDesk, openLiveDesk } from "./live-desk";
import { until } from "./until";

/** Secrets at rest: encrypted, bound to their place, and encrypted with another key while the desk goes on working. */
let live: LiveDesk;

const SECOND_KEY = "the second test key for secrets at rest 9876543210";
const BOTH = `${SECOND_KEY},${FIRST_ENCRYPTION_KEY}`;

beforeAll(async () => {
  live = await openLiveDesk();
});
afterAll(() => live?.close());

const rotate = (encryptionKey: string, ...flags: string[]) =>
  runAdmin(["token", "rotate-encryption-key", "--json", ...flags], {
    DATABASE_URL: live.desk.url,
    ENCRYPTION_KEY: encryptionKey,
  });

type Sealed = { place: string; bound: string; sealed: Buffer };

async function sealedRows(): Promise<Sealed[]> {
  const parts = SEALED_COLUMNS.map(
    ({ table, column, boundTo }) =>
      `select '${table}' as place, ${boundTo} as bound, ${column} as sealed from ${table} where ${column} is not null`,
  );
  return (await live.desk.pool.query<Sealed>(parts.join(" union all "))).rows;
}

function readable(rows: Sealed[], keys: string): number {
  const keyring = createKeyring(keys);
  return rows.filter(({ sealed, bound }) => {
    try {
      return decryptSecret(keyring, sealed, bound) !== "";
    } catch {
      return false;
    }
  }).length;
}

test("every column that holds a secret is encrypted anew when the key changes", async () => {
  const { rows } = await live.desk.pool.query<{ table: string; column: string }>(`
    select table_name as table, column_name as column from information_schema.columns
    where table_schema = 'public' and data_type = 'bytea' and column_name like '%sealed%' order by 1, 2`);
  expect(
    SEALED_COLUMNS.map(({ table, column }) => ({ table, column })).sort((a, b) => (a.table < b.table ? -1 : 1)),
  ).toEqual(rows);
});

test("a dump shows no token and no secret in clear, and a sealed row does not open anywhere else", async () => {
  const server = await live.start();
  const customer = await live.newCustomer();
  await live.reply(customer, "Good morning");
  await until("the reply is sent", async () => (await live.replies(customer)).includes("sent Good morning"));
  await server.stop();
  const other = await addWorkspace(live.desk, { accountId: "17841400000000999", token: "EAA-of-the-other-account" });
  const rows = (await sealedRows()).filter(({ place }) => place === "channel");
  const keyring = createKeyring(FIRST_ENCRYPTION_KEY);
  const tokens = rows.map(({ sealed, bound }) => decryptSecret(keyring, sealed, bound));
  expect(tokens).toContain("EAA-of-the-other-account");
  const { rows: tables } = await live.desk.pool.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
  );
  const dump: string[] = [];
  for (const { name } of tables) {
    const { rows } = await live.desk.pool.query<{ line: string }>(`select t::text as line from ${name} t`);
    dump.push(...rows.map((row) => row.line));
  }
  const text = dump.join("\n");
  expect(text).toContain("Good morning");
  for (const secret of [...tokens, FACEBOOK_APP.secret, FIRST_ENCRYPTION_KEY]) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(Buffer.from(secret).toString("hex"));
    expect(text).not.toContain(Buffer.from(secret).toString("base64"));
  }

  expect(readable(rows, FIRST_ENCRYPTION_KEY)).toBe(2);
  await live.desk.db.execute(sql`
    update channel set token_sealed = (select token_sealed from channel where id = ${live.shop.channelId}) where id = ${other.channelId}`);
  const moved = (await sealedRows()).filter(({ place }) => place === "channel");
  expect(readable(moved, FIRST_ENCRYPTION_KEY)).toBe(1);
  await live.desk.db.execute(sql`update channel set token_sealed = null where id = ${other.channelId}`);
});

test("the key changes while replies leave from two processes; each leaves once, and every secret moves", async () => {
  const second = await freePort();
  const start = (encryptionKey: string): Promise<Child[]> =>
    Promise.all([
      live.start({ env: { ENCRYPTION_KEY: encryptionKey } }),
      live.start({ env: { ENCRYPTION_KEY: encryptionKey }, port: second }),
    ]);
  const old = createKeyring(FIRST_ENCRYPTION_KEY);
  for (let n = 0; n < 500; n++) {
    const id = String(800_000_000_000 + n);
    const sealed = encryptSecret(old, `app-secret-${n}`, `facebook-app:${live.shop.workspaceId}:${id}`);
    await live.desk.db.execute(sql`
      insert into facebook_app (workspace_id, id, secret_sealed, verify_token, created_at)
      values (${live.shop.workspaceId}, ${id}, ${sql.param(sealed)}, 'verify', desk_now())`);
  }

  const [main, other] = await start(FIRST_ENCRYPTION_KEY);
  await main?.stop();
  const renewed = await live.start({ env: { ENCRYPTION_KEY: BOTH } });
  expect(JSON.parse((await rotate(BOTH)).stdout)).toEqual({ ok: false, reason: "restart_first", processes: 1 });
  expect(readable(await sealedRows(), SECOND_KEY)).toBe(0);
  await other?.stop();
  const renewedToo = await live.start({ env: { ENCRYPTION_KEY: BOTH }, port: second });

  const customers = await Promise.all(Array.from({ length: 6 }, () => live.newCustomer()));
  let rotated = false;
  const flow = customers.map(async (customer) => {
    const said: string[] = [];
    // Some before, some while it is done, some after.
    for (let after = 0; after < 2; after += rotated ? 1 : 0) {
      const text = `Reply ${said.length + 1}`;
      await live.reply(customer, text);
      said.push(text);
      await until("it has left", async () => (await live.replies(customer)).includes(`sent ${text}`));
    }
    return said;
  });
  // Two operators at once; one who is cut off begins again the same way.
  const outcomes = await Promise.all([rotate(BOTH), rotate(BOTH)]);
  rotated = true;
  const said = await Promise.all(flow);

  const told = outcomes.map(({ stdout }) => JSON.parse(stdout));
  for (const each of told) expect(each).toMatchObject({ ok: true, unreadable: {}, oldKeysNeeded: false });
  const moved = told.reduce((sum, each) => sum + (each.changed.facebook_app ?? 0), 0);
  expect(moved).toBe(500);
  const rows = await sealedRows();
  expect(readable(rows, SECOND_KEY)).toBe(rows.length);
  expect(rows.length).toBeGreaterThan(500);

  // Without the old key the desk goes on.
  await Promise.all([renewed.stop(), renewedToo.stop()]);
  await live.start({ env: { ENCRYPTION_KEY: SECOND_KEY } });
  for (const [n, customer] of customers.entries()) {
    await live.reply(customer, "The last one");
    await until("it has left", async () => (await live.replies(customer)).includes("sent The last one"));
    const texts = (await live.ledger(customer)).map(({ text }) => text);
    expect(texts).toEqual([...(said[n] ?? []), "The last one"]);
  }
});

test("a secret whose key is gone is named and left as it is, and messages come in all the same", async () => {
  const stranger = createKeyring("a key that nobody has any more 0123456789");
  const sealed = encryptSecret(stranger, "x", "key:erased-contacts");
  await live.desk.db.execute(sql`delete from sealed_key`);
  await live.desk.db.execute(
    sql`insert into sealed_key (name, sealed) values ('erased-contacts', ${sql.param(sealed)})`,
  );
  await live.desk.db.execute(sql`
    insert into erased_contact (workspace_id, channel_id, person_hash, at)
    values (${live.shop.workspaceId}, ${live.shop.channelId}, '\\x00'::bytea, desk_now())`);
  const told = async (...flags: string[]) => {
    const { code, stdout } = await rotate(SECOND_KEY, ...flags);
    return { code, told: JSON.parse(stdout) };
  };
  expect(await told()).toMatchObject({
    code: 1,
    told: { ok: false, unreadable: { sealed_key: 1 }, oldKeysNeeded: true },
  });
  await live.newCustomer("Is anybody there?");
  expect(await told("--forget-lost")).toMatchObject({ code: 0, told: { ok: true } });
  expect((await live.desk.pool.query("select from erased_contact")).rowCount).toBe(0);
});
