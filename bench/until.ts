import { setTimeout as wait } from "node:timers/promises";

const DEADLINE_MS = 60_000;

/** @param otherwise the words of the error when it does not come true within a minute */
export async function until(holds: () => Promise<boolean>, otherwise: string): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(otherwise);
    await wait(10);
  }
}
