import type { MediaKind } from "../world/types";

export interface Switches {
  /** When the echo of a reply goes out: after the HTTP answer, before it, never, or `echoDelayMs` later. */
  echo: "normal" | "before" | "never" | "delayed";
  echoDelayMs: number;
  /** Calls a second and account that the Conversations API takes; 0: any number. */
  conversationsPerSecond: number;
  /** CDN kinds that a server may fetch without being refused. */
  serverMayFetch: MediaKind[];
  /** A conversation that makes every list holding it fail with code 1. */
  poisonedThread: string | null;
}

export function defaultSwitches(): Switches {
  return { echo: "normal", echoDelayMs: 1000, conversationsPerSecond: 0, serverMayFetch: [], poisonedThread: null };
}
