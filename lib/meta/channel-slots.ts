/** Calls that one account may have under way from this process; Graph hanging for it must not take everyone's places. */
const SLOTS = 4;
const SHORTEST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;

const underWay = new Map<string, Set<{ since: number }>>();

/**
 * Runs `work` when the account has a place free. Else tells how long to wait: the longer its calls take, the later.
 */
export async function withChannelSlot<T>(
  channelId: string,
  work: () => Promise<T>,
): Promise<{ done: T } | { waitMs: number }> {
  const calls = underWay.get(channelId) ?? new Set();
  if (calls.size >= SLOTS) {
    const oldest = Math.min(...[...calls].map(({ since }) => since));
    return { waitMs: Math.min(Math.max(performance.now() - oldest, SHORTEST_WAIT_MS), LONGEST_WAIT_MS) };
  }
  const call = { since: performance.now() };
  underWay.set(channelId, calls.add(call));
  try {
    return { done: await work() };
  } finally {
    calls.delete(call);
    if (calls.size === 0) underWay.delete(channelId);
  }
}
