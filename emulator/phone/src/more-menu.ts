import { h, on } from "./dom";
import { icon } from "./icons";
import { popover } from "./popover";
import type { Side } from "./wire";

interface Item {
  name: string;
  sign: string;
  act: Act;
  /** Only that side has it. */
  only?: Side;
}

/** What a press on an item does: a kind of message, words, an event for the app, or the dashboard's test. */
export type Act = { kind: string } | { text: string } | { sample: string } | { test: true };

const LONG_TEXT = "I have been looking for a bowl like this for a long time. ".repeat(16).trim();

const GROUPS: { name: string; items: Item[] }[] = [
  {
    name: "Send",
    items: [
      { name: "Heart", sign: "❤️", act: { kind: "like_heart" } },
      { name: "GIF", sign: "🌞", act: { kind: "gif" } },
      { name: "Sticker", sign: "💟", act: { kind: "sticker" } },
      { name: "Voice note", sign: "🎙️", act: { kind: "voice" } },
      { name: "Video", sign: "🎬", act: { kind: "video" } },
      { name: "PDF file", sign: "📄", act: { kind: "file" } },
      { name: "Disappearing photo", sign: "💨", act: { kind: "ephemeral" } },
      { name: "Something apps cannot read", sign: "🧩", act: { kind: "unsupported" } },
      { name: "The same, with an address", sign: "🧩", act: { kind: "unsupported_type" }, only: "customer" },
      { name: "A kind from the future", sign: "🛸", act: { kind: "hologram" } },
    ],
  },
  {
    name: "Share",
    items: [
      { name: "Post", sign: "🖼️", act: { kind: "ig_post" } },
      { name: "Reel", sign: "🎞️", act: { kind: "ig_reel" } },
      { name: "Reel as a link", sign: "🎞️", act: { kind: "ig_reel_link" } },
      { name: "Someone’s story", sign: "⭕", act: { kind: "ig_story" } },
      { name: "Post, old form", sign: "🔗", act: { kind: "share" }, only: "customer" },
      { name: "Post, both forms", sign: "🔗", act: { kind: "share_and_post" }, only: "customer" },
    ],
  },
  {
    name: "Arrive",
    items: [
      { name: "Through a link", sign: "🧭", act: { kind: "referral" }, only: "customer" },
      { name: "From an ad", sign: "📣", act: { kind: "ad" }, only: "customer" },
      { name: "From a product", sign: "🛍️", act: { kind: "product" }, only: "customer" },
      { name: "Ice breaker", sign: "🧊", act: { kind: "ice_breaker" }, only: "customer" },
      { name: "Press of a button", sign: "👆", act: { kind: "postback" }, only: "customer" },
    ],
  },
  {
    name: "By another app",
    items: [
      { name: "Cards", sign: "🗂️", act: { kind: "cards" }, only: "business" },
      { name: "A product", sign: "🛍️", act: { kind: "products" }, only: "business" },
    ],
  },
  {
    name: "Words",
    items: [
      { name: "Very long", sign: "📜", act: { text: LONG_TEXT } },
      { name: "Right to left", sign: "🔤", act: { text: "مرحبا! هل لا تزال المزهرية متوفرة؟ (شكراً)" } },
      { name: "Emoji", sign: "🎉", act: { text: "👩‍🎨🏺💙" } },
      { name: "With a link", sign: "🌐", act: { text: "Like this one: https://example.com/vases/sea-green?size=2" } },
    ],
  },
  {
    name: "Events without a message",
    items: [
      { name: "Comment", sign: "💬", act: { sample: "comment" }, only: "customer" },
      { name: "Live comment", sign: "📺", act: { sample: "live_comment" }, only: "customer" },
      { name: "Mention in a post", sign: "📎", act: { sample: "mention" }, only: "customer" },
      { name: "Opt-in", sign: "🔔", act: { sample: "optin" }, only: "customer" },
      { name: "Standby", sign: "⏸️", act: { sample: "standby" }, only: "customer" },
      { name: "Handover", sign: "🤝", act: { sample: "pass_thread_control" }, only: "customer" },
      { name: "An event from the future", sign: "🛸", act: { sample: "unknown" }, only: "customer" },
      { name: "Dashboard test", sign: "🧪", act: { test: true }, only: "customer" },
    ],
  },
];

/** The button "More" with every other kind of thing that can be sent from the phone of that side. */
export function moreMenu(side: Side, act: (act: Act) => void): HTMLElement {
  const trigger = h("button", { type: "button", class: "chip", "aria-haspopup": "menu" }, icon("more", 18), "More");
  const panel = h("div", { class: "more-panel", role: "menu", "aria-label": "More to send" });
  const close = popover(trigger, panel);
  for (const group of GROUPS) {
    const items = group.items.filter(({ only }) => only === undefined || only === side);
    if (items.length === 0) continue;
    const element = h("div", { class: "more-group", role: "group", "aria-label": group.name });
    element.append(h("h3", { "aria-hidden": "true" }, group.name));
    for (const item of items) {
      const sign = h("span", { "aria-hidden": "true" }, item.sign);
      const press = () => {
        close();
        act(item.act);
      };
      element.append(on(h("button", { type: "button", role: "menuitem" }, sign, item.name), { click: press }));
    }
    panel.append(element);
  }
  return h("div", { class: "more" }, trigger, panel);
}
