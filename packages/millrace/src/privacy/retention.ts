/**
 * Empties or deletes what is older than its time, in small batches: each one transaction that looks at so many rows behind the
 * place of the one before, so that no table is read whole. Facts of the log stay, and so does that there was an e-mail.
 * Turned by maintenance, once an hour; while there is more, at each sweep.
 */
import { durationMs } from "../base/clock.ts";
import type { Database, Tx } from "../db/database.ts";
import type { RetentionSettings } from "./retention-settings.ts";

const BATCH = 500;
const BEGIN_ANEW_MS = 7 * 86_400_000;

interface Kind {
  readonly age: keyof RetentionSettings;
  /** Reads rows behind $1 that are older than $2, in order, $3 at most: their ids as `id`. */
  readonly old: string;
  /** What becomes of the rows whose ids are $1. */
  readonly change: string;
}

/** By the name of the table. An e-mail that may have left, or is leaving, is kept for the person who decides about it. */
const kinds: Readonly<Record<string, Kind>> = {
  emails: {
    age: "mailBodies",
    old: "select id from emails where id > $1 and created_at < $2 order by id limit $3",
    change: "update emails set body = '' where id = any($1) and state in ('sent', 'suppressed') and body <> ''",
  },
  inbound_mail: {
    age: "mailBodies",
    old: "select id from inbound_mail where id > $1 and received_at < $2 order by id limit $3",
    change: `update inbound_mail set headers = null, reading = null, pieces = null
             where id = any($1) and (headers is not null or reading is not null or pieces is not null)`,
  },
  model_calls: {
    age: "agentTexts",
    old: "select id from model_calls where id > $1 and asked_at < $2 order by id limit $3",
    change: `update model_calls set request = null, answer = null, error = null
             where id = any($1) and state <> 'asking' and (request is not null or answer is not null or error is not null)
               and not exists (select from tasks where tasks.id = model_calls.task)`,
  },
  task_steps: {
    age: "agentTexts",
    old: "select distinct task as id from task_steps where task > $1 and begun_at < $2 order by task limit $3",
    change:
      "delete from task_steps where task = any($1) and not exists (select from tasks where tasks.id = task_steps.task)",
  },
  alerts: {
    age: "technical",
    old: "select id from alerts where id > $1 and created_at < $2 order by id limit $3",
    // What people were alerted of belongs to its story.
    change:
      "delete from alerts where id = any($1) and contact is null and (resolved_at is not null or seen_at is not null)",
  },
  dead_letters: {
    age: "technical",
    old: "select id from dead_letters where id > $1 and resolved_at < $2 order by id limit $3",
    change: "delete from dead_letters where id = any($1)",
  },
};

/** Small tables without a number, looked through whole. */
const whole: readonly { readonly age: keyof RetentionSettings; readonly statement: string }[] = [
  { age: "technical", statement: "delete from health_alerts where cleared_at < $1" },
  { age: "technical", statement: "delete from delivery_tokens where seen_at < $1" },
];

/** How many rows were emptied or deleted, by table; and whether there is more. */
export interface Retained {
  readonly rows: Readonly<Record<string, number>>;
  readonly isMore: boolean;
}

/** Does one batch of each kind. @param now milliseconds. */
export async function retain(db: Database, settings: Required<RetentionSettings>, now: number): Promise<Retained> {
  const rows: Record<string, number> = {};
  let isMore = false;
  for (const [table, kind] of Object.entries(kinds)) {
    const before = new Date(now - durationMs(settings[kind.age]));
    const { changed, seen } = await db.transaction((tx) => batchOf(tx, table, kind, before, now));
    if (changed > 0) rows[table] = changed;
    isMore ||= seen === BATCH;
  }
  for (const { age, statement } of whole) await db.query(statement, [new Date(now - durationMs(settings[age]))]);
  return { rows, isMore };
}

async function batchOf(tx: Tx, table: string, kind: Kind, before: Date, now: number) {
  await tx.query("insert into retention_places (kind, begun_at) values ($1, $2) on conflict do nothing", [
    table,
    new Date(now),
  ]);
  // Another process may be at it.
  const [place] = await tx.query<{ place: number; begunAt: number }>(
    `select place, begun_at as "begunAt" from retention_places where kind = $1 for update skip locked`,
    [table],
  );
  if (place === undefined) return { changed: 0, seen: 0 };
  const old = await tx.query<{ id: number }>(kind.old, [place.place, before, BATCH]);
  const ids = old.map(({ id }) => id);
  const last = ids.at(-1);
  if (last !== undefined) {
    const changed = await tx.query(`${kind.change} returning 1`, [ids]);
    await tx.query("update retention_places set place = $2 where kind = $1", [table, last]);
    return { changed: changed.length, seen: ids.length };
  }
  if (now - place.begunAt > BEGIN_ANEW_MS)
    await tx.query("update retention_places set place = 0, begun_at = $2 where kind = $1", [table, new Date(now)]);
  return { changed: 0, seen: 0 };
}
