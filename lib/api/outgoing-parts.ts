import type { OutgoingPart } from "../inbox/outgoing-part";
import {
  BUTTON_CHARACTERS,
  BUTTONS_TEXT_CHARACTERS,
  CARD_CHARACTERS,
  MAX_BUTTONS,
  MAX_QUICK_REPLIES,
} from "../inbox/send-limits";
import type { Button } from "../inbox/types";
import { refuse } from "./api-refusal";
import { placeRequestText, placeText } from "./as-text";
import type { Action, ItemAction } from "./schemas/action";
import type { ContentPost } from "./schemas/content";

/**
 * What Instagram is sent for a message of the public API, in order: natively where Instagram has a form for it, as text
 * where it has none. @throws ApiRefusal 400 for what nothing can stand for
 */
export function outgoingParts(content: ContentPost, upload: Upload | null): OutgoingPart[] {
  switch (content.type) {
    case "text":
      return withActions(plainText(content), content.actions ?? []);
    case "carousel":
      return [{ type: "cards", cards: content.items.map(cardOf) }];
    case "list":
      return [
        { type: "cards", cards: content.items.map(cardOf) },
        ...(content.actions ? withActions("", content.actions) : []),
      ];
    case "location": {
      const { lat: latitude, long: longitude } = content.coordinates;
      return [{ type: "text", text: placeText({ latitude, longitude, ...content.location }) }];
    }
    case "form":
      return [{ type: "text", text: formText(content) }];
    case "image":
    case "file":
      return mediaParts(content, upload);
  }
}

type Upload = { id: string; media: "image" | "video" | "audio" | "file" };

/** The file first, then what stands under it. */
function mediaParts(content: Extract<ContentPost, { type: "image" | "file" }>, upload: Upload | null): OutgoingPart[] {
  if (!upload) throw refuse(400, "bad_request", "content.mediaUrl: there is no file");
  const file: OutgoingPart = { type: "media", media: upload.media, uploadIds: [upload.id] };
  const actions = content.type === "image" ? (content.actions ?? []) : [];
  const words = plainText(content);
  return words === "" && actions.length === 0 ? [file] : [file, ...withActions(words, actions)];
}

/** Instagram knows neither HTML nor Markdown. */
function plainText({
  text,
  markdownText,
  htmlText,
}: Pick<Extract<ContentPost, { type: "text" }>, "text" | "markdownText" | "htmlText">): string {
  if (text) return text;
  if (markdownText) return markdownText.replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, "$1: $2").replace(/(\*\*|__|`)/g, "");
  return (htmlText ?? "")
    .replace(/<a\s[^>]*?href=["']([^"']+)["'][^>]*>(.*?)<\/a>/gis, "$2: $1")
    .replace(/<br\s*\/?>|<\/p>/gi, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => ENTITIES[name] ?? "")
    .trim();
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: " " };

/** Quick replies vanish with the next message, so they stand at the last one; buttons stand under a text of their own. */
function withActions(text: string, actions: Action[]): OutgoingPart[] {
  const replies = actions.flatMap((action) => (action.type === "reply" ? [action] : []));
  const asked = actions.flatMap((action) => (action.type === "locationRequest" ? [placeRequestText(action.text)] : []));
  const buttons = actions.flatMap((action) => buttonOf(action) ?? []);
  const spelled = actions.flatMap((action) => (action.type === "buy" ? [action.text] : []));
  const words = [text, ...asked, ...spelled].filter((line) => line !== "").join("\n");
  if (replies.length > MAX_QUICK_REPLIES)
    throw refuse(400, "bad_request", `content.actions: Instagram shows ${MAX_QUICK_REPLIES} replies at most`);
  if (replies.length > 0 && buttons.length > 0)
    throw refuse(400, "bad_request", "content.actions: replies stand alone or with locationRequest only");
  if (buttons.length > MAX_BUTTONS)
    throw refuse(400, "bad_request", `content.actions: Instagram shows ${MAX_BUTTONS} buttons at most`);
  if (buttons.length > 0) return underButtons(words, buttons);
  const quickReplies = replies.map(({ text: title, payload }) => ({ title: cut(title, BUTTON_CHARACTERS), payload }));
  const said = words === "" && quickReplies.length > 0 ? quickReplies.map(({ title }) => title).join(" · ") : words;
  return [{ type: "text", text: said, ...(quickReplies.length > 0 && { quickReplies }) }];
}

/** The text above buttons is short on Instagram: a longer one goes before. */
function underButtons(text: string, buttons: Button[]): OutgoingPart[] {
  if (text === "") return [{ type: "buttons", text: buttons.map(({ title }) => title).join(" · "), buttons }];
  if ([...text].length <= BUTTONS_TEXT_CHARACTERS) return [{ type: "buttons", text, buttons }];
  return [
    { type: "text", text },
    { type: "buttons", text: buttons.map(({ title }) => title).join(" · "), buttons },
  ];
}

function buttonOf(action: Action | ItemAction): Button | null {
  if (action.type === "link") return { title: cut(action.text, BUTTON_CHARACTERS), url: action.uri };
  if (action.type === "webview") return { title: cut(action.text, BUTTON_CHARACTERS), url: action.fallback };
  if (action.type === "postback") return { title: cut(action.text, BUTTON_CHARACTERS), payload: action.payload };
  return null;
}

type Item = Extract<ContentPost, { type: "carousel" }>["items"][number];

function cardOf({ title, description, mediaUrl, actions }: Item) {
  const buttons = actions.flatMap((action) => buttonOf(action) ?? []);
  const opens = actions.find((action) => (action.type === "link" || action.type === "webview") && action.default);
  return {
    title: cut(title, CARD_CHARACTERS),
    ...(description && { subtitle: cut(description, CARD_CHARACTERS) }),
    ...(mediaUrl && { imageUrl: mediaUrl }),
    ...(opens && "uri" in opens && { url: opens.uri }),
    ...(buttons.length > 0 && { buttons }),
  };
}

/** Instagram has no forms: its questions are asked in words. */
function formText({ text, fields }: Extract<ContentPost, { type: "form" }>): string {
  return [text, ...fields.map(({ label }) => `– ${label}`)].filter((line) => line).join("\n");
}

function cut(text: string, characters: number): string {
  const all = [...text];
  return all.length <= characters ? text : `${all.slice(0, characters - 1).join("")}…`;
}
