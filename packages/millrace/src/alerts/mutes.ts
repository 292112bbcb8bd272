/** Alerts that people do not want for a while: they are written as ever, and brought to no channel outside. */
import type { Queryable } from "../db/database.ts";

export interface AlertMute {
  readonly audience: string;
  readonly name: string;
  /** Null: until a person lifts it. */
  readonly until: number | null;
  readonly reason: string | null;
  readonly mutedBy: string;
  readonly mutedAt: number;
}

const COLUMNS = 'audience, name, until, reason, muted_by as "mutedBy", muted_at as "mutedAt"';

/** Those that hold at `now`. */
export function listMutes(db: Queryable, now: number): Promise<AlertMute[]> {
  return db.query(`select ${COLUMNS} from alert_mutes where until is null or until > $1 order by audience, name`, [
    new Date(now),
  ]);
}

export async function findMute(
  db: Queryable,
  audience: string,
  name: string,
  now: number,
): Promise<AlertMute | undefined> {
  const [mute] = await db.query<AlertMute>(
    `select ${COLUMNS} from alert_mutes where audience = $1 and name = $2 and (until is null or until > $3)`,
    [audience, name, new Date(now)],
    "find_alert_mute",
  );
  return mute;
}

export async function muteAlerts(db: Queryable, mute: AlertMute): Promise<void> {
  const { audience, name, until, reason, mutedBy, mutedAt } = mute;
  await db.query(
    `insert into alert_mutes (audience, name, until, reason, muted_by, muted_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (audience, name) do update set until = excluded.until, reason = excluded.reason, muted_by = excluded.muted_by, muted_at = excluded.muted_at`,
    [audience, name, until === null ? null : new Date(until), reason, mutedBy, new Date(mutedAt)],
  );
}

/** @returns false when none was there. */
export async function unmuteAlerts(db: Queryable, audience: string, name: string): Promise<boolean> {
  const rows = await db.query("delete from alert_mutes where audience = $1 and name = $2 returning 1", [
    audience,
    name,
  ]);
  return rows.length > 0;
}
