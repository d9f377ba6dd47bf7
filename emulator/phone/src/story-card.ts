import { h, on } from "./dom";
import { icon } from "./icons";
import type { StoryRef } from "./wire";

/** The small upright card above a message that answers or announces a story. */
export function storyCard(story: StoryRef, alive: boolean, caption: string, open: () => void): HTMLElement {
  const thumb = alive ? liveThumb(story, open) : goneThumb();
  return h("div", { class: "story-card" }, h("p", { class: "story-caption" }, caption), thumb);
}

function liveThumb(story: StoryRef, open: () => void): HTMLElement {
  const image = h("img", { src: story.url, alt: "" });
  const button = h("button", { type: "button", class: "story-thumb", "aria-label": "Open the story" }, image);
  on(image, { error: () => button.replaceWith(goneThumb()) });
  return on(button, { click: open });
}

function goneThumb(): HTMLElement {
  return h("span", { class: "story-thumb story-gone" }, icon("gone"), "Story no longer available");
}
