import { z } from "zod";
import { sha256Hex } from "../crypto";
import type { IncomingMessage } from "../inbox/receive-messages";
import { httpUrl, metaId, metaTime, storable, storableStart } from "./webhook-values";

type Placed = Omit<IncomingMessage, "workspaceId" | "channelId">;

/** What one webhook item means to the inbox. `keepRaw`: shown as "not shown yet", its raw form stays for later. */
export type ParsedItem =
  | { type: "message"; message: Placed; keepRaw: string | null }
  | { type: "unsend"; externalId: string; at: Date }
  | { type: "seen"; externalId: string; at: Date }
  | { type: "set_aside"; reason: string; externalId: string | null };

/** What an unknown kind is called in the thread. */
const LABEL_CHARACTERS = 60;

const party = z.object({ id: metaId });

const envelope = z.looseObject({ sender: party, recipient: party, timestamp: z.unknown().optional() });

const messageBody = z.looseObject({
  mid: metaId.optional(),
  text: z.string().optional(),
  attachments: z.array(z.looseObject({ type: z.string(), payload: z.unknown().optional() })).optional(),
  is_echo: z.boolean().optional(),
  is_self: z.boolean().optional(),
  is_deleted: z.boolean().optional(),
  is_unsupported: z.unknown().optional(),
  reply_to: z
    .looseObject({
      mid: metaId.optional(),
      story: z.looseObject({ id: metaId.optional(), url: z.unknown().optional() }).optional(),
    })
    .optional(),
});

const postbackBody = z.looseObject({ mid: metaId.optional(), title: z.string().optional() });
const readBody = z.looseObject({ mid: metaId });

/** @param item.list where it stood: `messaging`, `standby` or `changes` */
export function parseItem(item: { raw: string; list: string; accountId: string; receivedAt: Date }): ParsedItem {
  if (item.list === "changes") return parseChange(item.raw);
  const value: unknown = JSON.parse(item.raw);
  const head = envelope.safeParse(value);
  if (!head.success) return setAside("Sender or recipient is missing or cannot be read without loss.");
  const { sender, recipient, timestamp } = head.data;
  const place = { at: metaTime(timestamp, item.receivedAt), sender: sender.id, recipient: recipient.id, ...item };
  if (head.data.message !== undefined) return parseMessage(head.data.message, place);
  if (head.data.read !== undefined) {
    const read = readBody.safeParse(head.data.read);
    return read.success
      ? { type: "seen", externalId: read.data.mid, at: place.at }
      : setAside("A seen mark that names no message.");
  }
  if (head.data.postback !== undefined) {
    const postback = postbackBody.safeParse(head.data.postback);
    if (!postback.success) return setAside("A button tap that cannot be read.");
    return shown(place, {
      externalId: postback.data.mid ?? derivedId(item.raw),
      kind: "postback",
      text: textOf(postback.data.title),
    });
  }
  return parseEvent(head.data, place);
}

type Place = { raw: string; accountId: string; at: Date; sender: string; recipient: string };

function parseMessage(body: unknown, place: Place): ParsedItem {
  const parsed = messageBody.safeParse(body);
  if (!parsed.success) return setAside("A message whose parts cannot be read.", midOf(body));
  const message = parsed.data;
  if (message.is_deleted) {
    return message.mid
      ? { type: "unsend", externalId: message.mid, at: place.at }
      : setAside("An unsend that names no message.");
  }
  if (message.is_self || place.sender === place.recipient)
    return setAside("A test that the account sent to itself.", message.mid ?? null);
  const fromBusiness = message.is_echo === true || place.sender === place.accountId;
  const externalId = message.mid ?? derivedId(place.raw);
  const text = textOf(message.text);
  const story = message.reply_to?.story;
  const replyToExternalId = message.reply_to?.mid ?? null;
  const mention = message.attachments?.find((attachment) => attachment.type === "story_mention");
  if (mention) {
    return shown(place, {
      externalId,
      fromBusiness,
      kind: "story_mention",
      text,
      story: { relation: "mention", url: urlOf(mention.payload) },
    });
  }
  const attachments = (message.attachments ?? []).map((attachment) => ({
    type: storableStart(attachment.type, LABEL_CHARACTERS),
    ...(attachment.type === "image" ? { url: urlOf(attachment.payload) } : {}),
  }));
  const unknown =
    attachments.some((attachment) => attachment.type !== "image") || (attachments.length === 0 && text === null);
  if (attachments.length === 0 && message.is_unsupported) attachments.push({ type: "unsupported" });
  const common = {
    externalId,
    fromBusiness,
    text,
    replyToExternalId,
    attachments: attachments.length > 0 ? attachments : null,
  };
  const keepRaw = unknown ? place.raw : null;
  if (story) {
    const relation = { relation: "reply" as const, id: story.id, url: httpUrl(story.url) };
    return shown(place, { ...common, kind: "story_reply", story: relation, keepRaw });
  }
  const kind =
    text === null && unknown
      ? "other"
      : attachments.some((attachment) => attachment.type === "image")
        ? "image"
        : "text";
  return shown(place, { ...common, kind, keepRaw });
}

/** Reactions, edits, referrals, hand-overs and what Meta may invent: a quiet line in the thread, the raw form kept. */
function parseEvent(value: Record<string, unknown>, place: Place): ParsedItem {
  const name =
    Object.keys(value).find((key) => !["sender", "recipient", "timestamp", "is_self"].includes(key)) ?? "unknown";
  if (place.sender === place.recipient) return setAside("A test that the account sent to itself.");
  return shown(place, {
    externalId: derivedId(place.raw),
    kind: "event",
    text: null,
    attachments: [{ type: storableStart(name, LABEL_CHARACTERS) }],
    keepRaw: place.raw,
    opensWindow: false,
  });
}

function parseChange(raw: string): ParsedItem {
  const parsed = z.looseObject({ field: z.string() }).safeParse(JSON.parse(raw));
  const field = parsed.success ? storableStart(parsed.data.field, LABEL_CHARACTERS) : "unknown";
  return setAside(field === "messages" ? "A test from the dashboard of the Facebook app." : `Not shown yet: ${field}.`);
}

type Shown = {
  externalId: string;
  fromBusiness?: boolean;
  kind: IncomingMessage["kind"];
  text: string | null;
  attachments?: IncomingMessage["attachments"];
  story?: IncomingMessage["story"];
  replyToExternalId?: string | null;
  keepRaw?: string | null;
  opensWindow?: boolean;
};

function shown(place: Place, parts: Shown): ParsedItem {
  const fromBusiness = parts.fromBusiness ?? place.sender === place.accountId;
  return {
    type: "message",
    keepRaw: parts.keepRaw ?? null,
    message: {
      contactExternalId: customerOf(place, fromBusiness),
      externalId: parts.externalId,
      origin: fromBusiness ? "instagram" : "customer",
      kind: parts.kind,
      text: parts.text,
      attachments: parts.attachments ?? null,
      story: parts.story ?? null,
      replyToExternalId: parts.replyToExternalId ?? null,
      sentAt: place.at,
      opensWindow: parts.opensWindow ?? !fromBusiness,
    },
  };
}

/** The customer is whoever is not the account; some echoes come with their ids not swapped, some tests with neither. */
function customerOf(place: Place, fromBusiness: boolean): string {
  if (place.sender === place.accountId) return place.recipient;
  if (place.recipient === place.accountId) return place.sender;
  return fromBusiness ? place.recipient : place.sender;
}

function urlOf(payload: unknown): string | undefined {
  return typeof payload === "object" && payload !== null && "url" in payload ? httpUrl(payload.url) : undefined;
}

function textOf(text: string | undefined): string | null {
  const kept = storable(text ?? "");
  return kept === "" ? null : kept;
}

/** What has no id of its own is known by its content, so that a repeated delivery is still one. */
function derivedId(raw: string): string {
  return `sha256:${sha256Hex(raw)}`;
}

/** The message that a body names by its `mid`; null where that is no id that can be kept. */
export function midOf(body: unknown): string | null {
  const mid = typeof body === "object" && body !== null && "mid" in body ? metaId.safeParse(body.mid) : null;
  return mid?.success ? mid.data : null;
}

function setAside(reason: string, externalId: string | null = null): ParsedItem {
  return { type: "set_aside", reason, externalId };
}
