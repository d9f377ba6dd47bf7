import { CdnCounts } from "./cdn/counts";
import { Clock } from "./clock";
import { CallbackLog } from "./control/callback-log";
import { Faults } from "./control/faults";
import { Losses } from "./control/losses";
import { RequestLog } from "./control/request-log";
import { defaultSwitches, type Switches } from "./control/switches";
import type { EmulatorOptions } from "./options";
import { PlayStream } from "./play/stream";
import { Dispatcher } from "./webhooks/dispatcher";
import { Handshakes } from "./webhooks/handshakes";
import { registeredApps } from "./world/register-app";
import { seedWorld } from "./world/seed";
import { Store } from "./world/store";
import type { App, World } from "./world/types";
import { WorldIndex } from "./world/world-index";

/** Everything one running emulator holds. */
export class Emulator {
  readonly clock = new Clock();
  readonly requests = new RequestLog();
  readonly callbacks = new CallbackLog();
  readonly cdnCounts = new CdnCounts();
  readonly faults = new Faults(() => this.now());
  /** When each account's conversations were read of late, in real time. */
  readonly conversationCalls = new Map<string, number[]>();
  readonly losses = new Losses(() => this.now());
  readonly store: Store;
  readonly dispatcher: Dispatcher;
  readonly handshakes: Handshakes;
  readonly stream: PlayStream;
  switches: Switches = defaultSwitches();
  world: World;
  index: WorldIndex;

  constructor(readonly options: EmulatorOptions) {
    const saved = Store.load(options.dataDir);
    this.clock.offsetMs = saved?.clockOffsetMs ?? 0;
    this.world = saved ?? seedWorld([], this.now(), 0);
    this.index = new WorldIndex(this.world);
    this.store = new Store(options.dataDir, () => this.snapshot(), options.log);
    this.dispatcher = new Dispatcher(this);
    this.handshakes = new Handshakes(this);
    this.stream = new PlayStream(this);
    this.dispatcher.resume(this.world.pending);
  }

  now(): number {
    return this.clock.now();
  }

  get publicUrl(): string {
    return this.options.publicUrl;
  }

  app(id: string | null | undefined): App | undefined {
    return this.world.apps.find((app) => app.id === id);
  }

  /** Call after every change of the world. */
  changed(): void {
    this.store.touch();
  }

  /** Back to the first start. */
  reset(keepApps: boolean): void {
    this.dispatcher.forget();
    this.dispatcher.log.clear();
    this.faults.clear();
    this.requests.clear();
    this.callbacks.clear();
    this.losses.reset();
    this.conversationCalls.clear();
    this.cdnCounts.clear();
    this.switches = defaultSwitches();
    this.clock.offsetMs = 0;
    this.world = seedWorld(keepApps ? registeredApps(this.world.apps) : [], this.now(), 0);
    this.index = new WorldIndex(this.world);
    for (const app of this.world.apps) {
      if (app.webhook && !app.webhook.verified) this.handshakes.retryUntilVerified(app.id);
    }
    this.stream.reset();
    this.changed();
  }

  private snapshot(): World {
    return { ...this.world, clockOffsetMs: this.clock.offsetMs, pending: this.dispatcher.waiting() };
  }

  async close(): Promise<void> {
    this.handshakes.stop();
    this.faults.clear();
    this.stream.close();
    await this.dispatcher.stop();
    await this.store.close();
  }
}
