/** Milliseconds of the machine's monotonic clock, the same for all its processes. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** @param sorted ascending @param share 0.99 for p99 */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: number[]): number {
  return percentile(
    values.slice().sort((a, b) => a - b),
    0.5,
  );
}
