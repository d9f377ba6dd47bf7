import type { Emulator } from "../emulator";
import type { Input } from "../input";
import { accountOf } from "./add-fault";

/** Webhooks that never leave, though the event exists on Instagram. */
export interface Loss {
  /** null: of any account. */
  igId: string | null;
  /** How many more items are lost; null: all until the end. */
  times: number | null;
  /** By the emulator's clock; null: until it is used up or cleared. */
  until: number | null;
}

export class Losses {
  private waiting: Loss[] = [];
  /** How many items were lost since the last reset. */
  lost = 0;

  constructor(private readonly now: () => number) {}

  add(loss: Loss): void {
    this.waiting.push(loss);
  }

  /** Whether the next item of this account gets lost. */
  take(igId: string): boolean {
    const found = this.list().find((one) => one.igId === null || one.igId === igId);
    if (!found) return false;
    if (found.times !== null && --found.times <= 0) this.waiting = this.waiting.filter((one) => one !== found);
    this.lost++;
    return true;
  }

  list(): Loss[] {
    const now = this.now();
    this.waiting = this.waiting.filter((one) => one.until === null || now < one.until);
    return this.waiting;
  }

  clear(igId: string | null = null): void {
    this.waiting = igId === null ? [] : this.waiting.filter((one) => one.igId !== igId);
  }

  reset(): void {
    this.waiting = [];
    this.lost = 0;
  }
}

/** One item (unless told), so many, or with `times: null` or a time all of them until it ends. */
export function lose(emulator: Emulator, input: Input) {
  const until = input.has("forMs")
    ? emulator.now() + input.number("forMs", 0)
    : input.has("until")
      ? input.number("until", 0)
      : null;
  const endless = input.raw.times === null || (until !== null && !input.has("times"));
  emulator.losses.add({
    igId: accountOf(emulator, input.textOr("account")),
    times: endless ? null : input.number("times", 1),
    until,
  });
  return losses(emulator);
}

export function losses(emulator: Emulator) {
  return { waiting: emulator.losses.list(), lost: emulator.losses.lost };
}
