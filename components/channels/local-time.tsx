"use client";

import { useSyncExternalStore } from "react";

/** A moment in the reader's own time zone; the server does not know it and writes UTC first. */
export function LocalTime({ at }: { at: number }) {
  const text = useSyncExternalStore(
    neverChanges,
    () => format(at),
    () => format(at, "UTC"),
  );
  return <time dateTime={new Date(at).toISOString()}>{text}</time>;
}

function neverChanges(): () => void {
  return () => undefined;
}

function format(at: number, timeZone?: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone }).format(at);
}
