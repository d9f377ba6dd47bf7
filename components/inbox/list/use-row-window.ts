"use client";

import { type RefObject, useEffect, useState } from "react";

/** Height of one row; the same everywhere, so that places can be computed. */
export const ROW_REM = 4.25;

/** Below this many rows all of them are kept in the page. */
const FEW = 80;
const SPARE = 12;

/** Which rows of a long list are near enough to what is seen to be in the page. */
export function useRowWindow(pane: RefObject<HTMLElement | null>, count: number): { first: number; last: number } {
  const [range, setRange] = useState({ first: 0, last: FEW });
  useEffect(() => {
    const element = pane.current;
    if (!element || count <= FEW) return;
    const measure = () => {
      const height = rowHeight();
      // In steps, so that scrolling renders every few rows and not at every pixel.
      const first = Math.max(0, Math.floor(element.scrollTop / height / SPARE) * SPARE - SPARE);
      const last = first + Math.ceil(element.clientHeight / height) + 3 * SPARE;
      setRange((known) => (known.first === first && known.last === last ? known : { first, last }));
    };
    measure();
    element.addEventListener("scroll", measure, { passive: true });
    window.addEventListener("resize", measure);
    return () => {
      element.removeEventListener("scroll", measure);
      window.removeEventListener("resize", measure);
    };
  }, [pane, count]);
  return count <= FEW ? { first: 0, last: count } : range;
}

/** In px, as the reader's font size makes it. */
export function rowHeight(): number {
  return ROW_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}
