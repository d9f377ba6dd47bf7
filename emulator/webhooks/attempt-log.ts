export interface Attempt {
  n: number;
  deliveryId: string;
  at: number;
  appId: string;
  igId: string;
  url: string;
  attempt: number;
  status: number | null;
  error: string | null;
  ms: number;
  items: number;
  body: string;
  signature256: string;
  signature1: string;
}

const KEPT = 50_000;

/** Every webhook POST that was tried. */
export class AttemptLog {
  private entries: Attempt[] = [];
  /** Begins above every number of an earlier run, so that "after n" holds over a restart. */
  private count = Date.now();

  add(attempt: Omit<Attempt, "n">): void {
    this.entries.push({ n: ++this.count, ...attempt });
    if (this.entries.length > KEPT) this.entries.splice(0, KEPT / 10);
  }

  after(n: number): Attempt[] {
    return this.entries.filter((entry) => entry.n > n);
  }

  find(deliveryId: string): Attempt | undefined {
    return this.entries.find((entry) => entry.deliveryId === deliveryId);
  }

  clear(): void {
    this.entries = [];
  }
}
