import { h, on, setText } from "./dom";
import { icon } from "./icons";
import type { Notices } from "./notices";
import { VoiceRecorder } from "./voice-recorder";

const TICK_MS = 250;

/** Shown while the microphone is on: how long, throw away, send. */
export class RecordingBar {
  readonly element = h("div", { class: "composer-bar recording", hidden: true });
  #recorder = new VoiceRecorder();
  #words = h("span", { role: "status" });

  constructor(
    private readonly notices: Notices,
    private readonly done: (note: Blob) => void,
  ) {
    const drop = h("button", { type: "button", class: "link" }, "Cancel");
    const send = h("button", { type: "button", class: "link" }, "Send voice note");
    on(drop, { click: () => this.#recorder.cancel() });
    on(send, { click: () => this.#recorder.stop() });
    this.element.append(icon("mic", 16), this.#words, drop, send);
  }

  async start(): Promise<void> {
    if (!this.element.hidden) return;
    const begin = Date.now();
    const tick = () => setText(this.#words, `Recording ${Math.floor((Date.now() - begin) / 1000)} s`);
    this.element.hidden = false;
    tick();
    const timer = window.setInterval(tick, TICK_MS);
    try {
      const note = await this.#recorder.record();
      if (note) this.done(note);
    } catch (error) {
      this.notices.fail(error);
    } finally {
      window.clearInterval(timer);
      this.element.hidden = true;
    }
  }
}
