import { jsonItems } from "./json-items";
import { midOf } from "./parse-message";
import { metaId } from "./webhook-values";

/** The message that a raw item speaks of, whatever else is wrong with it: when that is unsent, the raw form goes too. */
export function subjectOf(raw: string | Buffer): string | null {
  const value = parsed(raw.toString());
  if (typeof value !== "object" || value === null) return null;
  for (const part of Object.values(value)) {
    const mid = midOf(part);
    if (mid !== null) return mid;
  }
  return null;
}

/** Account and message of the one item in a delivery that cannot be cut any further. */
export function onlyItem(body: Buffer): { accountId: string | null; externalId: string | null } {
  const text = body.toString();
  const nothing = { accountId: null, externalId: null };
  if (parsed(text) === undefined) return nothing;
  const { entries, items } = jsonItems(text, 2);
  const [item, second] = items;
  const account = metaId.safeParse(item && entries[item.entry]?.id);
  if (!item || second || !account.success) return nothing;
  return { accountId: account.data, externalId: subjectOf(item.raw) };
}

/** Every message id in what could not be cut into items, or in an item of nobody's. */
export function mentionedMids(raw: string | Buffer): string[] {
  const found = raw.toString().matchAll(/"mid"\s*:\s*("(?:[^"\\]|\\.)*")/g);
  return [...new Set(Array.from(found, ([, mid = ""]) => midOf({ mid: parsed(mid) })).filter((mid) => mid !== null))];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
