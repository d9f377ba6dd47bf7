import { describe, expect, test } from "vitest";
import type { Changes } from "@/lib/inbox/types";
import { changes } from "../inbox-rows.fixture";
import { LiveCursor } from "./live-cursor";

/** A log of `length` events and a tab that follows it from `start`. */
function follow({ start, length, failures = 0 }: { start: number; length: number; failures?: number }) {
  const seen: [number, number][] = [];
  const log = { length, failures, reads: 0, resyncs: 0 };
  const cursor = new LiveCursor({
    start,
    read: async (after): Promise<Changes> => {
      log.reads += 1;
      if (log.failures > 0) {
        log.failures -= 1;
        throw new Error("connection lost");
      }
      return changes({ after, through: Math.min(after + 10, log.length) });
    },
    apply: ({ after, through }) => void seen.push([after, through]),
    resync: async () => {
      log.resyncs += 1;
    },
    pause: () => Promise.resolve(),
  });
  return { cursor, seen, log };
}

describe("a tab that follows the inbox", () => {
  test("frames that continue where it stands are applied, those it had are not", () => {
    const { cursor, seen } = follow({ start: 5, length: 7 });
    cursor.receive(changes({ after: 5, through: 6 }));
    cursor.receive(changes({ after: 4, through: 6 }));
    cursor.receive(changes({ after: 5, through: 7 }));
    expect(seen).toEqual([
      [5, 6],
      [5, 7],
    ]);
    expect(cursor.at).toBe(7);
  });

  test("a gap is read from the server until nothing is missing", async () => {
    const { cursor, seen, log } = follow({ start: 0, length: 25 });
    cursor.receive(changes({ after: 24, through: 25 }));
    await cursor.catchUp(25);
    expect(cursor.at).toBe(25);
    expect(seen.map(([, through]) => through)).toEqual([10, 20, 25]);
    expect(log.reads).toBe(3);
  });

  test("a lost connection while catching up costs a moment and nothing else", async () => {
    const { cursor, log } = follow({ start: 0, length: 12, failures: 3 });
    await cursor.catchUp(12);
    expect(cursor.at).toBe(12);
    expect(log.reads).toBe(5);
  });

  test("a target that the log does not have ends instead of asking for ever", async () => {
    const { cursor, log } = follow({ start: 3, length: 3 });
    await cursor.catchUp(9);
    expect(cursor.at).toBe(3);
    expect(log.reads).toBe(1);
  });

  test("a resync takes the server's number, also when it is smaller, and reads everything anew", async () => {
    const { cursor, log } = follow({ start: 500, length: 2 });
    cursor.receive(changes({ after: 500, through: 2, resync: true }));
    expect(cursor.at).toBe(2);
    expect(log.resyncs).toBe(1);
    cursor.receive(changes({ after: 2, through: 3 }));
    expect(cursor.at).toBe(3);
  });

  test("rows read before the tab's position are brought up to it", async () => {
    const { cursor } = follow({ start: 30, length: 30 });
    const applied: number[] = [];
    await expect(cursor.settle(15, ({ through }) => void applied.push(through))).resolves.toBe(true);
    expect(applied).toEqual([25, 30]);
    applied.length = 0;
    await cursor.settle(30, ({ through }) => void applied.push(through));
    expect(applied).toEqual([]);
  });
});
