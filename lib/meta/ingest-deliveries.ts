import { sql } from "drizzle-orm";
import type { Database } from "../db/connection";
import { errorMessage } from "../errors";
import { type Ctx, write } from "../inbox/context";
import { log } from "../log";
import { divideDelivery } from "./divide-delivery";
import { projectDeliveries, setDeliveryAside } from "./project-deliveries";
import type { Delivery } from "./read-delivery";

const BATCH = 200;
/** A delivery that was begun this often and never ended has something that kills; it is set aside whole. */
const MAX_ATTEMPTS = 3;
const LEASE_SECONDS = 60;

type Batch = { id: number; deliveryIds: string[]; attempts: number };

/**
 * Takes waiting deliveries in order and projects them, many in one transaction. An attempt counts when it is
 * begun, so one that ends the process is not begun for ever. @returns how many were taken; 0: nothing waits
 */
export async function ingestDeliveries(ctx: Ctx & { db: Database }): Promise<number> {
  const { batch, leftOver } = await begin(ctx.db);
  const again = leftOver ? await ingestLeftOver(ctx) : 0;
  if (!batch) return again;
  try {
    await projectAndErase(ctx, batch);
  } catch (error) {
    const reason = errorMessage(error);
    log.warn({ deliveries: batch.deliveryIds.length, reason }, "a batch of deliveries is repeated one by one");
    for (const single of await split(ctx.db, batch, LEASE_SECONDS)) await ingestSingle(ctx, single);
  }
  return again + batch.deliveryIds.length;
}

/**
 * Notes the oldest deliveries that nobody has begun, before anything is done with them. The note need not be on disk:
 * it must outlive this process, not the machine.
 */
async function begin(db: Database): Promise<{ batch: Batch | null; leftOver: boolean }> {
  const { rows } = await db.execute<Batch & { leftOver: boolean }>(sql`
    with next as (
      select id from delivery where id not in (select unnest(delivery_ids) from delivery_batch) order by id limit ${BATCH}
    ), batch as (
      insert into delivery_batch (id, delivery_ids, leased_until)
      select min(id), array_agg(id), desk_now() + make_interval(secs => ${LEASE_SECONDS}) from next having count(*) > 0
      on conflict (id) do nothing
      returning id, delivery_ids, attempts
    )
    select batch.id, batch.delivery_ids as "deliveryIds", batch.attempts, look.left_over as "leftOver"
    from (
      select exists (select from delivery_batch where leased_until < desk_now()) as left_over,
        set_config('synchronous_commit', 'off', true)
    ) as look
    left join batch on true`);
  const row = rows[0];
  return { batch: row?.deliveryIds ? row : null, leftOver: row?.leftOver ?? false };
}

/** What a process began and never ended is begun again, one delivery at a time: one of them may be what ended it. */
async function ingestLeftOver(ctx: Ctx & { db: Database }): Promise<number> {
  const { rows } = await ctx.db.execute<Batch>(sql`
    update delivery_batch set attempts = attempts + 1, leased_until = desk_now() + make_interval(secs => ${LEASE_SECONDS})
    where id = (select id from delivery_batch where leased_until < desk_now() order by id limit 1 for update skip locked)
    returning id, delivery_ids as "deliveryIds", attempts`);
  const batch = rows[0];
  if (!batch) return 0;
  if (batch.deliveryIds.length > 1) await split(ctx.db, batch, 0);
  else await ingestSingle(ctx, batch);
  return batch.deliveryIds.length;
}

/** The attempt of the batch stays each one's first. */
async function split(db: Database, batch: Batch, leaseSeconds: number): Promise<Batch[]> {
  const { rows } = await db.execute<Batch>(sql`
    insert into delivery_batch (id, delivery_ids, leased_until)
    select each, array[each], desk_now() + make_interval(secs => ${leaseSeconds})
    from unnest(${sql.param(batch.deliveryIds)}::bigint[]) as each
    on conflict (id) do update set delivery_ids = excluded.delivery_ids, attempts = 1, leased_until = excluded.leased_until
    returning id, delivery_ids as "deliveryIds", attempts`);
  return rows.sort((a, b) => a.id - b.id);
}

async function ingestSingle(ctx: Ctx & { db: Database }, single: Batch): Promise<void> {
  if (single.attempts > MAX_ATTEMPTS) {
    await giveUp(ctx, single, "Its processing was begun several times and never ended.");
    return;
  }
  try {
    await projectAndErase(ctx, single);
  } catch (error) {
    const reason = errorMessage(error);
    log.error({ delivery: single.id, attempt: single.attempts, reason }, "a delivery could not be projected");
    if (single.attempts >= MAX_ATTEMPTS)
      await giveUp(ctx, single, `It could not be processed: ${reason.slice(0, 200)}`);
    else {
      await ctx.db.execute(sql`
        update delivery_batch set leased_until = desk_now() + make_interval(secs => ${2 ** single.attempts}) where id = ${single.id}`);
    }
  }
}

async function projectAndErase(ctx: Ctx, batch: Batch): Promise<void> {
  await write(ctx, async (tx) => {
    // Erased first: the rows' locks keep everyone else away, and what somebody else has projected is not there any more.
    const { rows } = await tx.db.execute<Delivery>(sql`
      with ended as (delete from delivery_batch where id = ${batch.id})
      delete from delivery where id = any(${sql.param(batch.deliveryIds)}::bigint[])
      returning id, facebook_app_id as "facebookAppId", received_at as "receivedAt", body`);
    await projectDeliveries(
      tx,
      rows.sort((a, b) => a.id - b.id),
    );
  });
}

/** One bad item spoils no other: its delivery is cut into its items, which are begun anew; one that stands alone is set aside. */
async function giveUp(ctx: Ctx, single: Batch, reason: string): Promise<void> {
  await write(ctx, async (tx) => {
    const { rows } = await tx.db.execute<Delivery>(sql`
      with ended as (delete from delivery_batch where id = ${single.id})
      delete from delivery where id = any(${sql.param(single.deliveryIds)}::bigint[])
      returning id, facebook_app_id as "facebookAppId", received_at as "receivedAt", body`);
    for (const delivery of rows) {
      const items = divideDelivery(delivery.body);
      if (items) {
        await tx.db.execute(sql`
          insert into delivery (facebook_app_id, received_at, body)
          select ${delivery.facebookAppId}, ${delivery.receivedAt.toISOString()}, decode(item, 'base64')
          from unnest(${sql.param(items.map((item) => item.toString("base64")))}::text[]) as item`);
        tx.wake("deliveries");
      } else {
        await setDeliveryAside(tx, delivery, reason);
      }
    }
  });
}
