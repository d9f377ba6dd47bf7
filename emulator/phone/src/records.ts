import { call } from "./api";

const KEPT = 40;
const SETTLE_MS = 250;
const REFRESH_MS = 4_000;

/** One attempt to hand events to the app, as the control API lists it. */
export interface Attempt {
  n: number;
  at: number;
  attempt: number;
  status: number | null;
  error: string | null;
  ms: number;
  items: number;
  body?: string;
}

/** One send that Instagram accepted from the app. */
export interface LedgerEntry {
  n: number;
  at: number;
  igId: string;
  customerId: string | null;
  kind: string;
  text: string | null;
  tag: string | null;
}

/** What passed between Instagram and the app lately, newest first. Read again shortly after anything happens, and now and then. */
export class Records {
  attempts: Attempt[] = [];
  ledger: LedgerEntry[] = [];
  /** How many deliveries wait for their next attempt. */
  pending = 0;
  /** How many events are held back; null when none are. */
  held: number | null = null;
  #listeners = new Set<() => void>();
  #timer: number | undefined;
  #due = Number.POSITIVE_INFINITY;
  #begun = false;

  subscribe(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Something happened: read again once it has settled. */
  poke(delay = SETTLE_MS): void {
    const due = Date.now() + delay;
    if (due >= this.#due) return;
    window.clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = window.setTimeout(() => void this.#read(), delay);
  }

  /** The emulator began anew: so does what is shown of it. */
  forget(): void {
    this.attempts = [];
    this.ledger = [];
    this.#begun = false;
    this.poke();
  }

  async #read(): Promise<void> {
    this.#due = Number.POSITIVE_INFINITY;
    if (document.visibilityState === "visible") {
      try {
        if (!this.#begun) await this.#begin();
        const [deliveries, ledger] = await Promise.all([
          call<{ entries: Attempt[]; pending: unknown[]; held: number | null }>(
            `/_control/deliveries?after=${this.attempts[0]?.n ?? 0}&bodies=1`,
          ),
          call<{ entries: LedgerEntry[] }>(`/_control/ledger?after=${this.ledger[0]?.n ?? 0}`),
        ]);
        this.attempts = newestFirst(deliveries.entries, this.attempts);
        this.ledger = newestFirst(ledger.entries, this.ledger);
        this.pending = deliveries.pending.length;
        this.held = deliveries.held;
        for (const listener of this.#listeners) listener();
      } catch {
        // The phone itself says that the emulator is away; the records come back with it.
      }
    }
    this.poke(REFRESH_MS);
  }

  /** Skips to the last attempts, so that a long history is not read with all its bodies. */
  async #begin(): Promise<void> {
    const { entries } = await call<{ entries: Attempt[] }>("/_control/deliveries?after=0");
    const before = entries.at(-KEPT - 1);
    this.attempts = before ? [before] : [];
    this.#begun = true;
  }
}

function newestFirst<T extends { n: number }>(fresh: T[], known: T[]): T[] {
  return [...fresh.reverse(), ...known].slice(0, KEPT);
}

const KINDS: [member: string, name: string][] = [
  ["read", "seen"],
  ["reaction", "reaction"],
  ["postback", "button"],
  ["message_edit", "edit"],
  ["referral", "referral"],
];

/** "message, seen": the kinds of event in one attempt, or how many there were when its body is not at hand. */
export function kindsOf(attempt: Attempt): string {
  const kinds = new Set(itemsIn(attempt.body).map(kindOf));
  if (kinds.size > 0) return [...kinds].join(", ");
  return attempt.items === 1 ? "1 event" : `${attempt.items} events`;
}

function itemsIn(body: string | undefined): object[] {
  if (!body) return [];
  try {
    const parsed: { entry?: { messaging?: unknown[]; standby?: unknown[]; changes?: unknown[] }[] } = JSON.parse(body);
    return (parsed.entry ?? [])
      .flatMap((entry) => [...(entry.messaging ?? []), ...(entry.standby ?? []), ...(entry.changes ?? [])])
      .filter((item): item is object => typeof item === "object" && item !== null);
  } catch {
    return [];
  }
}

function kindOf(item: object): string {
  if ("message" in item && typeof item.message === "object" && item.message !== null) {
    if ("is_deleted" in item.message) return "unsend";
    return "is_echo" in item.message ? "echo" : "message";
  }
  if ("field" in item && typeof item.field === "string") return item.field;
  return KINDS.find(([member]) => member in item)?.[1] ?? "event";
}
