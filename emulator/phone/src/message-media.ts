import { h } from "./dom";
import { icon } from "./icons";
import { imageGrid } from "./image-grid";
import { attachmentName } from "./message-words";
import { clip, sharedCard } from "./shared-card";
import { voicePlayer } from "./voice-player";
import type { Attachment, Business } from "./wire";

/** The attachments of a message as a phone would show them: pictures together, everything else one below the other. */
export function attachmentViews(attachments: Attachment[], owner: Business): HTMLElement[] {
  const images = attachments.filter((one) => one.type === "image");
  // the older form of a shared post came beside the newer one for a while; people saw one post
  const hasPost = attachments.some((one) => one.type === "ig_post");
  const others = attachments.filter(
    ({ type }) => type !== "image" && type !== "story_mention" && type !== "template" && !(type === "share" && hasPost),
  );
  return [...(images.length > 0 ? [imageGrid(images)] : []), ...others.map((one) => view(one, owner))];
}

function view(attachment: Attachment, owner: Business): HTMLElement {
  const { type, url } = attachment;
  if (type === "like_heart") return h("span", { class: "big-emoji heart", role: "img", "aria-label": "Heart" }, "❤️");
  if (type === "audio" && url) return voicePlayer(url);
  if (type === "video" && url) return clip(url, "Video");
  if (type === "file" && url) return fileCard(attachment, url);
  if (type === "ephemeral") return h("p", { class: "bubble view-once" }, icon("once", 20), "Photo · view once");
  if (type === "unsupported_type" || type === "hologram")
    return h("p", { class: "bubble bubble-gone" }, attachmentName(attachment));
  return sharedCard(attachment, owner);
}

function fileCard(attachment: Attachment, url: string): HTMLElement {
  const name = attachment.name ?? attachment.title ?? "Document.pdf";
  return h(
    "a",
    { class: "file", href: url, target: "_blank", rel: "noreferrer", "aria-label": `PDF ${name}` },
    h("span", { class: "file-sign" }, icon("file", 22)),
    h("span", { class: "file-words" }, h("strong", { dir: "auto" }, name), h("small", {}, "PDF")),
  );
}
