import { h, on } from "./dom";
import { icon } from "./icons";
import type { Attachment } from "./wire";

const SHARED: Record<string, string> = {
  ig_reel: "Reel",
  reel: "Reel",
  ig_post: "Post",
  share: "Shared post",
  ig_story: "Story",
  ephemeral: "Disappearing photo",
  template: "Message with buttons",
};

/** One attachment as a phone would show it. */
export function attachmentView(attachment: Attachment): HTMLElement {
  const { type, url, title } = attachment;
  if (type === "like_heart") return h("span", { class: "big-emoji", role: "img", "aria-label": "Heart" }, "❤️");
  if (type === "image" && url) return picture(url, "Photo");
  if (type === "audio" && url)
    return h("audio", { src: url, controls: true, preload: "metadata", "aria-label": "Voice note" });
  if (type === "video" && url)
    return h("video", { src: url, controls: true, preload: "metadata", "aria-label": "Video" });
  if (type === "file" && url) {
    return h("a", { class: "file", href: url, target: "_blank", rel: "noreferrer" }, icon("file"), title ?? "Document");
  }
  const name =
    SHARED[type] ?? (type.includes("unsupported") ? "Something apps cannot read" : type.replaceAll("_", " "));
  const words = h("span", { class: "share-words" }, h("small", {}, name), title);
  return h("span", { class: "share" }, url && type !== "template" ? picture(url, name) : null, words);
}

/** A picture that opens in its own tab, and says so when it can no longer be had. */
function picture(url: string, name: string): HTMLElement {
  const image = h("img", { class: "picture", src: url, alt: name, loading: "lazy" });
  const link = h("a", { href: url, target: "_blank", rel: "noreferrer", class: "picture-link" }, image);
  const lost = () => link.replaceWith(h("span", { class: "lost" }, icon("gone"), "No longer available"));
  on(image, { error: lost });
  return link;
}
