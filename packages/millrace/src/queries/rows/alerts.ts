/** Alerts as people see them: what each said, when, and whether someone has looked. */
import type { Queryable } from "../../db/database.ts";
import type { Position } from "../../events/event.ts";

export interface AlertRow {
  readonly id: number;
  readonly contact: string | null;
  readonly task: number | null;
  readonly root: Position | null;
  readonly createdAt: number;
  readonly seenAt: number | null;
  readonly seenBy: string | null;
  /** Of an alert about the system: when what it told of was over. */
  readonly resolvedAt: number | null;
  /** "sales", "admin" … */
  readonly audience: string;
  readonly name: string;
  readonly title: string;
  readonly body: string;
}

export interface AlertFilter {
  readonly audience?: string;
  readonly unseen?: boolean;
  readonly contact?: string;
  readonly before?: number;
  readonly limit: number;
}

const COLUMNS =
  'id, contact, task, root, created_at as "createdAt", seen_at as "seenAt", seen_by as "seenBy", resolved_at as "resolvedAt", audience, name, title, body';

/** Newest first. */
export function listAlerts(db: Queryable, filter: AlertFilter): Promise<AlertRow[]> {
  return db.query(
    `select ${COLUMNS} from alerts
     where ($1::text is null or audience = $1) and (not $2::boolean or seen_at is null) and ($3::uuid is null or contact = $3)
       and ($4::bigint is null or id < $4)
     order by id desc limit $5`,
    [filter.audience ?? null, filter.unseen ?? false, filter.contact ?? null, filter.before ?? null, filter.limit],
  );
}

export async function findAlert(db: Queryable, id: number): Promise<AlertRow | undefined> {
  const [alert] = await db.query<AlertRow>(`select ${COLUMNS} from alerts where id = $1`, [id]);
  return alert;
}

/** The alerts these tasks raised. */
export function alertsOfTasks(db: Queryable, tasks: readonly number[]): Promise<AlertRow[]> {
  if (tasks.length === 0) return Promise.resolve([]);
  return db.query(`select ${COLUMNS} from alerts where task = any($1::bigint[]) order by id`, [tasks]);
}

/** Says that a person has looked; the first one counts. @returns the alert, or undefined when there is none. */
export async function markAlertSeen(
  db: Queryable,
  id: number,
  person: string,
  now: number,
): Promise<AlertRow | undefined> {
  const [alert] = await db.query<AlertRow>(
    `update alerts set seen_at = coalesce(seen_at, $3), seen_by = coalesce(seen_by, $2) where id = $1 returning ${COLUMNS}`,
    [id, person, new Date(now)],
  );
  return alert;
}
