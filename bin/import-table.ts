/** What a room of the house may import: `values` anything, `types` only types, `pure` what runs in a browser as well. */
export type Allowance = { values: string[]; types?: string[]; pure?: string[] };

/** Single files in `lib/` are small tools without opinions, open to every room that may use lib. */
export const TOOLS = "lib";

const LIB = ["lib/api", "lib/auth", "lib/db", "lib/inbox", "lib/live", "lib/meta", "lib/queue", "lib/webhooks", TOOLS];

/** Imports run downward only. Rooms that are not named here (bin, bench, test) import what they like and nobody imports them. */
export const IMPORT_TABLE: Record<string, Allowance> = {
  app: { values: ["components", ...LIB] },
  server: { values: LIB },
  components: { values: [], types: LIB, pure: ["lib/inbox", TOOLS] },
  "lib/webhooks": { values: ["lib/api", "lib/inbox", "lib/queue", "lib/db", TOOLS] },
  "lib/api": { values: ["lib/auth", TOOLS], types: ["lib/inbox"], pure: ["lib/inbox"] },
  "lib/meta": { values: ["lib/inbox", "lib/queue", TOOLS], types: ["lib/db"] },
  "lib/auth": { values: ["lib/db", TOOLS] },
  "lib/inbox": { values: ["lib/queue", "lib/live", "lib/db", TOOLS] },
  "lib/queue": { values: ["lib/db", TOOLS] },
  "lib/live": { values: ["lib/db", TOOLS] },
  "lib/db": { values: [TOOLS] },
  [TOOLS]: { values: [] },
  emulator: { values: [] },
  e2e: { values: [] },
  examples: { values: [] },
};

/** Names of Meta's wire that only its own room may speak. */
export const META_WORDS = /\b(IGSID|HUMAN_AGENT|messaging_type)\b/;
export const META_ROOM = "lib/meta";
export const ROOMS_WITHOUT_META = ["app", "components", "lib", "server"];
