import { h, setText } from "./dom";
import { DAY, duration } from "./times";
import type { ChatScene } from "./viewpoint";

const OPEN_MS = DAY;
const HUMAN_AGENT_MS = 7 * DAY;
/** The first day is what one watches, so it gets this share of the bar. */
const OPEN_SHARE = 0.45;

/** How long the business may still answer, as Instagram counts: 24 hours, then until 7 days for people only. */
export class WindowMeter {
  readonly element: HTMLElement;
  #words = h("p", { class: "meter-words" });
  #track = h("div", { class: "meter", "aria-hidden": "true" }, h("i"), h("i"), h("b"));

  constructor() {
    const scale = h(
      "div",
      { class: "meter-scale", "aria-hidden": "true" },
      h("span", {}, "written"),
      h("span", {}, "24 h"),
      h("span", {}, "7 days"),
    );
    this.element = h("section", {}, h("h2", {}, "Reply window"), this.#words, this.#track, scale);
  }

  update(scene: ChatScene, now: number): void {
    const last = scene.thread?.lastCustomerAt ?? null;
    const passed = last === null ? 0 : Math.max(0, now - last);
    setText(this.#words, sentence(scene, last, passed));
    const state = last === null ? "none" : passed < OPEN_MS ? "open" : passed < HUMAN_AGENT_MS ? "agent" : "closed";
    this.#track.dataset.state = state;
    this.#track.style.setProperty("--at", `${(share(passed) * 100).toFixed(2)}%`);
  }
}

function share(passed: number): number {
  if (passed < OPEN_MS) return (passed / OPEN_MS) * OPEN_SHARE;
  const rest = Math.min(1, (passed - OPEN_MS) / (HUMAN_AGENT_MS - OPEN_MS));
  return OPEN_SHARE + rest * (1 - OPEN_SHARE);
}

function sentence(scene: ChatScene, last: number | null, passed: number): string {
  if (last === null) return `${scene.customer.name} has not written to @${scene.business.username} yet.`;
  if (passed < OPEN_MS) return `Open for ${duration(OPEN_MS - passed)} more.`;
  if (passed < HUMAN_AGENT_MS) return `Human agents only, for ${duration(HUMAN_AGENT_MS - passed)} more.`;
  return `Closed until ${scene.customer.name} writes again.`;
}
