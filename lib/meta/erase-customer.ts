import { sql } from "drizzle-orm";
import { type Ctx, type WriteCtx, write } from "../inbox/context";
import { type ErasedContact, type ErasedCounts, eraseContact } from "../inbox/erase-contact";
import { jsonItems } from "./json-items";

/**
 * Erases a customer everywhere, deliveries that wait to be read among it. @returns the receipt's code and what was
 * erased @throws AppError forbidden, not_found, conflict
 */
export async function eraseCustomer(
  ctx: Ctx,
  input: { contactId: string },
): Promise<{ code: string; counts: ErasedCounts }> {
  return write(ctx, async (tx) => {
    const { code, counts, ...contact } = await eraseContact(tx, input);
    await eraseFromDeliveries(tx, contact);
    return { code, counts };
  });
}

/** A delivery may speak of others too: only the items that name this customer leave it. */
async function eraseFromDeliveries(tx: WriteCtx, contact: ErasedContact): Promise<void> {
  // One that is being read at this moment leaves them out itself.
  const { rows } = await tx.db.execute<{ id: number; body: Buffer }>(sql`
    select id, body from delivery where facebook_app_id = ${contact.facebookAppId}
      and position(convert_to(${contact.externalId}, 'UTF8') in body) > 0 for update skip locked`);
  for (const { id, body } of rows) {
    const rest = withoutItemsOf(contact.externalId, body);
    if (rest) await tx.db.execute(sql`update delivery set body = ${sql.param(rest)} where id = ${id}`);
    else await tx.db.execute(sql`delete from delivery where id = ${id}`);
  }
}

/** @returns null when nothing else is in it */
function withoutItemsOf(externalId: string, body: Buffer): Buffer | null {
  const text = body.toString("utf8");
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  const { entries, items } = jsonItems(text);
  const kept = items.filter(({ raw }) => !raw.includes(externalId));
  if (kept.length === 0) return null;
  const written = kept.map(({ entry, list, raw }) => {
    const { id, time } = entries[entry] ?? {};
    return `{"id":${JSON.stringify(id ?? null)},"time":${JSON.stringify(time ?? null)},"${list}":[${raw}]}`;
  });
  return Buffer.from(`{"object":"instagram","entry":[${written.join(",")}]}`);
}
