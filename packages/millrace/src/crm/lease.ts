/**
 * One writer at a time: a lease in a row, judged by the database's clock, renewed while the work goes on. Two writers at
 * once could bring an older value behind a newer one. Used by sync.ts and hubspot/task-mirror.ts.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Queryable } from "../db/database.ts";

export interface Lease {
  /** Whether it lasts at least so long from now: ask before a call that takes so long. */
  holdsFor(ms: number): boolean;
}

/** The lease of whoever writes to HubSpot. */
export const WRITER = "hubspot writer";

/** A call to the CRM is over by then, whatever became of it: it is begun only while the lease holds for so long. */
export const CALL_MS = 12_000;

const LEASE_MS = 45_000;
const RENEW_EVERY_MS = 10_000;
const LOOK_EVERY_MS = 100;

/**
 * Does `work` while holding the lease, waiting for it up to `patienceMs`.
 * @returns undefined when someone else held it all that time.
 */
export async function withLease<Result>(
  db: Queryable,
  options: {
    readonly name: string;
    readonly holder: string;
    readonly patienceMs: number;
    readonly signal?: AbortSignal;
  },
  work: (lease: Lease) => Promise<Result>,
): Promise<{ readonly done: Result } | undefined> {
  let until = await take(db, options.name, options.holder);
  const giveUpAt = performance.now() + options.patienceMs;
  while (until === undefined) {
    if (options.signal?.aborted || performance.now() > giveUpAt) return undefined;
    await sleep(LOOK_EVERY_MS);
    until = await take(db, options.name, options.holder);
  }
  let held: number = until;
  const renewing = setInterval(() => {
    take(db, options.name, options.holder).then(
      (renewed) => {
        held = renewed ?? 0;
      },
      // The database is away: the lease runs out, and `holdsFor` says so.
      () => {},
    );
  }, RENEW_EVERY_MS);
  try {
    return { done: await work({ holdsFor: (ms) => performance.now() + ms < held }) };
  } finally {
    clearInterval(renewing);
    await db.query("delete from crm_leases where name = $1 and holder = $2", [options.name, options.holder]);
  }
}

/** @returns until when it is held, on this process's monotonic clock; undefined while another holds it. */
async function take(db: Queryable, name: string, holder: string): Promise<number | undefined> {
  const asked = performance.now();
  const rows = await db.query(
    `insert into crm_leases as l (name, holder, until) values ($1, $2, clock_timestamp() + $3 * interval '1 ms')
     on conflict (name) do update set holder = excluded.holder, until = clock_timestamp() + $3 * interval '1 ms'
     where l.holder = excluded.holder or l.until < clock_timestamp()
     returning 1`,
    [name, holder, LEASE_MS],
    "take_crm_lease",
  );
  return rows.length === 0 ? undefined : asked + LEASE_MS;
}
