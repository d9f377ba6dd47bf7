"use client";

import { type PointerEvent, useRef } from "react";

const HOLD_MS = 450;

/** Hears a finger that rests on something without moving. */
export function useLongPress(onHold: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stop = () => clearTimeout(timer.current);
  return {
    onPointerDown: ({ pointerType }: PointerEvent) => {
      stop();
      if (pointerType === "touch") timer.current = setTimeout(onHold, HOLD_MS);
    },
    // The browser takes the finger over when it scrolls.
    onPointerCancel: stop,
    onPointerUp: stop,
    onPointerLeave: stop,
  };
}
