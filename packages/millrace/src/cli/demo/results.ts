/** What the engine made of the leads of a play, read from its database: bands, alerts, e-mails, and how long the alerts took. */
import { setTimeout } from "node:timers/promises";
import { BAND_NAMES, type BandName } from "../../contacts/score-bands.ts";
import { int8Column } from "../../db/columns.ts";
import type { Queryable } from "../../db/database.ts";
import { RUNNER_SUBSCRIPTION } from "../../decider/cursor.ts";

export interface Results {
  /** Leads by the band of their last score. */
  readonly bands: Readonly<Record<BandName, number>>;
  readonly alerts: number;
  readonly emails: { readonly sent: number; readonly suppressed: number };
  /** From the form to the alert, by the database's clock, in milliseconds; null without a hot lead. */
  readonly formToAlert: { readonly p50: number; readonly p95: number } | null;
}

const TIMEOUT_MS = 15_000;
const LOOK_MS = 100;

/** Waits until the leads are decided and their agents' work is done (15 s at most), then counts. */
export async function resultsOf(db: Queryable, roots: readonly number[]): Promise<Results> {
  for (const deadline = Date.now() + TIMEOUT_MS; Date.now() < deadline && (await isUnderWay(db, roots)); ) {
    await setTimeout(LOOK_MS);
  }
  const [bands, alerts, emails] = await Promise.all([
    countBands(db, roots),
    countAlerts(db, roots),
    countEmails(db, roots),
  ]);
  return {
    bands: Object.fromEntries(BAND_NAMES.map((name) => [name, bands.get(name) ?? 0])) as Record<BandName, number>,
    alerts: alerts.count,
    emails,
    formToAlert: alerts.p50 === null || alerts.p95 === null ? null : { p50: alerts.p50, p95: alerts.p95 },
  };
}

async function isUnderWay(db: Queryable, roots: readonly number[]): Promise<boolean> {
  const [row] = await db.query<{ isUnderWay: boolean }>(
    `select (select position from single_events where root = any($1::bigint[]) and not settled
              and position > (select position from subscriptions where name = $2) order by position limit 1) is not null
         or exists (select from tasks where root = any($1::bigint[])
              and (state = 'IN_PROGRESS' or (state = 'NOT_STARTED' and kind in ('send_email', 'send_alert', 'send_outreach')))) as "isUnderWay"`,
    [int8Column(roots), RUNNER_SUBSCRIPTION],
  );
  return row?.isUnderWay ?? false;
}

async function countBands(db: Queryable, roots: readonly number[]): Promise<ReadonlyMap<string, number>> {
  const rows = await db.query<{ band: string; count: number }>(
    `select band, count(*)::int as count
     from (select distinct on (root) root, data->>'band' as band from events_between((select min(r) - 1 from unnest($1::bigint[]) r), newest_position())
           where root = any($1::bigint[]) and type = 'contact_scored' order by root, position desc) last
     group by band`,
    [int8Column(roots)],
  );
  return new Map(rows.map((row) => [row.band, row.count]));
}

async function countAlerts(
  db: Queryable,
  roots: readonly number[],
): Promise<{ count: number; p50: number | null; p95: number | null }> {
  const [row] = await db.query<{ count: number; p50: number | null; p95: number | null }>(
    `select count(*)::int as count, percentile_cont(0.5) within group (order by ms) as p50, percentile_cont(0.95) within group (order by ms) as p95
     from (select extract(epoch from told.recorded_at - form.occurred_at)::float8 * 1000 as ms
           from events_between((select min(r) - 1 from unnest($1::bigint[]) r), newest_position()) told cross join lateral events_at(told.root) form
           where told.root = any($1::bigint[]) and told.type = 'alert_sent' and told.data->>'name' = 'hot_lead') clocks`,
    [int8Column(roots)],
  );
  return row ?? { count: 0, p50: null, p95: null };
}

async function countEmails(db: Queryable, roots: readonly number[]): Promise<Results["emails"]> {
  const [row] = await db.query<{ sent: number; suppressed: number }>(
    `select count(*) filter (where state = 'sent')::int as sent, count(*) filter (where state = 'suppressed')::int as suppressed
     from emails where root = any($1::bigint[])`,
    [int8Column(roots)],
  );
  return row ?? { sent: 0, suppressed: 0 };
}
