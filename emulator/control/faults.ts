import type { ServerResponse } from "node:http";

export interface Fault {
  /** "send" for every Send call, else the beginning of a Graph path without its version; null: any. */
  path: string | null;
  method: string | null;
  recipient: string | null;
  /** The Instagram account whose calls are hit; null: any. */
  igId: string | null;
  /** How many calls it hits; null: all of them until it ends. */
  times: number | null;
  /** When it ends, by the emulator's clock; null: when it is used up or cleared. */
  until: number | null;
  /** A storm stands above the single faults, one for each account. */
  storm: boolean;
  /** The call takes effect before the fault happens. */
  accept: boolean;
  /** `ignore`: says that it succeeded, and has done nothing. */
  kind: "error" | "close" | "hang" | "html" | "delay" | "ignore";
  status: number;
  code: number;
  subcode: number | null;
  message: string;
  transient: boolean | null;
  /** Minutes until calls are welcome again, told in the usage header. */
  regainMinutes: number;
  ms: number;
}

/** What a fault may look at. */
export interface FaultTarget {
  method: string;
  path: string;
  isSend: boolean;
  recipient: string | null;
  igId: string | null;
}

/** Faults that wait for their Graph call, oldest first. */
export class Faults {
  private queue: Fault[] = [];
  private readonly hanging = new Map<ServerResponse, string | null>();

  constructor(private readonly now: () => number) {}

  /** A storm replaces the one that its account had. */
  add(fault: Fault): void {
    if (fault.storm) this.queue = this.queue.filter((one) => !one.storm || one.igId !== fault.igId);
    this.queue.push(fault);
  }

  /** Takes the first fault that fits this call: single ones before storms. */
  take(target: FaultTarget): Fault | null {
    const fitting = this.list().filter((fault) => fits(fault, target));
    const found = fitting.find((fault) => !fault.storm) ?? fitting[0];
    if (!found) return null;
    if (found.times !== null && --found.times <= 0) this.queue = this.queue.filter((fault) => fault !== found);
    return found;
  }

  /** Leaves a call without an answer until the client goes or the faults are cleared. */
  hang(res: ServerResponse, igId: string | null): void {
    this.hanging.set(res, igId);
    res.on("close", () => this.hanging.delete(res));
  }

  list(): Fault[] {
    const now = this.now();
    this.queue = this.queue.filter((fault) => fault.until === null || now < fault.until);
    return this.queue;
  }

  /** Forgets the faults of one account, or all of them, and closes the calls they left hanging. */
  clear(igId: string | null = null): void {
    this.queue = igId === null ? [] : this.queue.filter((fault) => fault.igId !== igId);
    for (const [res, account] of this.hanging) if (igId === null || account === igId) res.destroy();
  }
}

function fits(fault: Fault, { method, path, isSend, recipient, igId }: FaultTarget): boolean {
  return (
    (fault.path === null || (fault.path === "send" ? isSend : path.startsWith(fault.path))) &&
    (fault.method === null || fault.method === method) &&
    (fault.recipient === null || fault.recipient === recipient) &&
    (fault.igId === null || fault.igId === igId)
  );
}
