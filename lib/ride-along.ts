import { setTimeout as delay } from "node:timers/promises";

/**
 * Makes many small calls few large ones without waiting for any: what comes while a run is on its way goes with the next.
 * @param waitMs where nobody is in a hurry: a run lets so much time pass before it begins, so that more come along
 * @param run takes inputs in their order and gives as many outputs; when it fails, all of its inputs fail alike
 */
export function rideAlong<I, O>(
  most: number,
  run: (inputs: I[]) => Promise<O[]>,
  waitMs = 0,
): (input: I) => Promise<O> {
  type Rider = { input: I; settle: (output: O) => void; fail: (error: unknown) => void };
  let waiting: Rider[] = [];
  let running = false;

  async function goOn(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      if (waitMs > 0) await delay(waitMs);
      const riders = waiting.slice(0, most);
      waiting = waiting.slice(most);
      try {
        const outputs = await run(riders.map(({ input }) => input));
        for (const [n, { settle }] of riders.entries()) settle(outputs[n] as O);
      } catch (error) {
        for (const { fail } of riders) fail(error);
      }
    }
    running = false;
  }

  return (input) =>
    new Promise<O>((settle, fail) => {
      waiting.push({ input, settle, fail });
      // What is called in the same turn goes together from the first.
      if (!running) {
        running = true;
        queueMicrotask(() => void goOn());
      }
    });
}
