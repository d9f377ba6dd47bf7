"use client";

import { useEffect, useRef, useState } from "react";

export type MediaAttempts = {
  /** Which of the ways to draw it is tried: 0, 1 …; null when none of them loads. */
  way: number | null;
  /** Changes when the same way is tried again: the key of the element that loads. */
  attempt: number;
  onError: () => void;
};

/**
 * Draws media whose address may have died: the next way when one does not load, and `onLost` when none does. Without a
 * network nothing loads, and that says nothing about the media: it is tried again once there is one.
 */
export function useMediaAttempts(ways: number, onLost: () => void): MediaAttempts {
  const [way, setWay] = useState<number | null>(0);
  const [attempt, setAttempt] = useState(0);
  const waits = useRef(false);
  useEffect(() => {
    const again = () => {
      if (waits.current) setAttempt((count) => count + 1);
      waits.current = false;
    };
    window.addEventListener("online", again);
    return () => window.removeEventListener("online", again);
  }, []);

  const onError = () => {
    if (way === null) return;
    if (!navigator.onLine) {
      waits.current = true;
      return;
    }
    if (way + 1 < ways) return setWay(way + 1);
    setWay(null);
    onLost();
  };
  return { way, attempt, onError };
}

/** An image may have failed before this script ran, and then no event comes any more. */
export function hasFailed(image: HTMLImageElement | null): boolean {
  return image?.complete === true && image.naturalWidth === 0;
}
