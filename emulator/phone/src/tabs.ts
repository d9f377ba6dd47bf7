import { h, on } from "./dom";
import { type IconName, icon } from "./icons";
import type { Stage, View } from "./stage";

const TABS: { view: View; name: string; sign: IconName }[] = [
  { view: "cast", name: "Cast", sign: "people" },
  { view: "phone", name: "Phone", sign: "phone" },
  { view: "stage", name: "Stage", sign: "sliders" },
];

/** Where the panes do not fit side by side: which one is in front. */
export class Tabs {
  readonly element = h("nav", { class: "tabs", "aria-label": "Panes" });
  #buttons: { view: View; button: HTMLButtonElement }[] = [];

  constructor(private readonly stage: Stage) {
    for (const { view, name, sign } of TABS) {
      const button = h("button", { type: "button", class: `tab tab-${view}` }, icon(sign, 20), name);
      const press = () => stage.setView(stage.view === view ? "phone" : view);
      this.element.append(on(button, { click: press }));
      this.#buttons.push({ view, button });
    }
  }

  update(): void {
    for (const { view, button } of this.#buttons) {
      if (view === this.stage.view) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    document.body.dataset.view = this.stage.view;
  }
}
