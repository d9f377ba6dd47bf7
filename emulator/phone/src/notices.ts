import { h, on } from "./dom";
import { icon } from "./icons";

const STAYS_MS = 7_000;

export interface NoticeAction {
  label: string;
  run: () => void;
}

/** Short words over the page: what Instagram did not do and why, or what failed. */
export class Notices {
  readonly element = h("div", { class: "notices" });
  #said = h("div", { role: "status", class: "notice-list" });
  #failed = h("div", { role: "alert", class: "notice-list" });

  constructor() {
    this.element.append(this.#said, this.#failed);
  }

  say(text: string, action?: NoticeAction): void {
    this.#show(this.#said, text, "notice", action);
  }

  fail(error: unknown): void {
    this.#show(this.#failed, error instanceof Error ? error.message : String(error), "notice notice-bad");
  }

  #show(list: HTMLElement, text: string, className: string, action?: NoticeAction): void {
    const close = () => {
      window.clearTimeout(timer);
      notice.remove();
    };
    const notice = h("div", { class: className }, h("p", {}, text));
    if (action) {
      const run = () => {
        close();
        action.run();
      };
      notice.append(on(h("button", { type: "button", class: "link" }, action.label), { click: run }));
    }
    notice.append(
      on(h("button", { type: "button", class: "notice-close", "aria-label": "Dismiss" }, icon("close", 16)), {
        click: close,
      }),
    );
    const timer = window.setTimeout(close, STAYS_MS);
    this.element.querySelectorAll(".notice").forEach((old, index, all) => {
      if (index < all.length - 1) old.remove();
    });
    list.append(notice);
  }
}
