import { errorMessage } from "@/lib/errors";

export type Stoppable = { stop(): Promise<void>; kill?(): void };

export type Stopping = {
  /** What is added last is stopped first. */
  add(part: Stoppable): void;
  /** Throws when we were asked to stop while still starting. */
  throwIfAsked(): void;
  /** From here on a signal stops everything and ends this process. */
  ready(): void;
  stopNow(): Promise<void>;
};

/** Ends this process in order on Ctrl-C, SIGTERM or a closed terminal; asked twice, it does not wait for work to finish. */
export function stopOnSignal(): Stopping {
  const parts: Stoppable[] = [];
  let asked = false;
  let started = false;

  const stopNow = async () => {
    for (const part of parts.slice().reverse()) await part.stop();
  };
  const finish = async () => {
    try {
      await stopNow();
      process.exit(0);
    } catch (error) {
      console.error(errorMessage(error));
      process.exit(1);
    }
  };
  const onSignal = () => {
    if (asked) {
      for (const part of parts) part.kill?.();
      return;
    }
    asked = true;
    console.log("\nStopping …");
    if (started) void finish();
  };
  // The terminal may be gone before we are; what is printed then has no reader, and that must not cut the stopping short.
  process.stdout.on("error", () => undefined);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);

  return {
    add: (part) => parts.push(part),
    throwIfAsked: () => {
      if (asked) throw new Stopped();
    },
    ready: () => {
      started = true;
      if (asked) void finish();
    },
    stopNow,
  };
}

/** Not a failure: someone asked us to stop before we had started. */
export class Stopped extends Error {}
