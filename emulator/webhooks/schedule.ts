const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** After this much failing, counted from the first attempt, the app is unsubscribed from the Page. */
export const GIVE_UP_AFTER_MS = 60 * MINUTE;

const DELAYS_MS = [
  200,
  SECOND,
  3 * SECOND,
  10 * SECOND,
  30 * SECOND,
  MINUTE,
  3 * MINUTE,
  8 * MINUTE,
  15 * MINUTE,
  20 * MINUTE,
];

/** How long to wait after the n-th failed attempt (from 1): a few at once, then less and less often. */
export function retryDelay(failedAttempts: number): number {
  return DELAYS_MS[Math.min(failedAttempts, DELAYS_MS.length) - 1] ?? 20 * MINUTE;
}
