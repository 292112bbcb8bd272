/**
 * Whether the contacts are what the log says. Everything is read from one snapshot of the database, in which the runner is
 * caught up, and folded into a temporary table: no one is kept waiting, however large the log is.
 */
import { setTimeout } from "node:timers/promises";
import { systemClock } from "../base/clock.ts";
import { MillraceError } from "../base/errors.ts";
import { hashContacts, rebuildContacts } from "../contacts/store.ts";
import type { Database, Tx } from "../db/database.ts";
import { hasUndecidedEvents } from "../engine/pending-work.ts";
import type { Actor } from "../events/actor.ts";
import type { Position } from "../events/event.ts";
import { appendFacts } from "../events/facts.ts";
import { newestPosition } from "../events/log.ts";
import { rebuildLines } from "../intake/lines.ts";

export interface Comparison {
  readonly events: number;
  readonly contacts: number;
  /** SHA-256 over all contacts: as they are, and as the log says. */
  readonly before: string;
  readonly after: string;
}

type OnProgress = (events: number, until: Position) => void;

const TIMEOUT_MS = 30_000;
/** A statement over the whole log. */
const WHOLE_LOG_MS = 3_600_000;
const LOOK_MS = 50;

/** @throws MillraceError database_unavailable when the runner stays behind for 30 s. */
export function compareContacts(db: Database, onProgress: OnProgress): Promise<Comparison> {
  return whenCaughtUp(db, "set transaction isolation level repeatable read", async (tx, until) => {
    const before = await hashContacts(tx);
    // From here on, in this transaction, `contacts` is the temporary table: PostgreSQL looks there first.
    await tx.query("create temporary table contacts (like contacts including all) on commit drop");
    const { events, contacts } = await rebuildContacts(tx, until, { onProgress: (count) => onProgress(count, until) });
    return { events, contacts, before, after: await hashContacts(tx) };
  });
}

/** Puts the contacts the log says in place of those there are, and records who did it. Deciding waits meanwhile. */
export async function replaceContacts(
  db: Database,
  { contacts, events }: Comparison,
  by: Actor,
  onProgress: OnProgress,
): Promise<void> {
  await whenCaughtUp(db, "lock table contacts in share row exclusive mode", async (tx, until) => {
    await rebuildContacts(tx, until, { onProgress: (count) => onProgress(count, until) });
    await rebuildLines(tx);
  });
  // On its own: appending takes the log's lock, which deciding takes before the contacts'.
  await db.transaction((tx) =>
    appendFacts(tx, [{ type: "contacts_rebuilt", data: { contacts, events } }], by.id, systemClock.now()),
  );
}

/** @param first the statement the transaction begins with. */
async function whenCaughtUp<Result>(
  db: Database,
  first: string,
  work: (tx: Tx, until: Position) => Promise<Result>,
): Promise<Result> {
  for (const deadline = Date.now() + TIMEOUT_MS; ; ) {
    const done = await db.transaction(async (tx) => {
      await tx.query(first);
      await tx.patient?.(WHOLE_LOG_MS);
      return (await isCaughtUp(tx)) ? { result: await work(tx, await newestPosition(tx)) } : undefined;
    });
    if (done !== undefined) return done.result;
    if (Date.now() > deadline) throw behind();
    await setTimeout(LOOK_MS);
  }
}

/** No event is left that the runner has not decided: then the contacts hold the whole log. */
async function isCaughtUp(tx: Tx): Promise<boolean> {
  return !(await hasUndecidedEvents(tx));
}

function behind(): MillraceError {
  return new MillraceError("database_unavailable", {
    saw: "There are events nobody has decided yet, so the contacts cannot be compared with the log.",
    next: "let `millrace start` run until it has caught up, then try again.",
  });
}
