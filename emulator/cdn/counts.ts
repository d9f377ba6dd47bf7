import type { MediaKind } from "../world/types";

/** How often browsers and servers fetched each kind of media. */
export class CdnCounts {
  private counts: Partial<Record<MediaKind, { browser: number; server: number }>> = {};

  add(kind: MediaKind, by: "browser" | "server"): void {
    this.counts[kind] ??= { browser: 0, server: 0 };
    this.counts[kind][by]++;
  }

  read(): Partial<Record<MediaKind, { browser: number; server: number }>> {
    return structuredClone(this.counts);
  }

  clear(): void {
    this.counts = {};
  }
}
