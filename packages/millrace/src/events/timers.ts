/**
 * Scheduled events: a durable timer that appends an event when its time comes, unless it is stopped by its key.
 * The event keeps the root of what set the timer but starts the count of steps anew (R8).
 */

import { failpoint } from "../base/failpoint.ts";
import { int8Column, jsonColumn, textColumn, timestampColumn, uuidColumn } from "../db/columns.ts";
import type { Tx } from "../db/database.ts";
import { append } from "./append.ts";
import type { Json, Position } from "./event.ts";
import { lockLog } from "./log-lock.ts";

export interface Timer {
  readonly key: string;
  readonly dueAt: number;
  readonly type: string;
  readonly data: Json;
  readonly contact: string | null;
  readonly cause: Position;
  readonly root: Position;
}

/** Sets timers; one whose key is set already is moved. */
export async function saveTimers(tx: Tx, timers: readonly Timer[]): Promise<void> {
  if (timers.length === 0) return;
  const latest = [...new Map(timers.map((timer) => [timer.key, timer])).values()];
  await tx.query(
    `insert into scheduled_events (key, due_at, type, data, contact, cause, root)
     select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::json[], $5::uuid[], $6::bigint[], $7::bigint[])
     on conflict (key) do update set due_at = excluded.due_at, type = excluded.type, data = excluded.data, cause = excluded.cause, root = excluded.root`,
    [
      textColumn(latest.map((timer) => timer.key)),
      timestampColumn(latest.map((timer) => timer.dueAt)),
      textColumn(latest.map((timer) => timer.type)),
      jsonColumn(latest.map((timer) => JSON.stringify(timer.data))),
      uuidColumn(latest.map((timer) => timer.contact)),
      int8Column(latest.map((timer) => timer.cause)),
      int8Column(latest.map((timer) => timer.root)),
    ],
    "save_timers",
  );
}

export async function stopTimers(tx: Tx, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.query("delete from scheduled_events where key = any($1::text[])", [textColumn(keys)], "stop_timers");
}

/**
 * Appends what is due; the timer and its event change places in one transaction, so it never fires twice.
 * @returns how many events were appended.
 */
export async function fireTimers(tx: Tx, now: number, limit: number): Promise<number> {
  await lockLog(tx);
  const due = await tx.query<Timer>(
    `delete from scheduled_events where key in
       (select key from scheduled_events where due_at <= $1 order by due_at limit $2 for update skip locked)
     returning key, due_at as "dueAt", type, data, contact, cause, root`,
    [new Date(now), limit],
    "fire_timers",
  );
  if (due.length === 0) return 0;
  failpoint("before-timer-fired");
  await append(
    tx,
    due
      .sort((a, b) => a.dueAt - b.dueAt)
      .map(({ type, contact, data, cause, root }) => ({
        type,
        contact,
        data,
        occurredAt: now,
        cause,
        root,
        depth: 0,
        actor: "timer",
      })),
  );
  return due.length;
}
