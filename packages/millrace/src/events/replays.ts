/**
 * Replays on record: which events a person had decided once more, and what follows from that. Written by decider/replay.ts, asked by
 * the models, which call no one for work of a replay.
 */
import { int8Column } from "../db/columns.ts";
import type { Queryable, Tx } from "../db/database.ts";
import type { Position } from "./event.ts";
import { newestPosition } from "./log.ts";

/** Call it under the log's lock, before anything of the replay is written. */
export async function noteReplay(
  tx: Tx,
  { position, root }: { readonly position: Position; readonly root: Position },
  now: number,
): Promise<void> {
  await tx.query("insert into replays (event, root, after, replayed_at) values ($1, $2, $3, $4)", [
    position,
    root,
    await newestPosition(tx),
    new Date(now),
  ]);
}

interface Replay {
  readonly event: Position;
  readonly after: Position;
  readonly replayedAt: number;
}

/** A chain of causes is no longer: the engine stops a cascade long before, and timers are steps of their own. */
const MAX_CHAIN_LENGTH = 1_000;

/** Those of the tasks that a replay asked for, at whatever remove. Most roots were never replayed: one question for all of them. */
export async function replayedAmong(db: Queryable, tasks: readonly number[]): Promise<ReadonlySet<number>> {
  const rows = await db.query<{ id: number }>(
    "select id from tasks where id = any((select $1::bigint[])::bigint[]) and exists (select from replays r where r.root = tasks.root)",
    [int8Column([...new Set(tasks)])],
    "tasks_maybe_of_replay",
  );
  const found = new Set<number>();
  for (const { id } of rows) if (await isOfReplay(db, id)) found.add(id);
  return found;
}

/**
 * Was a task asked for by a replay, at whatever remove? Found on the way up its causes: a replayed event below which the way goes on with
 * something that is younger than the replay. One question to the database where nothing of its root was ever replayed.
 */
export async function isOfReplay(db: Queryable, task: number): Promise<boolean> {
  const [asked] = await db.query<{ root: Position; cause: Position; createdAt: number }>(
    `select t.root, t.causes[1] as cause, t.created_at as "createdAt" from tasks t
      where t.id = $1 and exists (select from replays r where r.root = t.root)`,
    [task],
    "task_of_replay",
  );
  if (asked === undefined) return false;
  const replays = await db.query<Replay>(
    `select event, after, replayed_at as "replayedAt" from replays where root = $1`,
    [asked.root],
    "replays_of",
  );
  let isYounger = (replay: Replay) => asked.createdAt >= replay.replayedAt;
  let position: Position | null = asked.cause;
  for (let i = 0; position !== null && i < MAX_CHAIN_LENGTH; i++) {
    const here: Position = position;
    if (replays.some((replay) => replay.event === here && isYounger(replay))) return true;
    const [event] = await db.query<{ cause: Position | null }>("select cause from events_at($1)", [here], "cause_of");
    isYounger = (replay) => here > replay.after;
    position = event?.cause ?? null;
  }
  return false;
}
