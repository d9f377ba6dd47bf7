import { avatar } from "./avatar";
import { h } from "./dom";
import { icon } from "./icons";
import { picture } from "./image-grid";
import { attachmentName } from "./message-words";
import type { Attachment, Business } from "./wire";

/** A post, a reel or somebody's story that was shared into the chat. */
export function sharedCard(attachment: Attachment, owner: Business): HTMLElement {
  const { type, url, title, contentType } = attachment;
  const isReel = type === "ig_reel" || type === "reel";
  const head = h(
    "span",
    { class: "shared-head" },
    avatar(owner, { size: 24 }),
    h("strong", {}, owner.username),
    h("small", {}, attachmentName(attachment)),
  );
  const card = h("div", { class: isReel || type === "ig_story" ? "shared upright" : "shared" }, head);
  if (url && contentType?.startsWith("video/")) card.append(clip(url, "Reel"));
  else if (url && contentType) card.append(picture(attachment, "picture"));
  else if (url) card.append(permalink(url));
  if (title) card.append(h("span", { class: "shared-words", dir: "auto" }, title));
  return card;
}

export function clip(url: string, name: string): HTMLElement {
  return h("video", { src: url, controls: true, playsinline: true, preload: "metadata", "aria-label": name });
}

/** Apps get some reels as an address of instagram.com only; here it leads nowhere real. */
function permalink(url: string): HTMLElement {
  const address = url.replace(/^https?:\/\/(www\.)?/, "");
  return h(
    "a",
    { class: "shared-link", href: url, target: "_blank", rel: "noreferrer" },
    icon("play", 30),
    h("small", {}, address),
  );
}
