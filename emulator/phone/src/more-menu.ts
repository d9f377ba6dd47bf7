import { h, on } from "./dom";
import { icon } from "./icons";
import { popover } from "./popover";

const KINDS = [
  { kind: "like_heart", name: "Heart", sign: "❤️" },
  { kind: "voice", name: "Voice note", sign: "🎙️" },
  { kind: "video", name: "Video", sign: "🎬" },
  { kind: "file", name: "PDF file", sign: "📄" },
  { kind: "ig_reel", name: "Reel", sign: "🎞️" },
  { kind: "ig_post", name: "Post", sign: "🖼️" },
  { kind: "share", name: "Shared link", sign: "🔗" },
  { kind: "ig_story", name: "Someone’s story", sign: "⭕" },
  { kind: "ephemeral", name: "Disappearing photo", sign: "💨" },
  { kind: "unsupported", name: "Something apps cannot read", sign: "🧩" },
  { kind: "postback", name: "Press of a button", sign: "👆" },
  { kind: "referral", name: "Arrival through a link", sign: "🧭" },
] as const;

/** The button "More" with every other kind of thing a customer can send. */
export function moreMenu(send: (kind: string) => void): HTMLElement {
  const trigger = h("button", { type: "button", class: "chip", "aria-haspopup": "menu" }, icon("more", 18), "More");
  const panel = h("div", { class: "more-panel", role: "menu", "aria-label": "More to send" });
  const close = popover(trigger, panel);
  for (const { kind, name, sign } of KINDS) {
    const item = h("button", { type: "button", role: "menuitem" }, h("span", { "aria-hidden": "true" }, sign), name);
    const press = () => {
      close();
      send(kind);
    };
    panel.append(on(item, { click: press }));
  }
  return h("div", { class: "more" }, trigger, panel);
}
