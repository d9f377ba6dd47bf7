import { expect, test } from "vitest";
import { databaseOf, openPool } from "@/lib/db/connection";
import { createTestDatabase } from "./database";

test("every test database is migrated, and none sees another's rows", async () => {
  const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  const [onePool, otherPool] = [openPool(one.url), openPool(other.url)];
  try {
    const tables = "select count(*)::int as n from information_schema.tables where table_schema = 'public'";
    expect((await databaseOf(onePool).execute(tables)).rows[0]?.n).toBeGreaterThan(3);
    await onePool.query("create table only_here (n int)");
    await expect(otherPool.query("select * from only_here")).rejects.toThrow(/does not exist/);
  } finally {
    await onePool.end();
    await otherPool.end();
    await one.drop();
    await other.drop();
  }
});
