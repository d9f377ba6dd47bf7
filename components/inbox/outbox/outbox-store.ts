import { browserStorage } from "../browser-storage";
import type { OutboxEntry, OutboxStore } from "./outbox";

/** One key per entry, so that two tabs never write over each other. */
export function outboxStore(memberId: string): OutboxStore {
  const prefix = `replydesk:outbox:${memberId}:`;
  return {
    load: () =>
      browserStorage
        .keys(prefix)
        .map((key) => parseEntry(browserStorage.read(key)))
        .filter((entry) => entry !== null),
    save: (entry) => browserStorage.write(prefix + entry.id, JSON.stringify(entry)),
    forget: (id) => browserStorage.remove(prefix + id),
  };
}

function parseEntry(text: string | null): OutboxEntry | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    // What an earlier version left behind is a text and nothing else.
    return isEntry(value) ? { ...plainText(value.text), ...value } : null;
  } catch {
    // Someone else's bytes under our name: nothing of ours is in them.
    return null;
  }
}

function plainText(text: string): Pick<OutboxEntry, "parts" | "files" | "quote"> {
  return { parts: [{ type: "text", text }], files: [], quote: null };
}

function isEntry(value: unknown): value is OutboxEntry {
  if (typeof value !== "object" || value === null) return false;
  const entry = value as Record<string, unknown>;
  return (
    typeof entry.id === "string" &&
    typeof entry.conversationId === "string" &&
    typeof entry.text === "string" &&
    typeof entry.writtenAt === "number"
  );
}
