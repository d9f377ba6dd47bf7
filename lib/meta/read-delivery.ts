import type { ParsedItem } from "./item-place";
import { jsonItems } from "./json-items";
import { parseItem } from "./parse-item";
import { metaId } from "./webhook-values";

/** One POST from Meta, signature verified by the door. */
export type Delivery = { id: number; facebookAppId: string; receivedAt: Date; body: Buffer };

/** `raw`: an item's own characters, or all bytes of a delivery that cannot be cut into items. */
export type FoundItem = { facebookAppId: string; accountId: string | null; raw: string | Buffer; parsed: ParsedItem };

/** Meta sends up to 1000 at once; far more would only exhaust the memory. */
const MAX_ITEMS = 10_000;

/** Cuts a delivery into its items; whatever cannot be read is an item that is set aside. */
export function readDelivery(delivery: Delivery): FoundItem[] {
  const { facebookAppId } = delivery;
  const text = delivery.body.toString("utf8");
  const whole = (reason: string): FoundItem[] => [
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
