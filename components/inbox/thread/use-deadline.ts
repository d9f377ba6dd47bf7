"use client";

import { useEffect, useState } from "react";
import { useInbox } from "../inbox-context";

/** Browsers fire a longer timer at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Whether a moment has come by the server's clock; turns by itself. */
export function useDeadline(at: number): boolean {
  const { clock } = useInbox().inbox;
  const [passed, setPassed] = useState(() => clock.minute >= at);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const look = () => {
      clearTimeout(timer);
      const left = at - clock.now();
      setPassed(left <= 0);
      if (left > 0) timer = setTimeout(look, Math.min(left, LONGEST_TIMER));
    };
    look();
    const unsubscribe = clock.subscribe(look);
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [at, clock]);
  return passed;
}
