export type RequestLimit = {
  /** Counts one request of this key. @returns what is left of its minute, and seconds until the next begins; left is negative for one too many */
  take(key: string): { limit: number; left: number; resetSeconds: number };
};

const WINDOW_MS = 60_000;

/** So many requests a minute and key, in the memory of this process: enough to stop a loop that runs away. */
export function limitRequests(perMinute: number): RequestLimit {
  let startedAt = performance.now();
  let counts = new Map<string, number>();

  return {
    take(key) {
      const at = performance.now();
      if (at - startedAt >= WINDOW_MS) {
        startedAt = at;
        counts = new Map();
      }
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      const resetSeconds = Math.max(1, Math.ceil((startedAt + WINDOW_MS - at) / 1000));
      return { limit: perMinute, left: perMinute - count, resetSeconds };
    },
  };
}
