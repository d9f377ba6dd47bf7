import { jsonItems } from "./json-items";

/**
 * Cuts a delivery that could not be processed as a whole into deliveries of one item each, so that only the item to
 * blame stays behind. @returns null when it cannot be cut further
 */
export function divideDelivery(body: Buffer): Buffer[] | null {
  const text = body.toString("utf8");
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  const { entries, items } = jsonItems(text);
  if (items.length < 2) return null;
  return items.map(({ entry, list, raw }) =>
    Buffer.from(
      `{"object":"instagram","entry":[{"id":${JSON.stringify(entries[entry]?.id ?? null)},"${list}":[${raw}]}]}`,
    ),
  );
}
