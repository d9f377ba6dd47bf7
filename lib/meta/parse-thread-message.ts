import type { IncomingMessage } from "../inbox/receive-messages";
import { textOf } from "./item-place";
import { type Address, type Attachment, addressOf } from "./parse-attachments";
import { reactionEmoji } from "./parse-reaction";
import { mediaTypeOf, type ThreadMessage } from "./thread-message";
import { httpUrl, storableStart } from "./webhook-values";

type Told = Pick<
  IncomingMessage,
  "externalId" | "origin" | "kind" | "text" | "attachments" | "details" | "story" | "replyToExternalId" | "opensWindow"
>;

const TITLE_CHARACTERS = 2200;

/**
 * A message of Meta's thread in the desk's words, like parseMessage for a delivery. Meta's thread tells less: no payloads,
 * no referrals, and of some kinds nothing but that there was a message. @returns null for one whose content Meta keeps back
 */
export function parseThreadMessage(found: ThreadMessage, accountId: string): Told | null {
  if (!found.from) return null;
  const fromBusiness = found.from.id === accountId;
  const story = storyOf(found);
  const templates = (found.attachments?.data ?? []).flatMap(({ generic_template: card }) => (card ? [card] : []));
  const attachments = [...mediaOf(found), ...sharesOf(found), ...(templates.length > 0 ? [{ type: "template" }] : [])];
  const text = textOf(found.message);
  return {
    externalId: found.id,
    origin: fromBusiness ? "instagram" : "customer",
    kind: story ? (story.relation === "mention" ? "story_mention" : "story_reply") : kindOf(attachments, text),
    text,
    attachments: attachments.length > 0 ? attachments : null,
    details: templates.length > 0 ? { cards: templates.map(cardOf) } : null,
    story,
    replyToExternalId: found.reply_to?.mid ?? null,
    opensWindow: !fromBusiness,
  };
}

/** Who reacted to it, and how. */
export function threadReactions(
  found: ThreadMessage,
  accountId: string,
): { by: "customer" | "business"; emoji: string }[] {
  return (found.reactions?.data ?? []).flatMap(({ reaction, users }) =>
    users.map(({ id }) => ({
      by: id === accountId ? ("business" as const) : ("customer" as const),
      emoji: reactionEmoji(reaction),
    })),
  );
}

function kindOf(attachments: Attachment[], text: string | null): IncomingMessage["kind"] {
  const [first] = attachments;
  if (!first) return text === null ? "unsupported" : "text";
  if (first.type === "template") return "template";
  return first.type === "post" || first.type === "reel" || first.type === "story"
    ? "share"
    : (first.type as "image" | "video" | "audio" | "file");
}

function storyOf({ story }: ThreadMessage): IncomingMessage["story"] {
  const told = story?.mention ?? story?.reply_to;
  if (!told) return null;
  const url = httpUrl(told.link);
  return {
    relation: story?.mention ? "mention" : "reply",
    ...(told.id ? { id: told.id } : {}),
    ...(url ? { url } : {}),
  };
}

function mediaOf({ attachments }: ThreadMessage): Attachment[] {
  return (attachments?.data ?? []).flatMap((one) => {
    const type = mediaTypeOf(one);
    if (!type) return [];
    const title = type === "file" ? textOf(one.name) : null;
    return {
      type,
      ...addressOf(urlIn(one.image_data) ?? urlIn(one.video_data) ?? one.file_url),
      ...(title ? { title: storableStart(title, TITLE_CHARACTERS) } : {}),
    };
  });
}

function urlIn(media: unknown): unknown {
  return typeof media === "object" && media !== null && "url" in media ? media.url : undefined;
}

function sharesOf({ shares }: ThreadMessage): Attachment[] {
  return (shares?.data ?? []).map(({ link, name }) => {
    const address = addressOf(link);
    const title = textOf(name);
    return {
      type: sharedType(address),
      ...address,
      ...(title ? { title: storableStart(title, TITLE_CHARACTERS) } : {}),
    };
  });
}

/** Only a permalink tells what was shared. */
function sharedType({ permalink }: Address): "post" | "reel" | "story" {
  const path = permalink ? new URL(permalink).pathname : "";
  return /^\/(reel|reels)\//.test(path) ? "reel" : path.startsWith("/stories/") ? "story" : "post";
}

type Card = NonNullable<NonNullable<IncomingMessage["details"]>["cards"]>[number];

function cardOf(
  card: NonNullable<NonNullable<ThreadMessage["attachments"]>["data"][number]["generic_template"]>,
): Card {
  const subtitle = textOf(card.subtitle);
  const imageUrl = httpUrl(card.media_url);
  const cta: Record<string, unknown> = typeof card.cta === "object" && card.cta !== null ? { ...card.cta } : {};
  const title = textOf(cta.title);
  const url = httpUrl(cta.url);
  return {
    title: textOf(card.title) ?? "",
    ...(subtitle ? { subtitle } : {}),
    ...(imageUrl ? { imageUrl } : {}),
    ...(title ? { buttons: [{ title, ...(url ? { url } : {}) }] } : {}),
  };
}
