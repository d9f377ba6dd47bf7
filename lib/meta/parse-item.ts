import { z } from "zod";
import { customerOf, derivedId, type ParsedItem, type Place, setAside, shown, textOf } from "./item-place";
import { parseEdit } from "./parse-edit";
import { parseMessage, payloadOf } from "./parse-message";
import { parseReaction } from "./parse-reaction";
import { parseReferral } from "./parse-referral";
import { metaId, metaTime, storableStart } from "./webhook-values";

/** What an unknown kind is called in the thread. */
const LABEL_CHARACTERS = 60;

const DASHBOARD_TEST = "A test from the dashboard of the Facebook app.";
/** Tests of the dashboard come in the name of no account. */
const TEST_ACCOUNT = "0";

const party = z.object({ id: metaId });
const envelope = z.looseObject({ sender: party, recipient: party, timestamp: z.unknown().optional() });
const postbackBody = z.looseObject({
  mid: metaId.nullish(),
  title: z.string().nullish(),
  payload: z.unknown().optional(),
});
const readBody = z.looseObject({ mid: metaId.nullish(), watermark: z.unknown().optional() });

/** @param item.list where it stood: `messaging`, `standby` or `changes` */
export function parseItem(item: { raw: string; list: string; accountId: string; receivedAt: Date }): ParsedItem {
  const value: unknown = JSON.parse(item.raw);
  if (item.list === "changes") return parseChange(value);
  if (item.accountId === TEST_ACCOUNT) return setAside(DASHBOARD_TEST);
  const head = envelope.safeParse(value);
  if (!head.success) return setAside("Sender or recipient is missing or cannot be read without loss.");
  const { sender, recipient, timestamp, ...parts } = head.data;
  const place: Place = {
    at: metaTime(timestamp, item.receivedAt),
    sender: sender.id,
    recipient: recipient.id,
    raw: item.raw,
    accountId: item.accountId,
  };
  const parsed = parseParts(parts, place);
  return item.list === "standby" ? besideAnotherApp(parsed) : parsed;
}

/** Instagram lets one app at a time answer a conversation and shows the others what is said in it. */
function besideAnotherApp(item: ParsedItem): ParsedItem {
  if (item.type !== "message" || item.message.kind === "event") return item;
  return { ...item, message: { ...item.message, details: { ...item.message.details, standby: true } } };
}

function parseParts(parts: Record<string, unknown>, place: Place): ParsedItem {
  if (parts.message !== undefined) return parseMessage(parts.message, place, parts.referral);
  if (parts.is_self === true || place.sender === place.recipient)
    return setAside("A test that the account sent to itself.");
  if (parts.read !== undefined) return parseRead(parts.read, place);
  if (parts.reaction !== undefined) return parseReaction(parts.reaction, place);
  if (parts.message_edit !== undefined) return parseEdit(parts.message_edit, place);
  if (parts.postback !== undefined) return parsePostback(parts.postback, place, parts.referral);
  if (parts.referral !== undefined) return parseArrival(parts.referral, place);
  return unknownEvent(Object.keys(parts)[0] ?? "unknown", place);
}

function parseRead(value: unknown, place: Place): ParsedItem {
  const read = readBody.safeParse(value);
  if (!read.success) return setAside("A seen mark that cannot be read.");
  const { mid, watermark } = read.data;
  if (mid) return { type: "seen", externalId: mid, at: place.at };
  if (watermark === undefined) return setAside("A seen mark that names no message.");
  const until = metaTime(watermark, place.at);
  return { type: "seen_until", externalId: null, contactExternalId: customerOf(place, false), until, at: place.at };
}

/** A tap on a button, an ice breaker or the menu; nothing but the payload tells them apart. */
function parsePostback(value: unknown, place: Place, sibling: unknown): ParsedItem {
  const parsed = postbackBody.safeParse(value);
  if (!parsed.success) return setAside("A button tap that cannot be read.");
  const payload = payloadOf(parsed.data.payload);
  const referral = parseReferral(parsed.data.referral) ?? parseReferral(sibling);
  return shown(place, {
    externalId: parsed.data.mid ?? derivedId(place.raw),
    kind: "postback",
    text: textOf(parsed.data.title),
    details: { ...(payload === undefined ? {} : { payload }), ...(referral ? { referral } : {}) },
  });
}

/** A customer came back through a link or an advertisement and has not written: it opens no reply window. */
function parseArrival(value: unknown, place: Place): ParsedItem {
  const referral = parseReferral(value);
  if (!referral) return unknownEvent("referral", place);
  return shown(place, {
    externalId: derivedId(place.raw),
    kind: "referral",
    text: null,
    details: { referral },
    opensWindow: false,
  });
}

/** Hand-overs and what Meta may invent: a quiet line in the thread, the raw form kept. */
function unknownEvent(name: string, place: Place): ParsedItem {
  return shown(place, {
    externalId: derivedId(place.raw),
    kind: "event",
    text: null,
    attachments: [{ type: storableStart(name, LABEL_CHARACTERS) }],
    keepRaw: place.raw,
    opensWindow: false,
  });
}

/** Direct messages stand in `changes` only when the dashboard tests them; comments and mentions always do. */
function parseChange(value: unknown): ParsedItem {
  const parsed = z.looseObject({ field: z.string() }).safeParse(value);
  const field = parsed.success ? storableStart(parsed.data.field, LABEL_CHARACTERS) : "unknown";
  return setAside(/^(messag|standby)/.test(field) ? DASHBOARD_TEST : `Not shown yet: ${field}.`);
}
