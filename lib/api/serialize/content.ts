import type { MessageDetails } from "../../inbox/public-types";
import type { Attachment, Button, Card } from "../../inbox/types";
import type { Content } from "../schemas/content";

/** What a message says, in the public API's few types: there are no audio, video, hearts or shared posts in it. */
export function apiContent(message: MessageDetails): Content {
  if (message.unsent) return { type: "text", text: "" };
  if (message.apiContent) return message.apiContent;
  switch (message.kind) {
    case "image":
      return mediaContent("image", message);
    case "video":
    case "audio":
    case "file":
      return mediaContent("file", message);
    case "template":
      return message.cards.length > 0 ? cardsContent(message.cards) : textContent(message);
    case "like_heart":
      return { type: "text", text: "❤️" };
    case "share":
      return { type: "text", text: linesOf(message.text, ...message.attachments.map(linkOf)) };
    case "view_once":
      return { type: "text", text: "[A picture or video to be seen once: open Instagram]" };
    case "unsupported":
    case "other":
      return { type: "text", text: linesOf(message.text, "[Instagram does not tell what this is: open Instagram]") };
    default:
      return textContent(message);
  }
}

function textContent({ text, payload, buttons, quickReplies }: MessageDetails): Content {
  const actions = [
    ...buttons.map(actionOf),
    ...quickReplies.map(({ title, payload: said }) => ({ type: "reply", text: title, payload: said })),
  ];
  return {
    type: "text",
    text: text ?? "",
    ...(payload !== null && { payload }),
    ...(actions.length > 0 && { actions }),
  };
}

/** Several pictures of one message stand behind the first: the public API knows one each. */
function mediaContent(type: "image" | "file", { attachments, text }: MessageDetails): Content {
  const [first, ...others] = attachments.filter(({ url }) => url !== null);
  if (!first) return { type: "text", text: linesOf(text, "[A file that Instagram does not give any more]") };
  return {
    type,
    mediaUrl: first.url,
    mediaType: MEDIA_TYPES[first.type] ?? "application/octet-stream",
    ...(first.title && { altText: first.title }),
    ...(text && { text }),
    ...(others.length > 0 && { additionalMediaUrls: others.map(({ url }) => url) }),
  };
}

const MEDIA_TYPES: Record<string, string> = {
  image: "image/jpeg",
  video: "video/mp4",
  audio: "audio/mp4",
  file: "application/pdf",
};

function cardsContent(cards: Card[]): Content {
  return {
    type: "carousel",
    items: cards.map(({ title, subtitle, imageUrl, buttons }) => ({
      title,
      ...(subtitle && { description: subtitle }),
      ...(imageUrl && { mediaUrl: imageUrl }),
      actions: (buttons ?? []).map(actionOf),
    })),
    text: linesOf(...cards.map(({ title, subtitle }, at) => linesOf(`${at + 1}. ${title}`, subtitle ?? null))),
  };
}

function actionOf({ title, url, payload }: Button) {
  return url === undefined
    ? { type: "postback", text: title, payload: payload ?? title }
    : { type: "link", text: title, uri: url };
}

function linkOf({ title, permalink, url }: Attachment): string | null {
  return linesOf(title, permalink ?? url);
}

function linesOf(...lines: (string | null)[]): string {
  return lines.filter((line) => line !== null && line !== "").join("\n");
}
