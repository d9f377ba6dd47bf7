import { h, on } from "./dom";

/** One layer over a phone's screen: a sheet from below or a story over everything. What is behind cannot be reached meanwhile. */
export class Overlay {
  readonly element = h("div", { class: "overlay", hidden: true });
  #opener: Element | null = null;

  constructor(private readonly behind: HTMLElement) {
    on(this.element, {
      click: (event) => {
        if (event.target === this.element) this.close();
      },
      keydown: (event) => {
        if (event.key !== "Escape" || event.isComposing) return;
        event.stopPropagation();
        this.close();
      },
    });
  }

  get open(): boolean {
    return !this.element.hidden;
  }

  /** Shows `content` as a dialog of that name and puts the focus on its `[autofocus]`, else on its first control. */
  show(label: string, kind: "sheet" | "story", content: Node[]): void {
    if (!this.open) this.#opener = document.activeElement;
    const dialog = h("div", { class: kind, role: "dialog", "aria-label": label, tabindex: -1 }, ...content);
    this.element.replaceChildren(dialog);
    this.element.hidden = false;
    this.behind.inert = true;
    const wished = dialog.querySelector<HTMLElement>("[autofocus]");
    const first = dialog.querySelector<HTMLElement>("button, input, textarea");
    (wished ?? first ?? dialog).focus({ preventScroll: true });
  }

  close(): void {
    if (!this.open) return;
    this.element.hidden = true;
    this.element.replaceChildren();
    this.behind.inert = false;
    if (this.#opener instanceof HTMLElement && this.#opener.isConnected) this.#opener.focus({ preventScroll: true });
    this.#opener = null;
  }
}
