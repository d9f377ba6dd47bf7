import { avatar } from "./avatar";
import { h, on, setText } from "./dom";
import { icon } from "./icons";
import type { Overlay } from "./overlay";
import type { Theatre } from "./theatre";
import { duration, shortAgo } from "./times";
import type { Business, Customer, Story } from "./wire";

const QUICK = ["😍", "🔥", "👏", "😂", "😮", "😢"];

export interface StoryViewerInput {
  owner: Business | Customer;
  story: Pick<Story, "id" | "url" | "endsAt"> & { postedAt: number | null };
  mentions: string[];
  /** Present when the one who looks may answer. */
  reply?: (text: string) => Promise<boolean>;
  /** Present when the one who looks posted it. */
  remove?: () => Promise<boolean>;
}

/** A story over the whole screen, as long as it lives. */
export function openStoryViewer(overlay: Overlay, theatre: Theatre, input: StoryViewerInput): void {
  const { owner, story } = input;
  const now = theatre.world.now();
  const left = story.endsAt - now;
  const life = story.postedAt === null ? 0 : story.endsAt - story.postedAt;
  const close = h(
    "button",
    { type: "button", class: "icon-button", "aria-label": "Close the story" },
    icon("close", 22),
  );
  on(close, { click: () => overlay.close() });
  const when = [
    story.postedAt === null ? null : shortAgo(story.postedAt, now),
    left > 0 ? `${duration(left)} left` : "ended",
  ];
  const frame = h("div", { class: "story-frame" });
  if (left > 0) {
    const image = h("img", { src: story.url, alt: `Story of @${owner.username}` });
    frame.append(on(image, { error: () => frame.replaceChildren(gone()) }));
  } else frame.append(gone());
  if (input.mentions.length > 0)
    frame.append(h("p", { class: "sticker" }, input.mentions.map((name) => `@${name}`).join(" ")));
  const foot = h("footer", { class: "story-foot" });
  if (input.reply) foot.append(...replyBox(overlay, owner.username, input.reply));
  if (input.remove) foot.append(removeButton(overlay, input.remove));
  overlay.show(`Story of @${owner.username}`, "story", [
    h(
      "div",
      { class: "story-life", "aria-hidden": "true" },
      h("i", { style: `--left:${life > 0 ? Math.max(0, left / life) : 0}` }),
    ),
    h(
      "header",
      { class: "story-head" },
      avatar(owner, { size: 34 }),
      h(
        "span",
        { class: "story-who" },
        h("strong", {}, owner.username),
        h("small", {}, when.filter((part) => part !== null).join(" · ")),
      ),
      close,
    ),
    frame,
    foot,
  ]);
}

function replyBox(overlay: Overlay, username: string, reply: (text: string) => Promise<boolean>): HTMLElement[] {
  const box = h("input", {
    class: "story-input",
    "aria-label": `Reply to the story of @${username}`,
    placeholder: `Reply to ${username}…`,
    autofocus: true,
    autocomplete: "off",
  });
  const send = h("button", { type: "submit", class: "story-send", "aria-label": "Send reply" }, icon("arrowUp", 20));
  const say = async (text: string) => {
    if (text.trim() === "") return;
    send.disabled = true;
    const done = await reply(text);
    send.disabled = false;
    if (done) overlay.close();
  };
  const form = on(h("form", { class: "story-form" }, box, send), {
    submit: (event) => {
      event.preventDefault();
      void say(box.value);
    },
  });
  const quick = h("div", { class: "story-quick" });
  for (const emoji of QUICK) {
    const button = h("button", { type: "button", "aria-label": `Reply with ${emoji}` }, emoji);
    quick.append(on(button, { click: () => void say(emoji) }));
  }
  return [quick, form];
}

function removeButton(overlay: Overlay, remove: () => Promise<boolean>): HTMLElement {
  const button = h("button", { type: "button", class: "story-remove" }, "Delete this story");
  const press = async () => {
    setText(button, "Deleting…");
    if (await remove()) overlay.close();
    else setText(button, "Delete this story");
  };
  return on(button, { click: () => void press() });
}

function gone(): HTMLElement {
  return h("p", { class: "story-ended" }, icon("gone", 28), "This story is no longer available.");
}
