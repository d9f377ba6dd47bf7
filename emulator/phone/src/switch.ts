import { h, on, setAttributes, setText } from "./dom";

export interface Switch {
  element: HTMLButtonElement;
  set(state: { on: boolean; label: string; hint?: string }): void;
}

/** An on/off control with its words beside it; `toggle` is told what the person asks for. */
export function makeSwitch(toggle: (on: boolean) => void): Switch {
  const label = h("span", { class: "switch-label" });
  const hint = h("span", { class: "switch-hint", id: `hint-${nextId()}` });
  const track = h("span", { class: "switch-track", "aria-hidden": "true" });
  const element = h("button", { type: "button", role: "switch", class: "switch" }, h("span", {}, label, hint), track);
  on(element, { click: () => toggle(element.getAttribute("aria-checked") !== "true") });
  return {
    element,
    set(state) {
      setText(label, state.label);
      setText(hint, state.hint ?? "");
      setAttributes(element, {
        "aria-checked": String(state.on),
        "aria-label": state.label,
        "aria-describedby": state.hint ? hint.id : null,
      });
    },
  };
}

let lastId = 0;
function nextId(): number {
  lastId += 1;
  return lastId;
}
