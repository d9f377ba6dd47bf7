import type { Keyring } from "../crypto";

const PREFIX = "replydesk keys ";

/**
 * What a server process is called in the database's list of connections: which keys it has, the one it encrypts with
 * first. The ids of keys tell nothing about them; 63 characters hold five.
 */
export function processName({ encryptWith, keys }: Keyring): string {
  return PREFIX + [encryptWith, ...[...keys.keys()].filter((id) => id !== encryptWith)].slice(0, 5).join(" ");
}

/** The keys of a process by its name, the one it encrypts with first; null for other connections. */
export function keysInName(name: string): string[] | null {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length).split(" ") : null;
}
