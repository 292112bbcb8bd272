/** Where the consumers stand, and how one is built anew from the log. Called by the engine, the API and the CLI. */
import { didYouMean, MillraceError } from "../base/errors.ts";
import type { Queryable, Tx } from "../db/database.ts";
import type { Position } from "../events/event.ts";
import { readEvents } from "../events/log.ts";
import { lockPlace, moveCursor, resolveDeadLetter } from "../events/subscription.ts";
import type { Consumer } from "./consumer.ts";

export interface Standing {
  readonly name: string;
  readonly position: Position;
  /** Events in the log behind its place; those it does not want are stepped over quickly. */
  readonly behind: number;
  /** Events it could not take and that wait for someone. */
  readonly deadLetters: number;
  /** When its place last moved; milliseconds. */
  readonly movedAt: number;
}

/** Every consumer that ever was, the workflows' runner and the buffers among them. `behind` stops at 10,001. */
export function standings(db: Queryable): Promise<Standing[]> {
  return db.query(
    `select s.name, s.position, s.updated_at as "movedAt",
       least(newest_position() - s.position, 10001)::int as behind,
       (select count(*)::int from dead_letters d where d.resolved_at is null and (d.subscription = s.name
          or (s.name = 'workflows' and d.subscription like 'workflow:%'))) as "deadLetters"
     from subscriptions s order by s.name`,
    [],
    "standings",
  );
}

/** True while one of them has something of the log to come. */
export async function isBehind(db: Queryable, names: readonly string[]): Promise<boolean> {
  const [row] = await db.query<{ behind: boolean }>(
    `select exists (select 1 from subscriptions where name = any($1::text[])
       and position < newest_position()) as behind`,
    [names],
    "is_behind",
  );
  return row?.behind ?? false;
}

/** @throws MillraceError not_found; invalid_request for a consumer that says no way to empty what it built. */
export async function rebuildConsumer(tx: Tx, consumers: readonly Consumer[], name: string): Promise<void> {
  const consumer = consumers.find((one) => one.name === name);
  if (consumer === undefined) {
    const names = consumers.map((one) => one.name);
    throw new MillraceError("not_found", {
      saw: `There is no consumer "${name}".${didYouMean(name, names)}`,
      next: `it is one of ${names.join(", ") || "none"}.`,
      field: "name",
    });
  }
  const { reset } = consumer;
  if (reset === undefined) {
    throw new MillraceError("invalid_request", {
      saw: `The consumer "${name}" cannot be built again: it says no way to empty what it has built.`,
      next: "give it a `reset`, or let it be.",
      field: "name",
    });
  }
  await lockPlace(tx, name);
  await reset(tx);
  await moveCursor(tx, name, 0);
  await tx.query(
    "update dead_letters set resolved_at = clock_timestamp(), resolution = 'built again' where subscription = $1 and resolved_at is null",
    [name],
  );
}

/** @throws MillraceError not_found when there is no such dead letter, or it was dealt with before. */
export async function findDeadLetter(
  db: Queryable,
  id: number,
): Promise<{ readonly subscription: string; readonly event: Position }> {
  const [deadLetter] = await db.query<{ subscription: string; event: Position }>(
    "select subscription, event from dead_letters where id = $1 and resolved_at is null",
    [id],
  );
  if (deadLetter !== undefined) return deadLetter;
  throw new MillraceError("not_found", {
    saw: `There is no open dead letter ${id}.`,
    next: "`millrace dead-letters list` shows those that wait.",
    field: "id",
  });
}

/** Takes an event again that was set aside, and resolves its dead letter; both or neither, and once however many ask for it. */
export async function retakeEvent(tx: Tx, consumer: Consumer, position: Position): Promise<void> {
  const open = await tx.query(
    "select 1 from dead_letters where subscription = $1 and event = $2 and resolved_at is null for update",
    [consumer.name, position],
  );
  if (open.length === 0) return;
  await consumer.take(await readEvents(tx, position - 1, 1), tx);
  await resolveDeadLetter(tx, consumer.name, position, "taken again");
}

export function stillFails(errors: readonly string[]): MillraceError {
  return new MillraceError("invalid_workflow", {
    saw: `It fails still: ${errors.join("; ")}.`,
    next: "mend it first.",
  });
}
