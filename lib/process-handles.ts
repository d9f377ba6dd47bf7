import type { EventEmitter } from "node:events";
import type { Pool } from "pg";
import type { Keyring } from "./crypto";

/**
 * What must exist once per process. Next's bundle and the server's bundle each hold a copy of `lib`,
 * so module state would exist twice; handles hang on `globalThis` instead, and only here.
 */
export type ProcessHandles = {
  pool?: Pool;
  bell?: EventEmitter;
  keyring?: Keyring;
  clock: { offsetMs: number };
};

declare global {
  var replydeskHandles: ProcessHandles | undefined;
}

export function processHandles(): ProcessHandles {
  globalThis.replydeskHandles ??= { clock: { offsetMs: 0 } };
  return globalThis.replydeskHandles;
}
