/**
 * The dead man's switch: the monitor is watched too. Every process looks whether the last measurements are older than
 * three turns, by the database's clock, and tells admin once. It asks for the alert itself, because the runner may be
 * as silent as the monitor; any worker brings it. Called by maintenance, /readyz and `millrace health`.
 */
import type { Queryable, Tx } from "../db/database.ts";
import { appendFacts } from "../events/facts.ts";
import { lockLog } from "../events/log-lock.ts";
import { draftTask } from "../tasks/draft.ts";
import type { WorkRules } from "../tasks/finish.ts";
import { insertTasks } from "../tasks/queue.ts";
import { rememberAlerts, rememberComponents } from "./monitor-store.ts";

/** Turns missed before it counts as silent. */
const PATIENCE = 3;

export async function isSilent(db: Queryable, everyMs: number): Promise<boolean> {
  const [row] = await db.query<{ silent: boolean }>(
    "select clock_timestamp() - beat_at > $1 * interval '1 ms' as silent from monitor_state",
    [everyMs * PATIENCE],
    "monitor_is_silent",
  );
  return row?.silent ?? false;
}

/** Tells admin, once per silence and whichever process sees it first. Needs a task id at hand. @returns whether it told. */
export async function reportSilence(tx: Tx, everyMs: number, now: number, work: WorkRules): Promise<boolean> {
  await lockLog(tx);
  const [row] = await tx.query<{ beatAt: number }>(
    `update monitor_state set silence_of = beat_at
     where clock_timestamp() - beat_at > $1 * interval '1 ms' and silence_of is distinct from beat_at returning beat_at as "beatAt"`,
    [everyMs * PATIENCE],
    "tell_of_silence",
  );
  if (row === undefined) return false;
  const detail = `No measurements since ${new Date(row.beatAt).toISOString().slice(0, 19)} UTC.`;
  const data = { component: "monitor", ok: false, detail };
  const cause = await appendFacts(tx, [{ type: "component_health_check", data }], "maintenance", now);
  const onceKey = `monitor_silent:admin:event:${cause}`;
  const request = {
    kind: "send_alert",
    mergeKey: `send_alert:${onceKey}`,
    payload: { audience: "admin", name: "monitor_silent", onceKey, values: data },
  };
  const origin = { contact: null, cause, root: cause, depth: 0, bornAt: now, requestedBy: "engine" };
  await insertTasks(tx, [draftTask(request, origin, work.taskIds.take(), now, work.tasks)], work.agingMs);
  await rememberComponents(tx, [data], now);
  // No rule ever reads it as bad, so the next turn of the monitor clears it.
  await rememberAlerts(tx, [{ alert: "monitor_silent", subject: "monitor", data, event: cause }], now);
  return true;
}
