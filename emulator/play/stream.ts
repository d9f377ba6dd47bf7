import type { ServerResponse } from "node:http";
import type { Emulator } from "../emulator";
import type { Thread } from "../world/types";
import { businessView, customerView, threadView } from "./views";

const COALESCE_MS = 25;
const HEARTBEAT_MS = 25_000;
const TAIL = 50;

/** The server-sent events of the phone page. Changes of one thing within a moment are one event. */
export class PlayStream {
  seq = 0;
  private readonly clients = new Set<ServerResponse>();
  private readonly dirty = new Map<string, () => { event: string; data: unknown } | null>();
  private timer: NodeJS.Timeout | null = null;
  private readonly heartbeat: NodeJS.Timeout;

  constructor(private readonly emulator: Emulator) {
    this.heartbeat = setInterval(() => this.write(": still here\n\n"), HEARTBEAT_MS);
    this.heartbeat.unref();
  }

  open(res: ServerResponse): void {
    res.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    });
    res.write(`retry: 1000\nevent: hello\ndata: ${JSON.stringify({ seq: this.seq, now: this.emulator.now() })}\n\n`);
    this.clients.add(res);
    res.on("close", () => this.clients.delete(res));
  }

  threadChanged(thread: Thread): void {
    this.mark(`thread:${thread.id}`, () => ({ event: "thread", data: threadView(this.emulator, thread, TAIL) }));
  }

  businessChanged(igId: string): void {
    this.mark(`business:${igId}`, () => {
      const business = this.emulator.index.businesses.get(igId);
      return business ? { event: "business", data: businessView(this.emulator, business) } : null;
    });
  }

  customerChanged(id: string): void {
    this.mark(`customer:${id}`, () => {
      const customer = this.emulator.index.customers.get(id);
      return customer ? { event: "customer", data: customerView(this.emulator, customer) } : null;
    });
  }

  clockMoved(): void {
    this.mark("clock", () => ({ event: "clock", data: { now: this.emulator.now() } }));
  }

  reset(): void {
    this.dirty.clear();
    this.mark("reset", () => ({ event: "reset", data: {} }));
  }

  close(): void {
    clearInterval(this.heartbeat);
    if (this.timer) clearTimeout(this.timer);
    for (const client of this.clients) client.end();
  }

  private mark(key: string, build: () => { event: string; data: unknown } | null): void {
    this.seq++;
    if (this.clients.size === 0) return;
    this.dirty.set(key, build);
    this.timer ??= setTimeout(() => this.flush(), COALESCE_MS);
  }

  private flush(): void {
    this.timer = null;
    for (const build of this.dirty.values()) {
      const change = build();
      if (change) this.write(`event: ${change.event}\ndata: ${JSON.stringify(change.data)}\n\n`);
    }
    this.dirty.clear();
  }

  private write(text: string): void {
    for (const client of this.clients) client.write(text);
  }
}
