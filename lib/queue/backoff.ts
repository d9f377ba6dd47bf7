/** Doubles from `firstMs` with every failed attempt, never above `maxMs`. */
export function exponentialBackoff(firstMs: number, maxMs: number): (attempt: number) => number {
  return (attempt) => Math.min(maxMs, firstMs * 2 ** (attempt - 1));
}

const JITTER = 0.25;

/** What failed together must not come back together. */
export function withJitter(delayMs: number): number {
  return Math.round(delayMs * (1 - JITTER + 2 * JITTER * Math.random()));
}
