import { sql } from "drizzle-orm";
import type { WriteCtx } from "../inbox/context";
import type { Edit } from "../inbox/edit-messages";
import { erasedContacts, holdErasures } from "../inbox/erased-contacts";
import { contactKey } from "../inbox/open-conversations";
import type { SetAsideItem } from "../inbox/set-aside-items";
import { itemPeople } from "./item-people";

type Given = { edits: Edit[]; aside: SetAsideItem[] };

/**
 * What a customer wished to be erased comes back neither as an edit nor as something set aside; messages and reactions
 * look for themselves. Called before any conversation is locked.
 */
export async function leaveOutErased<T extends Given>(tx: WriteCtx, given: T): Promise<T> {
  const aside = given.aside.map((item) => ({
    item,
    people: item.channelId ? itemPeople(item.channelId, item.raw) : [],
  }));
  const people = [...given.edits, ...aside.flatMap((one) => one.people)];
  if (people.length === 0) return given;
  await holdErasures(
    tx.db,
    people.map((one) => one.channelId),
  );
  const erased = await erasedContacts(tx.db, people);
  if (erased.size === 0) return given;
  const known = await knownMessages(tx, given.edits);
  const none = new Date(-1);
  return {
    ...given,
    // An edit may be newer than the erasure and still tell what was erased.
    edits: given.edits.filter((edit) => !erased.has(contactKey(edit)) || known.has(messageKey(edit))),
    aside: aside
      .filter((one) => one.people.every((each) => each.at > (erased.get(contactKey(each)) ?? none)))
      .map((one) => one.item),
  };
}

async function knownMessages(tx: WriteCtx, edits: Edit[]): Promise<Set<string>> {
  const { rows } = await tx.db.execute<{ channelId: string; externalId: string }>(sql`
    select m.channel_id as "channelId", m.external_id as "externalId"
    from unnest(${sql.param(edits.map((edit) => edit.channelId))}::uuid[], ${sql.param(edits.map((edit) => edit.externalId))}::text[]) as given(channel_id, external_id)
    join message m on m.channel_id = given.channel_id and m.external_id = given.external_id`);
  return new Set(rows.map(messageKey));
}

function messageKey({ channelId, externalId }: { channelId: string; externalId: string }): string {
  return `${channelId} ${externalId}`;
}
