import { sql } from "drizzle-orm";
import type { Database } from "../db/connection";
import { errorMessage } from "../errors";
import { type Ctx, write } from "../inbox/context";
import { log } from "../log";
import { type Delivery, projectDeliveries } from "./project-deliveries";

const BATCH = 200;
/** A delivery that was begun this often and never ended has something that kills; it is set aside whole. */
const MAX_ATTEMPTS = 3;
const LEASE_SECONDS = 60;

/**
 * Takes waiting deliveries in order and projects them, many in one transaction. An attempt counts when it is
 * claimed, so one that ends the process is not begun for ever. @returns how many were taken; 0: nothing waits
 */
export async function ingestDeliveries(ctx: Ctx & { db: Database }): Promise<number> {
  const suspects = await claim(ctx.db, sql`attempts > 0`, 1);
  for (const suspect of suspects) await ingestOne(ctx, suspect);
  const fresh = await claim(ctx.db, sql`attempts = 0`, BATCH);
  if (fresh.length === 0) return suspects.length;
  try {
    await projectAndErase(ctx, fresh);
  } catch (error) {
    log.warn({ deliveries: fresh.length, reason: errorMessage(error) }, "a batch of deliveries is repeated one by one");
    for (const delivery of fresh) await ingestOne(ctx, delivery);
  }
  return suspects.length + fresh.length;
}

type Claimed = Delivery & { attempts: number };

async function claim(db: Database, which: ReturnType<typeof sql>, limit: number): Promise<Claimed[]> {
  const { rows } = await db.execute<Claimed>(sql`
    with next as (
      select id from delivery
      where state = 'waiting' and ${which} and (leased_until is null or leased_until < desk_now())
      order by id limit ${limit} for update skip locked
    )
    update delivery d set attempts = d.attempts + 1, leased_until = desk_now() + make_interval(secs => ${LEASE_SECONDS})
    from next where d.id = next.id
    returning d.id, d.facebook_app_id as "facebookAppId", d.received_at as "receivedAt", d.body, d.attempts`);
  return rows.sort((a, b) => a.id - b.id);
}

async function ingestOne(ctx: Ctx & { db: Database }, delivery: Claimed): Promise<void> {
  if (delivery.attempts > MAX_ATTEMPTS) {
    await setWholeAside(ctx, delivery, "Its processing was begun several times and never ended.");
    return;
  }
  try {
    await projectAndErase(ctx, [delivery]);
  } catch (error) {
    log.error(
      { delivery: delivery.id, attempt: delivery.attempts, reason: errorMessage(error) },
      "a delivery could not be projected",
    );
    if (delivery.attempts >= MAX_ATTEMPTS)
      await setWholeAside(ctx, delivery, `It could not be processed: ${errorMessage(error).slice(0, 200)}`);
    else {
      await ctx.db.execute(sql`
        update delivery set leased_until = desk_now() + make_interval(secs => ${2 ** delivery.attempts}) where id = ${delivery.id}`);
    }
  }
}

async function projectAndErase(ctx: Ctx, deliveries: Delivery[]): Promise<void> {
  await write(ctx, async (tx) => {
    await projectDeliveries(tx, deliveries);
    await tx.db.execute(
      sql`delete from delivery where id = any(${sql.param(deliveries.map((delivery) => delivery.id))}::bigint[])`,
    );
  });
}

async function setWholeAside(ctx: Ctx, delivery: Delivery, reason: string): Promise<void> {
  await write(ctx, async (tx) => {
    await tx.db.execute(sql`
      insert into set_aside (id, delivery_id, facebook_app_id, reason, raw, created_at, expires_at)
      values (gen_random_uuid(), ${delivery.id}, ${delivery.facebookAppId}, ${reason}, ${sql.param(delivery.body)}, desk_now(), desk_now() + interval '30 days')`);
    await tx.db.execute(sql`delete from delivery where id = ${delivery.id}`);
  });
}
