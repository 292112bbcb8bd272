/** From a form to the first thing done about it, an e-mail or an alert: how long it took, and which took too long and for what. */
import type { Queryable } from "../../db/database.ts";
import type { Position } from "../../events/event.ts";
import { WHO, type Who } from "./tasks.ts";

export interface ActionTimes {
  readonly p50: number;
  readonly p95: number;
  readonly slowest: number;
  readonly count: number;
}

/** Of so many forms at most, the newest ones. */
const MAX_FORMS = 2_000;

const ACTED = `with acted as (
    select root, min(at) as at, (array_agg(task order by at))[1] as task from (
      select root, task, created_at as at from (select * from alerts order by id desc limit ${MAX_FORMS}) a where root is not null and created_at >= $1
      union all
      select root, task, sent_at from (select * from emails order by id desc limit ${MAX_FORMS}) e where root is not null and state = 'sent' and sent_at >= $1) done
    group by root),
  clocks as (
    select f.position, f.contact, f.occurred_at, acted.task, greatest(0, extract(epoch from acted.at - f.occurred_at)::float8 * 1000) as ms
    from acted join single_events f on f.position = acted.root and f.type = 'form_submitted')`;

/** Since a moment, by the engine's clock. @returns null when nothing was done about a form. */
export async function actionTimes(db: Queryable, since: number): Promise<ActionTimes | null> {
  const [row] = await db.query<ActionTimes>(
    `${ACTED} select percentile_cont(0.5) within group (order by ms) as p50, percentile_cont(0.95) within group (order by ms) as p95,
                     max(ms) as slowest, count(*)::int as count from clocks`,
    [new Date(since)],
  );
  return row === undefined || row.count === 0 ? null : row;
}

/** A form about which too long nothing was done. */
export interface Breach {
  readonly form: Position;
  readonly contact: string | null;
  readonly who: Who | null;
  readonly submittedAt: number;
  /** Until the first e-mail or alert; of one that still waits, until now. */
  readonly tookMs: number;
  readonly isWaiting: boolean;
  /** The work it waited for. */
  readonly task: number | null;
  readonly kind: string | null;
  /** How long that waited to be begun, and how long it was done; null: not begun, or not over. */
  readonly queuedMs: number | null;
  readonly workedMs: number | null;
  readonly error: string | null;
}

/** The slowest first: what was done too late, and what still waits for an agent. */
export function listBreaches(
  db: Queryable,
  wish: {
    readonly since: number;
    readonly now: number;
    readonly limitMs: number;
    readonly humanKinds: readonly string[];
    readonly limit: number;
  },
): Promise<Breach[]> {
  return db.query(
    `${ACTED},
     late as (
       select k.position as form, k.contact, k.occurred_at, k.ms, false as waiting, t.id as task, t.kind, t.error,
              extract(epoch from t.started_at - t.created_at)::float8 * 1000 as queued, extract(epoch from t.finished_at - t.started_at)::float8 * 1000 as worked
       from clocks k left join lateral finished_task(k.task) t on true where k.ms > $3),
     waiting as (
       select distinct on (f.position) f.position as form, f.contact, f.occurred_at, extract(epoch from $2 - f.occurred_at)::float8 * 1000 as ms, true as waiting,
              t.id as task, t.kind, t.error, extract(epoch from t.started_at - t.created_at)::float8 * 1000 as queued, null::float8 as worked
       from (select * from tasks where kind <> all($4::text[]) order by id limit ${MAX_FORMS}) t
       join single_events f on f.position = t.root and f.type = 'form_submitted'
       where f.occurred_at >= $1 and f.occurred_at < $2 - $3 * interval '1 ms' and t.root not in (select root from acted)
       order by f.position, t.id)
     select b.form, b.contact, ${WHO}, b.occurred_at as "submittedAt", b.ms as "tookMs", b.waiting as "isWaiting", b.task, b.kind,
            b.queued as "queuedMs", b.worked as "workedMs", b.error
     from (select * from late union all select * from waiting) b left join contacts c on c.id = b.contact order by b.ms desc limit $5`,
    [new Date(wish.since), new Date(wish.now), wish.limitMs, wish.humanKinds, wish.limit],
  );
}
