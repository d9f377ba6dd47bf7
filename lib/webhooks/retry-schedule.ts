const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Waits after the first, second … failed attempt: five tries within 15 minutes, then ever more seldom over three days. */
export const RETRY_WAITS_MS = [
  5 * SECOND,
  25 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  1 * HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  12 * HOUR,
  24 * HOUR,
  24 * HOUR,
];

/** An event that could not be told within the whole schedule is given up; it can be replayed. */
export const GIVE_UP_MS = RETRY_WAITS_MS.reduce((sum, wait) => sum + wait, 0);

/** Milliseconds until the attempt after `failures` failed ones in a row; an endpoint that is down for long is tried daily. */
export function retryWait(failures: number): number {
  return RETRY_WAITS_MS[failures - 1] ?? 24 * HOUR;
}
