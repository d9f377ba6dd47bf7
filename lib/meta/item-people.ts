import { z } from "zod";
import type { Named } from "../inbox/erased-contacts";
import { now } from "../time";
import { metaId, metaTime } from "./webhook-values";

const party = z.object({ id: metaId });
const item = z.looseObject({ sender: party, recipient: party, timestamp: z.unknown().optional() });

/** Between whom an item was and when, whatever else it is; the account itself is one of them. None: it does not say. */
export function itemPeople(channelId: string, raw: Buffer): (Named & { at: Date })[] {
  const told = item.safeParse(parseJson(raw));
  if (!told.success) return [];
  const { sender, recipient, timestamp } = told.data;
  // Without a time it counts as old: what cannot be shown anyway is not kept on a doubt.
  const at = timestamp === undefined ? new Date(0) : metaTime(timestamp, new Date(now()));
  return [sender.id, recipient.id].map((contactExternalId) => ({ channelId, contactExternalId, at }));
}

function parseJson(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString("utf8"));
  } catch {
    return null;
  }
}
