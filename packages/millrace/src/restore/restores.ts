/** The rows of what was found: a hold on everything that leaves, until it is confirmed. Written by restore-guard.ts, backup/ and the actions. */
import { randomUUID } from "node:crypto";
import type { Queryable, Tx } from "../db/database.ts";
import type { Position } from "../events/event.ts";
import { type Finding, type Identity, writeKnown } from "./lineage.ts";

export interface Restore {
  readonly id: number;
  readonly foundAt: number;
  readonly how: Finding["how"];
  readonly detail: string;
  /** The newest position there was when it was found. */
  readonly newest: Position;
  readonly lastMissing: Position | null;
  /** The event that announced it; null: not yet. */
  readonly toldBy: Position | null;
}

/** The one that is not confirmed yet. */
export async function readOpenRestore(db: Queryable): Promise<Restore | undefined> {
  const [row] = await db.query<Restore>(
    `select id, found_at as "foundAt", how, detail, newest, last_missing as "lastMissing", told_by as "toldBy" from restores where confirmed_at is null`,
  );
  return row;
}

export async function endedLineages(db: Queryable): Promise<string[]> {
  const rows = await db.query<{ lineage: string }>("select ended_lineage as lineage from restores");
  return rows.map(({ lineage }) => lineage);
}

/** So many numbers are left out: those that were given behind the newest one known here are not given a second time. */
const GAP = 1_000_000;

/**
 * Holds everything that leaves, begins a new lineage and leaves a gap in every sequence: receivers know events and e-mails by
 * their numbers. A hold that is not confirmed yet is widened. The log must be locked.
 * @param ended the lineage that has ended.
 * @returns the new lineage.
 */
export async function holdOutside(
  tx: Queryable,
  finding: Finding,
  { here, ended, newest, now }: { here: Identity; ended: string; newest: Position; now: number },
): Promise<string> {
  const lineage = randomUUID();
  const widened = await tx.query(
    `update restores set last_missing = greatest(last_missing, $1), ended_lineage = $2 where confirmed_at is null returning id`,
    [finding.lastMissing, ended],
  );
  if (widened.length === 0)
    await tx.query(
      "insert into restores (found_at, how, detail, newest, last_missing, ended_lineage) values ($1, $2, $3, $4, $5, $6)",
      [new Date(now), finding.how, finding.detail, newest, finding.lastMissing, ended],
    );
  await leaveGap(tx, Math.max(0, (finding.lastMissing ?? newest) - newest));
  await writeKnown(tx, { ...here, lineage });
  return lineage;
}

async function leaveGap(tx: Queryable, known: number): Promise<void> {
  await tx.query(
    `select setval(c.oid::regclass, nextval(c.oid::regclass) + $1) from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'S' and n.nspname = current_schema()`,
    [GAP + known],
  );
}

/** Notes which event announced it. */
export async function noteTold(tx: Queryable, id: number, event: Position): Promise<void> {
  await tx.query("update restores set told_by = $1 where id = $2", [event, id]);
}

/** Lets everything leave again. @returns what was confirmed; undefined when nothing was held. */
export async function confirmOpenRestore(
  tx: Tx,
  { by, now, emails }: { by: string; now: number; emails: "send" | "cancel" },
): Promise<Restore | undefined> {
  const open = await readOpenRestore(tx);
  if (open === undefined) return undefined;
  await tx.query("update restores set confirmed_at = $1, confirmed_by = $2, emails = $3 where id = $4", [
    new Date(now),
    by.slice(0, 200),
    emails,
    open.id,
  ]);
  return open;
}

/** E-mails that wait and were asked for by what was there when it was found: they may have left meanwhile. */
export async function emailsBefore(db: Queryable, newest: Position): Promise<number[]> {
  const rows = await db.query<{ id: number }>(
    "select id from tasks where kind = 'send_email' and root <= $1 and state <> 'IN_PROGRESS' order by id",
    [newest],
  );
  return rows.map(({ id }) => id);
}
