import { setTimeout as wait } from "node:timers/promises";

const EVERY_MS = 20;
/** Far more than is ever needed, also where other work has the machine. */
const DEADLINE_MS = 60_000;

/** Looks until `look` gives something truthy; an error in it counts as "not yet". @throws with what was seen last */
export async function until<T>(
  what: string,
  look: () => Promise<T> | T,
  deadlineMs = DEADLINE_MS,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    let seen: unknown;
    try {
      const value = await look();
      if (value) return value;
      seen = value;
    } catch (error) {
      seen = error;
    }
    if (Date.now() > deadline)
      throw new Error(`Waited in vain until ${what}; last seen: ${String(seen)}`, { cause: seen });
    await wait(EVERY_MS);
  }
}
