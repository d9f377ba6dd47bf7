import { h, on } from "./dom";
import { icon } from "./icons";
import { attachmentName } from "./message-words";
import type { Attachment } from "./wire";

/** One picture as it is, several as a grid of squares; a GIF without a frame, as a sticker lies on the screen. */
export function imageGrid(images: Attachment[]): HTMLElement {
  const [only] = images;
  if (only && images.length === 1) return picture(only, only.contentType === "image/gif" ? "picture bare" : "picture");
  const columns = images.length === 2 || images.length === 4 ? 2 : 3;
  const grid = h("div", { class: "grid", role: "group", "aria-label": `${images.length} photos` });
  grid.style.setProperty("--columns", String(columns));
  for (const image of images) grid.append(picture(image, "picture"));
  return grid;
}

/** A picture that opens in its own tab, and says so when it can no longer be had. */
export function picture(attachment: Attachment, className: string): HTMLElement {
  const { url } = attachment;
  if (!url) return lost();
  const image = h("img", { class: className, src: url, alt: attachmentName(attachment), loading: "lazy" });
  const link = h("a", { href: url, target: "_blank", rel: "noreferrer", class: "picture-link" }, image);
  on(image, { error: () => link.replaceWith(lost()) });
  return link;
}

function lost(): HTMLElement {
  return h("span", { class: "lost" }, icon("gone"), "No longer available");
}
