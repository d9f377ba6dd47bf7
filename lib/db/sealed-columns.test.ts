import { expect, test } from "vitest";
import { createTestDatabase } from "@/test/database";
import { openPool } from "./connection";
import { SEALED_COLUMNS } from "./sealed-columns";

test("every column that holds an encrypted secret is encrypted anew when the key changes", async () => {
  const database = await createTestDatabase();
  const pool = openPool(database.url);
  try {
    const { rows } = await pool.query<{ name: string }>(`
      select table_name || '.' || column_name as name from information_schema.columns
      where table_schema = 'public' and data_type = 'bytea' and column_name like '%sealed'`);
    expect(SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`).sort()).toEqual(
      rows.map(({ name }) => name).sort(),
    );
  } finally {
    await pool.end();
    await database.drop();
  }
});
