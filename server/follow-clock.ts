import type { Pool } from "pg";
import { onRing } from "../lib/live/doorbell";
import { setClockOffset } from "../lib/time";

/** Keeps this process's clock equal to the database's (table `clock`, which only tests move). */
export async function followClock(pool: Pool): Promise<() => void> {
  async function read(): Promise<void> {
    const { rows } = await pool.query<{ offset_ms: number }>("select offset_ms from clock where id = 1");
    setClockOffset(rows[0]?.offset_ms ?? 0);
  }
  await read();
  return onRing("clock", () => void read().catch(() => undefined));
}
