export interface CallbackEntry {
  n: number;
  at: number;
  appId: string;
  kind: "deauthorize" | "data_deletion";
  personId: string;
  url: string;
  signedRequest: string;
  status: number | null;
  error: string | null;
  body: string;
  /** What a deletion request was answered with: where its state can be read, and its code. */
  receipt: { url: string; confirmationCode: string } | null;
  /** Why Facebook would not accept the answer, in words. */
  problem: string | null;
}

/** Every `signed_request` that was sent to an app. */
export class CallbackLog {
  private entries: CallbackEntry[] = [];
  private count = Date.now();

  add(entry: Omit<CallbackEntry, "n">): CallbackEntry {
    const kept = { n: ++this.count, ...entry };
    this.entries.push(kept);
    return kept;
  }

  after(n: number): CallbackEntry[] {
    return this.entries.filter((entry) => entry.n > n);
  }

  clear(): void {
    this.entries = [];
  }
}
