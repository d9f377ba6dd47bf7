"use client";

import { type RefObject, useLayoutEffect } from "react";

/** A field that grows with what is written, up to its greatest height; from there on it scrolls. */
export function useGrowth(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: measures what the text has become
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [field, text]);
}
