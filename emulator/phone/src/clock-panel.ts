import { h, on, setText } from "./dom";
import type { Theatre } from "./theatre";
import { DAY, dividerTime, duration, HOUR, MINUTE } from "./times";

const STEPS = [
  { label: "+1 h", advanceMs: HOUR, MINUTE },
  { label: "+24 h", advanceMs: DAY },
  { label: "+7 days", advanceMs: 7 * DAY },
];

/** Instagram's clock: where it stands, and buttons that move it. */
export class ClockPanel {
  readonly element: HTMLElement;
  #words = h("p", { class: "meter-words" });
  #back = h("button", { type: "button", class: "quiet-button" }, "Real time");

  constructor(private readonly theatre: Theatre) {
    const steps = STEPS.map(({ label, advanceMs }) => {
      const button = h(
        "button",
        { type: "button", class: "quiet-button", "aria-label": `Advance the clock by ${label.slice(1)}` },
        label,
      );
      return on(button, { click: () => void theatre.actions.moveClock({ advanceMs }) });
    });
    on(this.#back, { click: () => void theatre.actions.moveClock({ offsetMs: 0 }) });
    this.element = h(
      "section",
      {},
      h("h2", {}, "Instagram’s clock"),
      this.#words,
      h("div", { class: "button-row" }, ...steps, this.#back),
      h(
        "p",
        { class: "hint" },
        "Stories and reply windows age with it. Replydesk keeps its own time: to age a chat on both sides, use “As of”.",
      ),
    );
  }

  update(): void {
    const { world } = this.theatre;
    const ahead = Math.round(world.clockAhead / MINUTE) * MINUTE;
    const words = dividerTime(world.now(), Date.now());
    const relation = ahead === 0 ? "" : `, ${duration(Math.abs(ahead))} ${ahead > 0 ? "ahead" : "behind"}`;
    setText(this.#words, `${words}${relation}`);
    this.#back.hidden = ahead === 0;
  }
}
