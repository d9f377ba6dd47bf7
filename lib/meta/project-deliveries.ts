import { sql } from "drizzle-orm";
import type { WriteCtx } from "../inbox/context";
import { type ChannelRef, findChannels } from "../inbox/find-channels";
import { markSeen, type SeenMark } from "../inbox/mark-seen";
import { noteDeliveries } from "../inbox/note-deliveries";
import { type IncomingMessage, receiveMessages } from "../inbox/receive-messages";
import { type SetAsideItem, setAsideItems } from "../inbox/set-aside-items";
import { type Unsend, unsendMessages } from "../inbox/unsend-messages";
import { enqueue } from "../queue/enqueue";
import { jsonItems } from "./json-items";
import { midOf, type ParsedItem, parseItem } from "./parse-item";
import { staleProfiles } from "./stale-profiles";
import { metaId } from "./webhook-values";

/** One POST from Meta, signature verified by the door. */
export type Delivery = { id: number; facebookAppId: string; receivedAt: Date; body: Buffer };

/** `raw`: an item's own characters, or all bytes of a delivery that cannot be cut into items. */
type Found = { facebookAppId: string; accountId: string | null; raw: string | Buffer; parsed: ParsedItem };

export const UNKNOWN_ACCOUNT = "No connected account has this id.";

/** Meta sends up to 1000 at once; far more would only exhaust the memory. */
const MAX_ITEMS = 10_000;

/** Stories end after 24 hours; that is when the desk asks whether one still lives. */
const STORY_LIFE_MS = 24 * 60 * 60 * 1000;

/** Turns deliveries into messages, seen marks and unsends, item by item: what cannot be shown is set aside with its reason. */
export async function projectDeliveries(tx: WriteCtx, deliveries: Delivery[]): Promise<void> {
  const found = deliveries.flatMap(readDelivery);
  const accounts = new Map(
    found.flatMap((item) => (item.accountId ? [[`${item.facebookAppId} ${item.accountId}`, item.accountId]] : [])),
  );
  const channels = await findChannels(
    tx.db,
    [...accounts].map(([key, accountId]) => ({
      facebookAppId: key.slice(0, key.length - accountId.length - 1),
      accountId,
    })),
  );
  const messages: IncomingMessage[] = [];
  const unsends: Unsend[] = [];
  const seen: SeenMark[] = [];
  const aside: SetAsideItem[] = [];
  for (const item of found) {
    const channel = channels.get(`${item.facebookAppId} ${item.accountId}`);
    const { parsed } = item;
    if (parsed.type === "set_aside") aside.push(asideOf(item, channel, parsed.reason, parsed.externalId));
    else if (!channel)
      aside.push(
        asideOf(
          item,
          undefined,
          UNKNOWN_ACCOUNT,
          parsed.type === "message" ? parsed.message.externalId : parsed.externalId,
        ),
      );
    else if (parsed.type === "message") {
      messages.push({ ...parsed.message, ...channel });
      if (parsed.keepRaw)
        aside.push(asideOf(item, channel, "Not shown yet.", subjectOf(parsed.keepRaw) ?? parsed.message.externalId));
    } else if (parsed.type === "unsend") unsends.push({ ...channel, externalId: parsed.externalId, at: parsed.at });
    else seen.push({ ...channel, externalId: parsed.externalId, at: parsed.at });
  }
  await setAsideItems(tx, aside);
  await eraseUnsentOfUnknown(tx, found, channels);
  const received = await receiveMessages(tx, messages);
  await unsendMessages(tx, unsends);
  await markSeen(tx, seen);
  await noteDeliveries(tx, [...new Set([...channels.values()].map((channel) => channel.channelId))]);
  const stories = received.filter(({ item }) => item.story !== null);
  const jobs = [
    ...(await staleProfiles(tx, received)),
    ...stories.map(({ item, messageId }) => ({
      queue: "story",
      key: messageId,
      payload: { workspaceId: item.workspaceId, messageId },
      runAt: new Date(item.sentAt.getTime() + STORY_LIFE_MS),
    })),
  ];
  await enqueue(tx.db, jobs);
  if (jobs.length > 0) tx.wake("jobs");
}

function readDelivery(delivery: Delivery): Found[] {
  const { facebookAppId } = delivery;
  const text = delivery.body.toString("utf8");
  const whole = (reason: string): Found[] => [
    { facebookAppId, accountId: null, raw: delivery.body, parsed: { type: "set_aside", reason, externalId: null } },
  ];
  let object: unknown;
  try {
    const value: unknown = JSON.parse(text);
    object = typeof value === "object" && value !== null && "object" in value ? value.object : undefined;
  } catch {
    return whole("It is not JSON.");
  }
  if (object !== "instagram") return whole("It does not speak of Instagram.");
  const { entries, items } = jsonItems(text, MAX_ITEMS + 1);
  if (items.length > MAX_ITEMS) return whole(`It holds more than ${MAX_ITEMS} items.`);
  if (items.length === 0) return whole("It holds no item that this desk knows.");
  return items.map(({ entry, list, raw }) => {
    const account = metaId.safeParse(entries[entry]?.id);
    if (!account.success) {
      return {
        facebookAppId,
        accountId: null,
        raw,
        parsed: { type: "set_aside", reason: "Its account id cannot be read without loss.", externalId: null },
      };
    }
    return {
      facebookAppId,
      accountId: account.data,
      raw,
      parsed: parseSafely(raw, list, account.data, delivery.receivedAt),
    };
  });
}

/** One item that nobody foresaw is set aside; its neighbours go on. */
function parseSafely(raw: string, list: string, accountId: string, receivedAt: Date): ParsedItem {
  try {
    return parseItem({ raw, list, accountId, receivedAt });
  } catch (error) {
    return {
      type: "set_aside",
      reason: `It cannot be read (${error instanceof Error ? error.name : "unknown error"}).`,
      externalId: null,
    };
  }
}

function asideOf(
  item: Found,
  channel: ChannelRef | undefined,
  reason: string,
  externalId: string | null,
): SetAsideItem {
  return {
    workspaceId: channel?.workspaceId ?? null,
    channelId: channel?.channelId ?? null,
    facebookAppId: item.facebookAppId,
    accountId: item.accountId,
    reason,
    externalId,
    raw: typeof item.raw === "string" ? Buffer.from(item.raw) : item.raw,
  };
}

/** The message that an edit or reaction speaks of: when that is unsent, this raw form goes with it. */
function subjectOf(raw: string): string | null {
  const value: unknown = JSON.parse(raw);
  if (typeof value !== "object" || value === null) return null;
  for (const part of Object.values(value)) {
    const mid = midOf(part);
    if (mid !== null) return mid;
  }
  return null;
}

/** Unsent means gone, also where nobody has connected the account yet. */
async function eraseUnsentOfUnknown(tx: WriteCtx, found: Found[], channels: Map<string, ChannelRef>): Promise<void> {
  const unsends = found.flatMap((item) =>
    item.parsed.type === "unsend" && !channels.has(`${item.facebookAppId} ${item.accountId}`)
      ? [{ app: item.facebookAppId, account: item.accountId, external_id: item.parsed.externalId }]
      : [],
  );
  if (unsends.length === 0) return;
  await tx.db.execute(sql`
    delete from set_aside s using json_to_recordset(${JSON.stringify(unsends)}::json) as given(app text, account text, external_id text)
    where s.facebook_app_id = given.app and s.account_id = given.account and s.external_id = given.external_id
      and position('"is_deleted"'::bytea in s.raw) = 0`);
}
