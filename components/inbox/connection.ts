/** Nothing is said about a connection that comes back within this time. */
const GRACE = 3_000;

/** Whether the screen is up to date, as one word for the person in front of it. */
export class Connection {
  private lost = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();

  get isLost(): boolean {
    return this.lost;
  }

  report(live: boolean): void {
    if (live) {
      clearTimeout(this.timer);
      this.timer = undefined;
      this.show(false);
    } else {
      this.timer ??= setTimeout(() => this.show(true), GRACE);
    }
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private show(lost: boolean): void {
    if (lost === this.lost) return;
    this.lost = lost;
    for (const listener of this.listeners) listener();
  }
}
