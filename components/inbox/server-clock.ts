import { MINUTE } from "@/lib/time";

/** The server's clock as this browser knows it: windows and due answers are counted by it, never by the machine's own. */
export class ServerClock {
  private offset: number;
  private shown: number;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(serverNow: number) {
    this.offset = serverNow - Date.now();
    this.shown = serverNow;
  }

  /** ms since 1970, exact. */
  now(): number {
    return Date.now() + this.offset;
  }

  /** The moment that the screen shows; moves once a minute. */
  get minute(): number {
    return this.shown;
  }

  /** Sets it by an answer of the server that was on its way between the two times of this machine. */
  set(serverNow: number, askedAt: number, answeredAt: number): void {
    this.offset = serverNow - (askedAt + answeredAt) / 2;
    this.tick();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Starts to tick. @returns stop */
  start(): () => void {
    const wake = () => {
      if (document.visibilityState === "visible") this.tick();
    };
    document.addEventListener("visibilitychange", wake);
    this.tick();
    return () => {
      clearTimeout(this.timer);
      document.removeEventListener("visibilitychange", wake);
    };
  }

  private tick(): void {
    clearTimeout(this.timer);
    this.shown = this.now();
    this.timer = setTimeout(() => this.tick(), MINUTE - (this.shown % MINUTE));
    for (const listener of this.listeners) listener();
  }
}
