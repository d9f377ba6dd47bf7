import type { Theatre } from "./theatre";
import { hasChat } from "./viewpoint";

const GLANCE_MS = 600;

/** Tells Instagram that the open chat was seen, shortly after something new appears on a screen that is looked at. */
export class AutomaticReading {
  #timer: number | undefined;
  #busy = false;

  constructor(private readonly theatre: Theatre) {
    document.addEventListener("visibilitychange", () => this.update());
  }

  update(): void {
    if (this.#timer !== undefined || this.#busy || !this.#isDue()) return;
    this.#timer = window.setTimeout(() => void this.#read(), GLANCE_MS);
  }

  async #read(): Promise<void> {
    this.#timer = undefined;
    const scene = this.#isDue();
    if (!scene?.thread) return;
    this.#busy = true;
    const done = await this.theatre.actions.markSeen(scene.thread, scene.role);
    this.#busy = false;
    // A refusal is not asked for again and again; the next change of the chat tries anew.
    if (done) this.update();
  }

  #isDue() {
    const { stage, world } = this.theatre;
    const scene = stage.scene(world);
    if (!scene || !hasChat(scene) || !scene.thread || !stage.readsAutomatically) return null;
    if (document.visibilityState !== "visible") return null;
    const unread = scene.role === "customer" ? scene.thread.unreadByCustomer : scene.thread.unreadByBusiness;
    return unread > 0 ? scene : null;
  }
}
