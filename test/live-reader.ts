import { type ClientRequest, get } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { Changes, ConversationRow, MessageRow } from "@/lib/inbox/types";

/** A browser's view of one workspace, kept by its stream alone: what each row said last, and in which order frames came. */
export type LiveReader = {
  conversations: Map<string, ConversationRow>;
  messages: Map<string, MessageRow>;
  /** Every frame in the order of arrival. */
  frames: Changes[];
  /** Number of the last event that was received. */
  through: number;
  /** How often the connection was made. */
  connections: number;
  /** How often it ended. */
  ended: number;
  close(): void;
};

const RECONNECT_MS = 30;

/**
 * Follows `/api/live` like an EventSource: comes back after every break with the last id it has seen.
 * @param resumeFrom an id that it has seen before
 */
export function followLive(url: string, cookie: string, after: number, resumeFrom?: number): LiveReader {
  let closed = false;
  let current: ClientRequest | undefined;
  let lastEventId = resumeFrom === undefined ? null : String(resumeFrom);
  const reader: LiveReader = {
    conversations: new Map(),
    messages: new Map(),
    frames: [],
    through: resumeFrom ?? after,
    connections: 0,
    ended: 0,
    close() {
      closed = true;
      current?.destroy();
    },
  };

  async function run(): Promise<void> {
    while (!closed) {
      await connectOnce();
      if (!closed) await wait(RECONNECT_MS);
    }
  }

  function connectOnce(): Promise<void> {
    return new Promise((ended) => {
      const headers = { cookie, ...(lastEventId === null ? {} : { "last-event-id": lastEventId }) };
      current = get(`${url}/api/live?after=${after}`, { headers, agent: false }, (response) => {
        reader.connections += 1;
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          text += chunk;
          for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
            const block = text.slice(0, end);
            text = text.slice(end + 2);
            lastEventId = take(reader, block) ?? lastEventId;
          }
        });
        response.on("close", () => {
          reader.ended += 1;
          ended();
        });
      });
      current.on("error", () => ended());
    });
  }

  void run();
  return reader;
}

/** @returns the id of the event in this block, if it is one */
function take(reader: LiveReader, block: string): string | null {
  const fields = new Map(
    block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
  );
  const data = fields.get("data");
  if (fields.get("event") !== "changes" || data === undefined) return null;
  const changes = JSON.parse(data) as Changes;
  reader.frames.push(changes);
  reader.through = changes.through;
  for (const row of changes.conversations) keepNewer(reader.conversations, row);
  for (const row of changes.messages) keepNewer(reader.messages, row);
  for (const id of changes.removed) reader.messages.delete(id);
  return fields.get("id") ?? null;
}

function keepNewer<T extends { id: string; version: number }>(rows: Map<string, T>, row: T): void {
  const known = rows.get(row.id);
  if (!known || known.version <= row.version) rows.set(row.id, row);
}
