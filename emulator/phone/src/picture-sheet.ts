import type { Picture } from "./actions";
import { h, on } from "./dom";
import { icon } from "./icons";
import type { Overlay } from "./overlay";
import type { Sample } from "./wire";

const MOST_PICTURES = 10;

export interface PictureSheetInput {
  title: string;
  /** What Instagram will or will not do with it, said before it happens. */
  note?: string;
  samples: Sample[];
  /** Several pictures may go in one message. */
  several: boolean;
  upright: boolean;
  /** Videos, sounds and PDF files of this computer too. */
  anyFile?: boolean;
  choose: (pictures: Picture[]) => void;
}

/** The picture drawer of a phone: one press on a picture sends it; "Select several" collects first. */
export function openPictureSheet(overlay: Overlay, input: PictureSheetInput): void {
  const chosen = new Set<string>();
  let collecting = false;
  const done = (pictures: Picture[]) => {
    overlay.close();
    input.choose(pictures);
  };
  const send = h("button", { type: "button", class: "button sheet-send", hidden: true });
  on(send, { click: () => done([...chosen].map((sample) => ({ sample }))) });
  const tell = () => {
    send.hidden = chosen.size === 0;
    send.textContent = chosen.size === 1 ? "Send 1 photo" : `Send ${chosen.size} photos`;
  };
  const press = (button: HTMLButtonElement, sample: Sample) => {
    if (!collecting) return done([{ sample: sample.id }]);
    if (!chosen.delete(sample.id) && chosen.size < MOST_PICTURES) chosen.add(sample.id);
    button.setAttribute("aria-pressed", String(chosen.has(sample.id)));
    tell();
  };
  const grid = h("div", { class: input.upright ? "sheet-grid upright" : "sheet-grid" });
  for (const sample of input.samples) {
    const button = h(
      "button",
      { type: "button", class: "sheet-picture", "aria-label": sample.name, title: sample.name },
      h("img", { src: sample.url, alt: "" }),
      icon("check", 16),
    );
    grid.append(on(button, { click: () => press(button, sample) }));
  }
  const file = h("input", {
    type: "file",
    accept: input.anyFile ? "image/*,video/*,audio/*,application/pdf" : "image/*",
    multiple: input.several,
    class: "unseen-text",
    "aria-label": input.anyFile ? "File of this computer" : "Picture of this computer",
  });
  on(file, {
    change: () => {
      const files = [...(file.files ?? [])].slice(0, MOST_PICTURES);
      if (files.length > 0) done(files.map((one) => ({ file: one })));
    },
  });
  grid.append(h("label", { class: "sheet-picture sheet-upload" }, icon("plus", 22), "From this computer", file));
  const select = h("button", { type: "button", class: "link", "aria-pressed": "false" }, "Select several");
  on(select, {
    click: () => {
      collecting = !collecting;
      chosen.clear();
      select.setAttribute("aria-pressed", String(collecting));
      for (const button of grid.querySelectorAll("button")) button.setAttribute("aria-pressed", "false");
      tell();
    },
  });
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close" }, icon("close", 20));
  on(close, { click: () => overlay.close() });
  overlay.show(input.title, "sheet", [
    h("header", { class: "sheet-head" }, h("h2", {}, input.title), input.several && select, close),
    ...(input.note ? [h("p", { class: "sheet-note" }, input.note)] : []),
    grid,
    send,
  ]);
  grid.querySelector("button")?.focus({ preventScroll: true });
}
