import type { IncomingMessage, ServerResponse } from "node:http";
import type { Pool } from "pg";
import { databaseOf } from "../../lib/db/connection";
import { errorMessage } from "../../lib/errors";
import type { Member } from "../../lib/inbox/context";
import { readChanges } from "../../lib/inbox/read-changes";
import type { Changes } from "../../lib/inbox/types";
import { onRing } from "../../lib/live/doorbell";
import { log } from "../../lib/log";

const HEARTBEAT_MS = 25_000;
/** The fallback for a lost bell. */
const LOOK_MS = 1_000;
/** A client this far behind is cut; it comes back by itself and resumes. */
const MAX_BEHIND_BYTES = 1024 * 1024;

type Client = { response: ServerResponse; cursor: number; member: Member };

type Follower = { clients: Set<Client>; cursor: number | null; reading: boolean; again: boolean; stop: () => void };

export type LiveDoor = {
  serve(request: IncomingMessage, response: ServerResponse, url: URL, member: Member): Promise<void>;
  /** Ends all streams; browsers come back to whoever answers next. */
  close(): void;
};

/**
 * `GET /api/live?after=N`: what changed in the member's workspace, as server-sent events, from event number N on.
 * One follower per workspace reads the log once for all its clients; only a client's gap is read singly.
 * @param isStillMember asked when members changed: a removed member's stream ends at once
 */
export function createLiveDoor(pool: Pool, isStillMember: (member: Member) => Promise<boolean>): LiveDoor {
  const db = databaseOf(pool);
  const followers = new Map<string, Follower>();
  /** Also those that still read their gap. */
  const open = new Set<ServerResponse>();
  let closed = false;
  const heartbeat = setInterval(() => {
    for (const { clients } of followers.values())
      for (const client of clients) client.response.write(": still here\n\n");
  }, HEARTBEAT_MS);
  const look = setInterval(() => {
    for (const workspaceId of followers.keys()) void advance(workspaceId);
  }, LOOK_MS);

  function follow(workspaceId: string): Follower {
    const existing = followers.get(workspaceId);
    if (existing) return existing;
    const stop = onRing(`log:${workspaceId}`, () => void advance(workspaceId));
    const follower: Follower = { clients: new Set(), cursor: null, reading: false, again: false, stop };
    followers.set(workspaceId, follower);
    return follower;
  }

  async function advance(workspaceId: string): Promise<void> {
    const follower = followers.get(workspaceId);
    if (!follower || follower.cursor === null) return;
    if (follower.reading) {
      follower.again = true;
      return;
    }
    follower.reading = true;
    try {
      do {
        follower.again = false;
        const { membersChanged, more, ...changes } = await readChanges(db, workspaceId, follower.cursor);
        if (changes.through === follower.cursor && !changes.resync) continue;
        follower.cursor = changes.through;
        if (more) follower.again = true;
        const frame = frameOf(changes);
        for (const client of follower.clients) send(follower, client, changes, frame);
        if (membersChanged) await dismiss(follower);
      } while (follower.again);
    } catch (error) {
      log.warn({ reason: errorMessage(error) }, "the live log could not be read; it is tried again");
    } finally {
      follower.reading = false;
    }
  }

  function send(follower: Follower, client: Client, changes: Changes, frame: Buffer): void {
    if (client.response.writableEnded || (changes.through <= client.cursor && !changes.resync)) return;
    client.cursor = changes.through;
    client.response.write(frame);
    if (client.response.writableLength > MAX_BEHIND_BYTES) drop(follower, client);
  }

  async function dismiss(follower: Follower): Promise<void> {
    for (const client of follower.clients) if (!(await isStillMember(client.member))) drop(follower, client);
  }

  function drop(follower: Follower, client: Client): void {
    follower.clients.delete(client);
    client.response.destroy();
  }

  /**
   * Reads one client's gap until it stands where the follower stands; from then on it hangs on the follower. It is read
   * at least once: a client may come with a number that this database, restored from a backup, has not reached yet.
   */
  async function join(follower: Follower, client: Client): Promise<void> {
    const { workspaceId } = client.member;
    for (let read = false; ; read = true) {
      if (read && follower.cursor !== null && client.cursor >= follower.cursor) break;
      const { membersChanged: _, more: __, ...changes } = await readChanges(db, workspaceId, client.cursor);
      if (client.response.destroyed || client.response.writableEnded) return;
      if (changes.through === client.cursor && !changes.resync) {
        follower.cursor ??= client.cursor;
        continue;
      }
      client.cursor = changes.through;
      client.response.write(frameOf(changes));
    }
    follower.clients.add(client);
    void advance(workspaceId);
  }

  return {
    async serve(request, response, url, member) {
      const resume = Number(request.headers["last-event-id"] ?? url.searchParams.get("after") ?? 0);
      const client: Client = { response, member, cursor: Number.isSafeInteger(resume) && resume >= 0 ? resume : 0 };
      request.socket.setNoDelay(true);
      response.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-cache, no-transform",
        "x-accel-buffering": "no",
      });
      response.write("retry: 1000\n\n");
      if (closed) {
        response.end();
        return;
      }
      open.add(response);
      const follower = follow(member.workspaceId);
      response.once("close", () => {
        open.delete(response);
        follower.clients.delete(client);
        if (follower.clients.size === 0) follower.cursor = null;
      });
      await join(follower, client);
    },
    close() {
      clearInterval(heartbeat);
      clearInterval(look);
      closed = true;
      for (const follower of followers.values()) follower.stop();
      followers.clear();
      for (const response of open) response.end();
    },
  };
}

/** Bytes, not text: they are made once, however many clients they go to. */
function frameOf(changes: Changes): Buffer {
  return Buffer.from(`event: changes\nid: ${changes.through}\ndata: ${JSON.stringify(changes)}\n\n`);
}
