import { z } from "zod";
import type { IncomingMessage } from "../inbox/receive-messages";
import { derivedId, type ParsedItem, type Place, setAside, shown, textOf } from "./item-place";
import { type Attachments, attachmentList, parseAttachments } from "./parse-attachments";
import { parseReferral } from "./parse-referral";
import { httpUrl, metaId, storable } from "./webhook-values";

const messageBody = z.looseObject({
  mid: metaId.nullish(),
  text: z.string().nullish(),
  attachments: attachmentList.nullish(),
  quick_reply: z.looseObject({ payload: z.unknown().optional() }).nullish().catch(null),
  reply_to: z
    .looseObject({
      mid: metaId.nullish(),
      story: z.looseObject({ id: metaId.nullish(), url: z.unknown().optional() }).nullish(),
    })
    .nullish(),
});
type Body = z.infer<typeof messageBody>;

/** @param sibling a referral that stands beside the message instead of in it */
export function parseMessage(value: unknown, place: Place, sibling: unknown): ParsedItem {
  const parsed = messageBody.safeParse(value);
  if (!parsed.success) return setAside("A message whose parts cannot be read.", midOf(value));
  const message = parsed.data;
  if (isTrue(message.is_deleted)) {
    return message.mid
      ? { type: "unsend", externalId: message.mid, at: place.at }
      : setAside("An unsend that names no message.");
  }
  if (isTrue(message.is_self) || place.sender === place.recipient)
    return setAside("A test that the account sent to itself.", message.mid ?? null);
  return display(message, place, sibling);
}

function display(message: Body, place: Place, sibling: unknown): ParsedItem {
  const mentions = (message.attachments ?? []).filter((attachment) => attachment.type === "story_mention");
  const attachments = parseAttachments((message.attachments ?? []).filter((one) => !mentions.includes(one)));
  const text = textOf(message.text) ?? attachments.template?.text ?? null;
  const details = detailsOf(message, attachments, sibling);
  const story = storyOf(message, mentions[0]?.payload, mentions.length > 0);
  const kind = story ? (story.relation === "mention" ? "story_mention" : "story_reply") : kindOf();
  return shown(place, {
    externalId: message.mid ?? derivedId(place.raw),
    fromBusiness: isTrue(message.is_echo) || place.sender === place.accountId,
    kind,
    text,
    attachments: attachments.list.length > 0 ? attachments.list : null,
    details,
    story,
    replyToExternalId: message.reply_to?.mid ?? null,
    keepRaw: attachments.unknown || kind === "other" ? place.raw : null,
  });

  function kindOf(): IncomingMessage["kind"] {
    if (attachments.kind) return attachments.kind;
    if (text !== null) return "text";
    if (attachments.list.length > 0) return "other";
    if (isTrue(message.is_unsupported)) return "unsupported";
    if (details?.payload !== undefined) return "postback";
    return details?.referral ? "referral" : "other";
  }
}

function storyOf(message: Body, mention: unknown, mentioned: boolean): IncomingMessage["story"] {
  if (mentioned) {
    const url = typeof mention === "object" && mention !== null && "url" in mention ? httpUrl(mention.url) : undefined;
    return { relation: "mention", ...(url ? { url } : {}) };
  }
  const story = message.reply_to?.story;
  if (!story) return null;
  const url = httpUrl(story.url);
  return { relation: "reply", ...(story.id ? { id: story.id } : {}), ...(url ? { url } : {}) };
}

function detailsOf(message: Body, { template }: Attachments, sibling: unknown): IncomingMessage["details"] {
  const payload = payloadOf(message.quick_reply?.payload);
  const referral = parseReferral(message.referral) ?? parseReferral(sibling);
  const details: NonNullable<IncomingMessage["details"]> = {
    ...(payload === undefined ? {} : { payload }),
    ...(referral ? { referral } : {}),
    ...(template && template.cards.length > 0 ? { cards: template.cards } : {}),
    ...(template && template.buttons.length > 0 ? { buttons: template.buttons } : {}),
  };
  return Object.keys(details).length > 0 ? details : null;
}

/** What a button carried back; Meta withholds it where another app answers. */
export function payloadOf(value: unknown): string | undefined {
  return typeof value === "string" ? storable(value) : undefined;
}

/** The message that a body names by its `mid`; null where that is no id that can be kept. */
export function midOf(body: unknown): string | null {
  const mid = typeof body === "object" && body !== null && "mid" in body ? metaId.safeParse(body.mid) : null;
  return mid?.success ? mid.data : null;
}

/** Flags are absent or true; the reference prints one of them as a word. */
function isTrue(flag: unknown): boolean {
  return flag === true || flag === "true";
}
