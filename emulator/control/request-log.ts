export interface RequestEntry {
  n: number;
  at: number;
  method: string;
  path: string;
  query: Record<string, string>;
  status: number;
  code: number | null;
  subcode: number | null;
  proof: "absent" | "valid" | "invalid";
  tokenKind: "user" | "page" | "app" | null;
  ms: number;
}

const KEPT = 50_000;
const HOUR_MS = 60 * 60 * 1000;

/** Every Graph call, without tokens and secrets. */
export class RequestLog {
  private entries: RequestEntry[] = [];
  /** Begins above every number of an earlier run, so that "after n" holds over a restart. */
  private count = Date.now();
  private hour = 0;
  private hourCount = 0;

  add(entry: Omit<RequestEntry, "n">): void {
    const hour = Math.floor(entry.at / HOUR_MS);
    this.hourCount = hour === this.hour ? this.hourCount + 1 : 1;
    this.hour = hour;
    this.entries.push({ n: ++this.count, ...entry });
    if (this.entries.length > KEPT) this.entries.splice(0, KEPT / 10);
  }

  after(n: number): RequestEntry[] {
    return this.entries.filter((entry) => entry.n > n);
  }

  /** How many calls came within the clock hour of `now`. */
  thisHour(now: number): number {
    return Math.floor(now / HOUR_MS) === this.hour ? this.hourCount : 0;
  }

  clear(): void {
    this.entries = [];
  }
}
