import { processHandles } from "./process-handles";

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Milliseconds since 1970 by the desk's one clock: the machine's, plus an offset that only tests move. */
export function now(): number {
  return Date.now() + processHandles().clock.offsetMs;
}

/** Follows the database's clock row (table `clock`), which is 0 outside tests. */
export function setClockOffset(offsetMs: number): void {
  processHandles().clock.offsetMs = offsetMs;
}
