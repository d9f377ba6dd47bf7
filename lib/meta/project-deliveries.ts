import { sql } from "drizzle-orm";
import type { WriteCtx } from "../inbox/context";
import { type Edit, editMessages } from "../inbox/edit-messages";
import { type ChannelRef, findChannels } from "../inbox/find-channels";
import { markSeen, markSeenUntil, type SeenMark, type SeenUntil } from "../inbox/mark-seen";
import { noteDeliveries } from "../inbox/note-deliveries";
import { type IncomingMessage, receiveMessages } from "../inbox/receive-messages";
import { type Reaction, recordReactions } from "../inbox/record-reactions";
import { type SetAsideItem, setAsideItems } from "../inbox/set-aside-items";
import { type Unsend, unsendMessages } from "../inbox/unsend-messages";
import { enqueueFollowUps } from "./follow-ups";
import { leaveOutErased } from "./leave-out-erased";
import { mentionedMids, onlyItem, subjectOf } from "./raw-subjects";
import { type Delivery, type FoundItem, readDelivery } from "./read-delivery";

export const UNKNOWN_ACCOUNT = "No connected account has this id.";
const NOT_SHOWN = "Not shown yet.";
const WITHHELD =
  "Instagram told of a message without its content. Check that the Facebook app may read messages (Advanced Access).";

type RawItemOf = Pick<FoundItem, "facebookAppId" | "accountId" | "raw">;

type Sorted = {
  messages: IncomingMessage[];
  edits: Edit[];
  reactions: Reaction[];
  unsends: Unsend[];
  seen: SeenMark[];
  seenUntil: SeenUntil[];
  aside: SetAsideItem[];
};

/** Turns deliveries into what happened in the inbox, item by item: what cannot be shown is set aside with its reason. */
export async function projectDeliveries(tx: WriteCtx, deliveries: Delivery[]): Promise<void> {
  const found = deliveries.flatMap(readDelivery);
  const channels = await channelsOf(tx, found);
  const sorted = await leaveOutErased(tx, sortItems(found, channels));
  const received = await receiveMessages(tx, sorted.messages);
  await setAsideItems(tx, sorted.aside);
  await eraseUnsentOfUnknown(tx, found, channels);
  await editMessages(tx, sorted.edits);
  await recordReactions(tx, sorted.reactions);
  // After all that may bring content.
  await unsendMessages(tx, sorted.unsends);
  await markSeen(tx, sorted.seen);
  await markSeenUntil(tx, sorted.seenUntil);
  await noteDeliveries(tx, channels.values());
  await enqueueFollowUps(tx, received);
}

/** A delivery that cannot be projected is kept whole, as the item that it holds. */
export async function setDeliveryAside(tx: WriteCtx, delivery: Delivery, reason: string): Promise<void> {
  const { facebookAppId } = delivery;
  const { accountId, externalId } = onlyItem(delivery.body);
  const channels = accountId ? await findChannels(tx.db, [{ facebookAppId, accountId }]) : null;
  const item: RawItemOf = { facebookAppId, accountId, raw: delivery.body };
  await setAsideItems(tx, [asideOf(item, channels?.get(`${facebookAppId} ${accountId}`), reason, externalId)]);
}

async function channelsOf(tx: WriteCtx, found: FoundItem[]): Promise<Map<string, ChannelRef>> {
  const accounts = new Map(
    found.flatMap(({ facebookAppId, accountId }) =>
      accountId ? [[`${facebookAppId} ${accountId}`, { facebookAppId, accountId }]] : [],
    ),
  );
  return findChannels(tx.db, [...accounts.values()]);
}

function sortItems(found: FoundItem[], channels: Map<string, ChannelRef>): Sorted {
  const sorted: Sorted = { messages: [], edits: [], reactions: [], unsends: [], seen: [], seenUntil: [], aside: [] };
  for (const item of found) {
    const channel = channels.get(`${item.facebookAppId} ${item.accountId}`);
    const { parsed } = item;
    if (parsed.type === "set_aside") {
      sorted.aside.push(asideOf(item, channel, parsed.reason, parsed.externalId ?? subjectOf(item.raw)));
    } else if (!channel) {
      const { externalId } = parsed.type === "message" ? parsed.message : parsed;
      sorted.aside.push(asideOf(item, undefined, UNKNOWN_ACCOUNT, externalId));
    } else sortKnown(sorted, item, parsed, channel);
  }
  return sorted;
}

type Known = Exclude<FoundItem["parsed"], { type: "set_aside" }>;

function sortKnown(sorted: Sorted, item: FoundItem, parsed: Known, channel: ChannelRef): void {
  switch (parsed.type) {
    case "message": {
      const message = { ...parsed.message, ...channel };
      sorted.messages.push(message);
      if (!parsed.keepRaw) return;
      const subject = subjectOf(parsed.keepRaw) ?? message.externalId;
      const whileWithheld = parsed.withheld ?? false;
      sorted.aside.push({ ...asideOf(item, channel, whileWithheld ? WITHHELD : NOT_SHOWN, subject), whileWithheld });
      return;
    }
    case "edit":
      sorted.edits.push({ ...parsed, ...channel });
      return;
    case "reaction":
      sorted.reactions.push({ ...parsed, ...channel });
      return;
    case "unsend":
      sorted.unsends.push({ ...parsed, ...channel });
      return;
    case "seen_until":
      sorted.seenUntil.push({ ...parsed, ...channel });
      return;
    case "seen":
      sorted.seen.push({ ...parsed, ...channel });
  }
}

function asideOf(
  item: RawItemOf,
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
    mentions: item.accountId === null ? mentionedMids(item.raw) : [],
    raw: typeof item.raw === "string" ? Buffer.from(item.raw) : item.raw,
  };
}

/** Unsent means gone, also where nobody has connected the account yet. */
async function eraseUnsentOfUnknown(
  tx: WriteCtx,
  found: FoundItem[],
  channels: Map<string, ChannelRef>,
): Promise<void> {
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
