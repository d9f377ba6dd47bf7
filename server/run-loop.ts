import { errorMessage } from "../lib/errors";
import { log } from "../lib/log";

const LOOK_MS = 1_000;

/**
 * Calls `step` while it finds something to do; then sleeps until it is woken, and looks every second all the same.
 * An error is logged and tried again with the next look.
 */
export function runLoop(options: {
  name: string;
  step: () => Promise<number>;
  subscribe: (wake: () => void) => () => void;
}): { stop(): Promise<void> } {
  let stopped = false;
  let woken = false;
  let rouse: (() => void) | null = null;
  const unsubscribe = options.subscribe(() => {
    woken = true;
    rouse?.();
  });

  async function run(): Promise<void> {
    while (!stopped) {
      woken = false;
      try {
        while (!stopped && (await options.step()) > 0);
      } catch (error) {
        log.error({ loop: options.name, reason: errorMessage(error) }, "a worker loop failed; it looks again");
      }
      if (!woken && !stopped) await sleep();
    }
  }

  function sleep(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, LOOK_MS);
      function done() {
        clearTimeout(timer);
        rouse = null;
        resolve();
      }
      rouse = done;
    });
  }

  const ended = run();
  return {
    async stop() {
      stopped = true;
      unsubscribe();
      rouse?.();
      await ended;
    },
  };
}
