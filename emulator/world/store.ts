import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { open, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { World } from "./types";
import { upgradeWorld } from "./upgrade-world";

const SAVE_AFTER_MS = 250;

/** Keeps the world in `<dataDir>/emulator.json` and uploads in `<dataDir>/media`; without a directory, in memory. */
export class Store {
  private readonly uploads = new Map<string, Buffer>();
  private timer: NodeJS.Timeout | null = null;
  private saving: Promise<void> | null = null;
  private lastSaveMs = 0;

  constructor(
    private readonly dataDir: string | null,
    private readonly snapshot: () => World,
    private readonly warn: (message: string) => void,
  ) {
    if (dataDir) mkdirSync(join(dataDir, "media"), { recursive: true });
  }

  static load(dataDir: string | null): World | null {
    const file = dataDir && join(dataDir, "emulator.json");
    if (!file || !existsSync(file)) return null;
    const world = JSON.parse(readFileSync(file, "utf8")) as World;
    if (world.version !== 1)
      throw new Error(`${file} was written by another version of the emulator; move it away and start again.`);
    return upgradeWorld(world);
  }

  /** Something changed: save soon. A big world is saved less often. */
  touch(): void {
    if (!this.dataDir || this.timer) return;
    this.timer = setTimeout(
      () => {
        this.timer = null;
        this.save().catch((error: unknown) => this.warn(`could not save the state: ${String(error)}`));
      },
      Math.max(SAVE_AFTER_MS, this.lastSaveMs * 10),
    );
    this.timer.unref();
  }

  async save(): Promise<void> {
    if (!this.dataDir) return;
    await this.saving;
    this.saving = this.write(this.dataDir);
    await this.saving;
  }

  private async write(dataDir: string): Promise<void> {
    const started = Date.now();
    const file = join(dataDir, "emulator.json");
    const handle = await open(`${file}.new`, "w", 0o600);
    try {
      await handle.writeFile(JSON.stringify(this.snapshot()));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(`${file}.new`, file);
    this.lastSaveMs = Date.now() - started;
  }

  async close(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    await this.save();
  }

  async putUpload(name: string, bytes: Buffer): Promise<void> {
    if (this.dataDir) await writeFile(join(this.dataDir, "media", name), bytes, { mode: 0o600 });
    else this.uploads.set(name, bytes);
  }

  async getUpload(name: string): Promise<Buffer | null> {
    if (!this.dataDir) return this.uploads.get(name) ?? null;
    const file = join(this.dataDir, "media", name);
    return existsSync(file) ? readFile(file) : null;
  }
}
