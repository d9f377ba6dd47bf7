import { h, on, type Row, reconcile, setText } from "./dom";
import { type Attempt, kindsOf, type LedgerEntry } from "./records";
import type { Theatre } from "./theatre";
import { clockTime, exactTime } from "./times";

/** What Instagram told the app and what the app sent, for the curious and for the tester. */
export class RecordsPanel {
  readonly element: HTMLElement;
  #attempts = h("ul", { class: "records", "aria-label": "Webhook deliveries" });
  #noAttempts = h("p", { class: "hint" }, "Nothing has been sent to the app yet.");
  #pending = h("p", { class: "hint" });
  #hold = h("button", { type: "button", class: "quiet-button" });
  #ledger = h("ul", { class: "records", "aria-label": "Accepted sends" });
  #noLedger = h("p", { class: "hint" }, "Replydesk has not answered yet.");

  constructor(private readonly theatre: Theatre) {
    on(this.#hold, { click: () => void theatre.actions.holdEvents(theatre.records.held === null) });
    this.element = h(
      "div",
      { class: "records-panel" },
      h("section", {}, h("h2", {}, "Replydesk sent"), this.#noLedger, this.#ledger),
      h(
        "section",
        {},
        h("h2", {}, "Instagram told Replydesk"),
        this.#hold,
        this.#noAttempts,
        this.#pending,
        this.#attempts,
      ),
    );
  }

  update(): void {
    const { attempts, pending, held } = this.theatre.records;
    setText(this.#hold, held === null ? "Hold events back" : `Let ${held} held back go, newest first`);
    const ledger = this.theatre.records.ledger.filter((entry) => !entry.kind.startsWith("typing"));
    reconcile(
      this.#ledger,
      ledger.map((entry) => this.#ledgerRow(entry)),
    );
    reconcile(this.#attempts, attempts.map(attemptRow));
    this.#noLedger.hidden = ledger.length > 0;
    this.#noAttempts.hidden = attempts.length > 0;
    this.#pending.hidden = pending === 0;
    setText(this.#pending, `${pending} waiting for the next attempt.`);
  }

  #ledgerRow(entry: LedgerEntry): Row {
    const { world } = this.theatre;
    const to = entry.customerId === null ? "someone" : (world.customer(entry.customerId)?.name ?? entry.customerId);
    const from = world.business(entry.igId)?.username ?? "a business";
    const make = () =>
      h(
        "li",
        { class: "record", title: exactTime(entry.at) },
        h(
          "span",
          { class: "record-main" },
          h("span", { dir: "auto" }, entry.text ?? entry.kind),
          entry.tag && h("b", { class: "tag" }, entry.tag),
        ),
        h("small", {}, `@${from} to ${to} · ${clockTime(entry.at)}`),
      );
    return { key: String(entry.n), version: to, make };
  }
}

function attemptRow(attempt: Attempt): Row {
  const ok = attempt.status !== null && attempt.status >= 200 && attempt.status < 300;
  const trouble = attempt.error ?? (ok ? null : "Not accepted; it will be tried again.");
  const again = attempt.attempt > 1 ? ` · attempt ${attempt.attempt}` : "";
  const make = () =>
    h(
      "li",
      { class: "record", title: exactTime(attempt.at) },
      h(
        "span",
        { class: "record-main" },
        h("b", { class: ok ? "status status-ok" : "status status-bad" }, String(attempt.status ?? "none")),
        h("span", {}, `${kindsOf(attempt)}${again}`),
        h("small", {}, `${Math.round(attempt.ms)} ms · ${clockTime(attempt.at)}`),
      ),
      trouble && h("small", { class: "trouble" }, trouble),
    );
  return { key: String(attempt.n), version: "", make };
}
