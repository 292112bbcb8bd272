/** Webhooks that are kept and not taken yet, as rows. One SQL verb a function. Used by webhook-receiver.ts and take-deliveries.ts. */
import { int8Column } from "../../../db/columns.ts";
import type { Queryable, Tx } from "../../../db/database.ts";

export interface DeliveryRow {
  readonly id: number;
  /** As it came. */
  readonly body: Buffer;
}

/** All of them or none; durable when it resolves. A parameter each: a body then travels as bytes, not as text. */
export async function storeDeliveries(db: Queryable, bodies: readonly Buffer[]): Promise<void> {
  const rows = bodies.map((_, i) => `($${i + 1})`).join(", ");
  await db.query(
    `insert into hubspot_deliveries (body) values ${rows}`,
    bodies,
    bodies.length === 1 ? "store_delivery" : undefined,
  );
}

/** @param most how many deliveries; @param mostBytes of all bodies, which one alone may exceed. In order of arrival. */
export function oldestDeliveries(db: Queryable, most: number, mostBytes: number): Promise<DeliveryRow[]> {
  return db.query(
    `select id, body from (
       select id, body, sum(octet_length(body)) over (order by id) - octet_length(body) as before
       from (select id, body from hubspot_deliveries order by id limit $1) oldest) summed
     where before < $2 order by id`,
    [most, mostBytes],
    "oldest_deliveries",
  );
}

/** Deletes them. @returns the ids of those that were still there: the others have been taken by someone else. */
export async function claimDeliveries(tx: Tx, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const rows = await tx.query<{ id: number }>(
    "delete from hubspot_deliveries where id = any($1::bigint[]) returning id",
    [int8Column(ids)],
    "claim_deliveries",
  );
  return new Set(rows.map(({ id }) => id));
}

export async function isDeliveryWaiting(db: Queryable): Promise<boolean> {
  const rows = await db.query("select 1 from hubspot_deliveries limit 1", [], "delivery_waiting");
  return rows.length > 0;
}

/** True while more wait than are taken in a breath: whoever could fetch more had better not. */
export async function isBacklog(db: Queryable): Promise<boolean> {
  const rows = await db.query("select 1 from hubspot_deliveries offset 20 limit 1", [], "delivery_backlog");
  return rows.length > 0;
}
