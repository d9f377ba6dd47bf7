import { h, on, reconcile } from "./dom";
import type { Theatre } from "./theatre";
import type { ChatScene } from "./viewpoint";

/** The quick replies of the newest message, above the keyboard of a customer until the next message comes. */
export class QuickReplyBar {
  readonly element = h("div", { class: "quick-replies", role: "group", "aria-label": "Quick replies", hidden: true });

  constructor(private readonly theatre: Theatre) {}

  update(scene: ChatScene): void {
    const message = scene.thread?.messages.at(-1);
    const titles = scene.role === "customer" ? (message?.quickReplies ?? []) : [];
    this.element.hidden = titles.length === 0;
    reconcile(
      this.element,
      titles.map((title, index) => ({
        key: `${message?.mid} ${index}`,
        version: title,
        make: () => {
          const button = h("button", { type: "button", class: "quick-reply", dir: "auto" }, title);
          return on(button, { click: () => message && void this.theatre.actions.tapQuickReply(message, index) });
        },
      })),
    );
  }
}
