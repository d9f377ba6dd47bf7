import type { ServerResponse } from "node:http";

export interface Fault {
  /** "send" for every Send call, else the beginning of a Graph path without its version; null: any. */
  path: string | null;
  method: string | null;
  recipient: string | null;
  times: number;
  /** The call takes effect before the fault happens. */
  accept: boolean;
  kind: "error" | "close" | "hang" | "html" | "delay";
  status: number;
  code: number;
  subcode: number | null;
  message: string;
  ms: number;
}

/** Faults that wait for their Graph call, oldest first. */
export class Faults {
  private queue: Fault[] = [];
  private readonly hanging = new Set<ServerResponse>();

  add(fault: Fault): void {
    this.queue.push(fault);
  }

  /** Takes the first fault that fits this call. */
  take(method: string, path: string, isSend: boolean, recipient: string | null): Fault | null {
    const found = this.queue.find(
      (fault) =>
        (fault.path === null || (fault.path === "send" ? isSend : path.startsWith(fault.path))) &&
        (fault.method === null || fault.method === method) &&
        (fault.recipient === null || fault.recipient === recipient),
    );
    if (!found) return null;
    found.times--;
    if (found.times <= 0) this.queue = this.queue.filter((fault) => fault !== found);
    return found;
  }

  /** Leaves a call without an answer until the client goes or the faults are cleared. */
  hang(res: ServerResponse): void {
    this.hanging.add(res);
    res.on("close", () => this.hanging.delete(res));
  }

  list(): Fault[] {
    return this.queue;
  }

  clear(): void {
    this.queue = [];
    for (const res of this.hanging) res.destroy();
    this.hanging.clear();
  }
}
