"use client";

import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

/** Changes the address without asking the server for a page; Back and Forward work as ever. */
export function pushPath(path: string): void {
  if (path === location.pathname) return;
  window.history.pushState(null, "", path);
  for (const listener of listeners) listener();
}

/** The path of the address bar, also after `pushPath`. @param initial the path that the server rendered */
export function useShallowPath(initial: string): string {
  return useSyncExternalStore(
    subscribe,
    () => location.pathname,
    () => initial,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("popstate", listener);
  };
}
