const SHORTEST = 500;
const LONGEST = 15_000;

/** Waits before try number `attempt`, longer each time and never quite in step with others; the network's return ends it. */
export function pause(attempt: number, signal?: AbortSignal): Promise<void> {
  const ms = Math.min(LONGEST, SHORTEST * 2 ** (attempt - 1)) * (0.75 + Math.random() / 2);
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener("online", end);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    window.addEventListener("online", end);
    signal?.addEventListener("abort", end);
  });
}
