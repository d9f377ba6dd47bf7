import type { Emulator } from "../emulator";
import { deliveryId } from "../ids";
import type { PendingDelivery } from "../world/types";
import { attemptDelivery } from "./attempt-delivery";
import { AttemptLog } from "./attempt-log";
import { shuffled } from "./shuffled";
import { Slots } from "./slots";
import { metaJson } from "./wire";

const MAX_TIMER_MS = 60_000;
const MAX_AT_ONCE = 48;

/** One webhook item on its way to one app. */
export interface QueuedItem {
  appId: string;
  pageId: string;
  igId: string;
  threadKey: string;
  item: unknown;
  /** Where the item stands in its entry, `messaging` unless told; times of `changes` are seconds. */
  member?: EntryMember;
}

export type EntryMember = "messaging" | "standby" | "changes";

export interface ReleaseOptions {
  shuffle: boolean;
  reverse: boolean;
  seed: number;
  batchSize: number;
  duplicate: number;
  together: "entries" | "messaging";
}

/** Sends webhooks: promptly, in order within a thread, with retries by the emulator's clock. */
export class Dispatcher {
  readonly log = new AttemptLog();
  private readonly pending = new Map<string, PendingDelivery>();
  private readonly chains = new Map<string, Promise<void>>();
  private held: QueuedItem[] | null = null;
  private readonly queued = new Set<string>();
  private readonly slots = new Slots(MAX_AT_ONCE);
  private timer: NodeJS.Timeout | null = null;
  private timerAt = Number.POSITIVE_INFINITY;
  private stopped = false;
  private generation = 0;

  constructor(private readonly emulator: Emulator) {
    emulator.clock.onMove(() => this.wake());
  }

  resume(pending: PendingDelivery[]): void {
    for (const delivery of pending) this.pending.set(delivery.id, delivery);
    setImmediate(() => this.wake());
  }

  waiting(): PendingDelivery[] {
    return [...this.pending.values()];
  }

  /** Sends one item; resolves once it was attempted, or at once while deliveries are held. */
  send(queued: QueuedItem): Promise<void> {
    if (this.held) {
      this.held.push(queued);
      return Promise.resolve();
    }
    return this.enqueue([queued], queued.threadKey, "entries");
  }

  /** One POST with several items; resolves once it was attempted. */
  enqueue(items: QueuedItem[], chainKey: string, together: ReleaseOptions["together"]): Promise<void> {
    const [first] = items;
    if (!first) return Promise.resolve();
    const now = this.emulator.now();
    const delivery: PendingDelivery = {
      id: deliveryId(),
      appId: first.appId,
      igId: first.igId,
      pageId: first.pageId,
      threadKey: chainKey,
      body: metaJson({ object: "instagram", entry: entries(items, together, now) }),
      items: items.length,
      firstAttemptAt: null,
      attempts: 0,
      nextAt: now,
    };
    this.pending.set(delivery.id, delivery);
    return this.chain(delivery);
  }

  /** How many items are held back; null when nothing is held. */
  heldCount(): number | null {
    return this.held?.length ?? null;
  }

  hold(): void {
    this.held ??= [];
  }

  /** Sends what was held; resolves once every POST was attempted. */
  async release(options: ReleaseOptions): Promise<{ items: number; posts: number }> {
    const held = this.held ?? [];
    const items = options.shuffle ? shuffled(held, options.seed) : options.reverse ? held.toReversed() : held;
    this.held = null;
    const posts: Promise<void>[] = [];
    for (const appId of new Set(items.map((item) => item.appId))) {
      const ofApp = items.filter((item) => item.appId === appId);
      for (let at = 0; at < ofApp.length; at += options.batchSize) {
        const batch = ofApp.slice(at, at + options.batchSize);
        for (let copy = 0; copy < options.duplicate; copy++) {
          const chainKey = options.shuffle || options.reverse || copy > 0 ? deliveryId() : (batch[0]?.threadKey ?? "");
          posts.push(this.enqueue(batch, chainKey, options.together));
        }
      }
    }
    await Promise.all(posts);
    return { items: items.length, posts: posts.length };
  }

  forget(): number {
    const dropped = this.pending.size + (this.held?.length ?? 0);
    this.pending.clear();
    this.held = null;
    this.generation++;
    this.emulator.changed();
    return dropped;
  }

  /** Answers once nothing is being delivered; retries that wait for their time do not count. */
  async idle(): Promise<void> {
    while (this.chains.size > 0) await Promise.all(this.chains.values());
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    await this.idle();
  }

  private chain(delivery: PendingDelivery): Promise<void> {
    const key = `${delivery.appId}:${delivery.threadKey}`;
    const before = this.chains.get(key) ?? Promise.resolve();
    this.queued.add(delivery.id);
    const mine = before
      .then(() => this.slots.use(() => this.run(delivery)))
      .finally(() => {
        this.queued.delete(delivery.id);
        if (this.chains.get(key) === mine) this.chains.delete(key);
      });
    this.chains.set(key, mine);
    return mine;
  }

  private async run(delivery: PendingDelivery): Promise<void> {
    if (this.stopped || !this.pending.has(delivery.id)) return;
    const generation = this.generation;
    const { next, attempt } = await attemptDelivery(this.emulator, delivery);
    if (generation !== this.generation) return;
    if (attempt) this.log.add(attempt);
    if (next === "retry") this.wakeAt(delivery.nextAt);
    else this.pending.delete(delivery.id);
    this.emulator.changed();
  }

  /** Runs what is due and sets the timer for the next. */
  private wake(): void {
    this.timerAt = Number.POSITIVE_INFINITY;
    if (this.timer) clearTimeout(this.timer);
    if (this.stopped) return;
    const now = this.emulator.now();
    let next = Number.POSITIVE_INFINITY;
    for (const delivery of this.pending.values()) {
      if (this.queued.has(delivery.id)) continue;
      if (delivery.nextAt <= now) void this.chain(delivery);
      else next = Math.min(next, delivery.nextAt);
    }
    this.wakeAt(next);
  }

  private wakeAt(at: number): void {
    if (at >= this.timerAt || this.stopped) return;
    if (this.timer) clearTimeout(this.timer);
    this.timerAt = at;
    this.timer = setTimeout(() => this.wake(), Math.min(MAX_TIMER_MS, Math.max(10, at - this.emulator.now())));
    this.timer.unref();
  }
}

function entries(items: QueuedItem[], together: ReleaseOptions["together"], time: number): unknown[] {
  const entryTime = (member: EntryMember) => (member === "changes" ? Math.floor(time / 1000) : time);
  if (together === "entries") {
    return items.map(({ igId, item, member = "messaging" }) => ({
      time: entryTime(member),
      id: igId,
      [member]: [item],
    }));
  }
  const grouped = new Map<string, { igId: string; member: EntryMember; items: unknown[] }>();
  for (const { igId, item, member = "messaging" } of items) {
    const key = `${igId}:${member}`;
    const group = grouped.get(key) ?? { igId, member, items: [] };
    group.items.push(item);
    grouped.set(key, group);
  }
  return [...grouped.values()].map((group) => ({
    time: entryTime(group.member),
    id: group.igId,
    [group.member]: group.items,
  }));
}
