import { on } from "./dom";

/**
 * Makes `trigger` open and close `panel`. A press outside or Escape closes; arrow keys walk through the panel's buttons.
 * Answers the function that closes it.
 */
export function popover(trigger: HTMLElement, panel: HTMLElement, opened?: () => void): () => void {
  panel.hidden = true;
  trigger.setAttribute("aria-expanded", "false");
  const close = () => set(false);
  const outside = (event: Event) => {
    const target = event.target;
    if (target instanceof Node && !panel.contains(target) && !trigger.contains(target)) close();
  };
  const set = (open: boolean) => {
    if (!panel.hidden === open) return;
    const hadFocus = panel.contains(document.activeElement);
    panel.hidden = !open;
    trigger.setAttribute("aria-expanded", String(open));
    if (open) {
      document.addEventListener("pointerdown", outside, true);
      opened?.();
      panel.querySelector<HTMLElement>("input, button")?.focus();
      return;
    }
    document.removeEventListener("pointerdown", outside, true);
    if (hadFocus) trigger.focus();
  };
  on(trigger, { click: () => set(Boolean(panel.hidden)) });
  on(panel, {
    keydown: (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        close();
      }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        walk(panel, event.key === "ArrowDown" ? 1 : -1);
      }
    },
  });
  return close;
}

function walk(panel: HTMLElement, step: 1 | -1): void {
  const controls: (Element | null)[] = [...panel.querySelectorAll("input, button:not(:disabled)")];
  const at = controls.indexOf(document.activeElement);
  const next = controls[(at + step + controls.length) % controls.length];
  if (next instanceof HTMLElement) next.focus();
}
