export type Alarm = {
  /** Ends the present wait, or the next one before it begins. */
  ring: () => void;
  /** Forgets earlier rings: what they announced is about to be looked for. */
  silence: () => void;
  /** Until rung, at most `maxMs`. */
  wait: (maxMs: number) => Promise<void>;
};

export function createAlarm(): Alarm {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    silence() {
      rung = false;
    },
    async wait(maxMs) {
      if (rung) return;
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        wake = resolve;
        timer = setTimeout(resolve, maxMs);
      });
      clearTimeout(timer);
      wake = undefined;
    },
  };
}
