import { h, on } from "./dom";
import { type IconName, icon } from "./icons";

const EMOJI = ["❤️", "😂", "😮", "😢", "😡", "👍"];

export interface MessageActions {
  react: (emoji: string | null) => void;
  reply?: () => void;
  edit?: () => void;
  unsend?: () => void;
  /** Presses a button of a card; absent for the one who sent it. */
  press?: (card: number, button: number) => void;
}

/** What can be done with one message; shown on hover, on focus, and on touch after a tap. */
export function messageTools(myReaction: string | null, actions: MessageActions): HTMLElement {
  const bar = h("div", { class: "tools-bar" });
  const emoji = h("div", { class: "tools-emoji", hidden: true });
  const react = tool("React", "smile", () => {
    emoji.hidden = false;
    bar.hidden = true;
    emoji.querySelector("button")?.focus();
  });
  const back = () => {
    emoji.hidden = true;
    bar.hidden = false;
    react.focus();
  };
  for (const sign of EMOJI) {
    const chosen = sign === myReaction;
    const button = h(
      "button",
      { type: "button", class: "emoji-button", "aria-label": `React with ${sign}`, "aria-pressed": String(chosen) },
      sign,
    );
    const press = () => {
      back();
      actions.react(chosen ? null : sign);
    };
    emoji.append(on(button, { click: press }));
  }
  on(emoji, {
    keydown: (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      back();
    },
  });
  bar.append(react);
  if (actions.reply) bar.append(tool("Reply", "reply", actions.reply));
  if (actions.edit) bar.append(tool("Edit", "edit", actions.edit));
  if (actions.unsend) bar.append(tool("Unsend", "undo", actions.unsend));
  const element = h("div", { class: "tools" }, bar, emoji);
  return on(element, {
    focusout: (event) => {
      const to = event.relatedTarget;
      if (emoji.hidden || (to instanceof Node && element.contains(to))) return;
      emoji.hidden = true;
      bar.hidden = false;
    },
  });
}

function tool(name: string, sign: IconName, press: () => void): HTMLButtonElement {
  const button = h("button", { type: "button", class: "tool", "aria-label": name, title: name }, icon(sign, 17));
  return on(button, { click: press });
}
