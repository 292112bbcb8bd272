/**
 * What the monitor remembers between two turns, in the database: whoever turns next goes on from there. Everything of a
 * turn is written in one transaction, fenced by the place it moves, so two monitors would tell nothing twice.
 */
import { textColumn } from "../db/columns.ts";
import type { Queryable, Tx } from "../db/database.ts";
import type { Json, Position } from "../events/event.ts";
import type { ComponentHealth, KnownComponent } from "./components.ts";
import type { Tally } from "./measure.ts";
import type { ActiveAlert, AlertName } from "./thresholds.ts";

export interface MonitorStore {
  readonly place: Position;
  /** Milliseconds; null before the first turn. */
  readonly turnedAt: number | null;
  /** When metrics were put on record last. */
  readonly recordedAt: number | null;
  readonly magnitude: number;
  readonly active: readonly ActiveAlert[];
  readonly components: readonly KnownComponent[];
}

/** Makes the row there is one of. Counting begins with what is new. */
export async function beginMemory(db: Queryable): Promise<void> {
  await db.query("insert into monitor_state (place) select newest_position() on conflict (one) do nothing");
}

export async function recall(db: Queryable): Promise<MonitorStore> {
  const [state] = await db.query<Omit<MonitorStore, "active" | "components">>(
    `select place, turned_at as "turnedAt", recorded_at as "recordedAt", magnitude from monitor_state`,
    [],
    "recall_state",
  );
  const active = await db.query<ActiveAlert>(
    `select alert, subject, repeated_at as "repeatedAt" from health_alerts where cleared_at is null`,
    [],
    "recall_alerts",
  );
  const components = await db.query<KnownComponent>(
    `select component, ok, told_at as "toldAt" from component_health`,
    [],
    "recall_components",
  );
  return {
    ...(state ?? { place: 0, turnedAt: null, recordedAt: null, magnitude: 0 }),
    active,
    components,
  };
}

/** When the monitor turned last, by the engine's clock. */
export async function lastTurn(db: Queryable): Promise<number | null> {
  const [row] = await db.query<{ turnedAt: number | null }>(
    `select turned_at as "turnedAt" from monitor_state`,
    [],
    "last_turn",
  );
  return row?.turnedAt ?? null;
}

export interface Turn {
  readonly from: Position;
  readonly place: Position;
  readonly now: number;
  readonly magnitude: number;
  readonly isRecorded: boolean;
  readonly metrics: Readonly<Record<string, number>>;
}

/** Moves the place on. @returns false when another monitor has turned meanwhile: write nothing. */
export async function moveOn(tx: Tx, turn: Turn): Promise<boolean> {
  const rows = await tx.query(
    `update monitor_state set place = $2, turned_at = $3, beat_at = clock_timestamp(), magnitude = $4, metrics = $5::json,
            recorded_at = case when $6 then $3 else recorded_at end, silence_of = null
     where place = $1 returning one`,
    [turn.from, turn.place, new Date(turn.now), turn.magnitude, JSON.stringify(turn.metrics), turn.isRecorded],
    "monitor_moves_on",
  );
  return rows.length > 0;
}

export interface Raised {
  readonly alert: AlertName | "monitor_silent";
  readonly subject: string;
  readonly data: Json;
  /** The fact that raises it. */
  readonly event: Position;
}

export async function rememberAlerts(tx: Tx, raised: readonly Raised[], now: number): Promise<void> {
  for (const { alert, subject, data, event } of raised) {
    await tx.query(
      `insert into health_alerts (alert, subject, raised_at, repeated_at, data, events) values ($1, $2, $3, $3, $4::json, array[$5::bigint])
       on conflict (alert, subject) do update set repeated_at = excluded.repeated_at, data = excluded.data, cleared_at = null,
              raised_at = case when health_alerts.cleared_at is null then health_alerts.raised_at else excluded.raised_at end,
              events = health_alerts.events[greatest(1, cardinality(health_alerts.events) - 30):] || excluded.events`,
      [alert, subject, new Date(now), JSON.stringify(data), event],
    );
  }
}

export async function clearAlerts(
  tx: Tx,
  cleared: readonly { readonly alert: string; readonly subject: string }[],
  now: number,
): Promise<void> {
  if (cleared.length === 0) return;
  await tx.query(
    `update health_alerts set cleared_at = $3 from unnest($1::text[], $2::text[]) as gone(alert, subject)
     where health_alerts.alert = gone.alert and health_alerts.subject = gone.subject and cleared_at is null`,
    [textColumn(cleared.map(({ alert }) => alert)), textColumn(cleared.map(({ subject }) => subject)), new Date(now)],
  );
}

/**
 * Resolves what people were told about things that are over; each turn, since an alert may be written after its rule
 * has cleared already. @returns how many.
 */
export async function resolveAlerts(tx: Tx, now: number): Promise<number> {
  const rows = await tx.query(
    `update alerts set resolved_at = $1 where resolved_at is null and contact is null
       and root in (select unnest(events) from health_alerts where cleared_at is not null) returning id`,
    [new Date(now)],
    "resolve_alerts",
  );
  return rows.length;
}

export async function rememberComponents(tx: Tx, told: readonly ComponentHealth[], now: number): Promise<void> {
  for (const { component, ok, detail } of told) {
    await tx.query(
      `insert into component_health (component, ok, detail, changed_at, told_at) values ($1, $2, $3, $4, $4)
       on conflict (component) do update set ok = excluded.ok, detail = excluded.detail, told_at = excluded.told_at,
              changed_at = case when component_health.ok = excluded.ok then component_health.changed_at else excluded.changed_at end`,
      [component, ok, detail ?? null, new Date(now)],
    );
  }
}

/** Adds what the agents did since the last turn; what is older than the window is of no use any more. */
export async function rememberRuns(tx: Tx, tally: readonly Tally[], turn: Turn, windowMs: number): Promise<void> {
  for (const { agent, completed, failed } of tally) {
    await tx.query(
      `insert into agent_runs (agent, at, completed, failed, place) values ($1, $2, $3, $4, $5)
       on conflict (agent, at) do update set completed = agent_runs.completed + excluded.completed, failed = agent_runs.failed + excluded.failed`,
      [agent, new Date(turn.now), completed, failed, turn.from],
    );
  }
  await tx.query("delete from agent_runs where at <= $1", [new Date(turn.now - windowMs)], "forget_runs");
}
