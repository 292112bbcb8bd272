/**
 * The canary of a stopped agent: when its pause is over, the oldest task of its kinds is let through, exactly one, in
 * whichever process comes first. Done well, the agent works again; failed, it stays stopped for twice as long.
 * Claimed by the dispatcher, judged by maintenance: a worker that dies with it is found like any other.
 */
import { int8Column, textColumn } from "../db/columns.ts";
import type { Tx } from "../db/database.ts";
import { appendFacts } from "../events/facts.ts";
import { lockLog } from "../events/log-lock.ts";
import { closeCircuit } from "./circuits.ts";
import { draftTask } from "./draft.ts";
import type { WorkRules } from "./finish.ts";
import { CLAIMED, type ClaimedTask, insertTasks, NOTE_CLAIMS } from "./queue.ts";

export interface CircuitRules {
  /** No pause is longer. */
  readonly maxPauseMs: number;
  /** After so many failed canaries a person is asked, once. */
  readonly canaries: number;
}

interface CanaryClaim {
  readonly agent: string;
  readonly kinds: readonly string[];
  readonly timeoutMs: readonly number[];
  readonly worker: string;
  readonly leaseMs: number;
  readonly now: number;
}

/** Claims the canary of an agent whose pause is over. @returns [] when none is due, or another process has it. */
export async function claimCanary(tx: Tx, claim: CanaryClaim): Promise<ClaimedTask[]> {
  const { agent, kinds, timeoutMs, worker, leaseMs, now } = claim;
  const tasks = await tx.query<ClaimedTask>(
    `with circuit as (select agent from agent_circuits where agent = $1 and state = 'open' and retry_at <= $6 for update skip locked),
          oldest as (select tasks.id as oldest_id, timeout_ms from circuit, tasks join unnest($2::text[], $3::bigint[]) as wish(wanted, timeout_ms) on kind = wanted
                     where tasks.standing = 'NOT_STARTED' and tasks.claim is null order by tasks.created_at, tasks.id limit 1 for update of tasks skip locked),
          held as (
       update tasks set claim = nextval('task_claim_ids'), attempt = attempt + 1, fence = fence + 1, worker = $4, started_at = $6, error = null,
              begun_in_log = false, timeout_at = clock_timestamp() + timeout_ms * interval '1 ms'
       from oldest where id = oldest_id returning tasks.*),
          noted as (${NOTE_CLAIMS("$4", "$5")})
     select ${CLAIMED} from held`,
    [agent, textColumn(kinds), int8Column(timeoutMs), worker, leaseMs, new Date(now)],
    "claim_canary",
  );
  const [canary] = tasks;
  if (canary === undefined) return [];
  await tx.query("update agent_circuits set state = 'half_open', canary = $2 where agent = $1", [agent, canary.id]);
  return tasks;
}

interface Canary {
  readonly agent: string;
  readonly pauseMs: number;
  readonly failures: number;
  readonly canary: number;
  /** Where the task is now; null: finished, or gone. */
  readonly state: "NOT_STARTED" | "WAITING" | null;
  readonly final: "COMPLETED" | "FAILED" | "CANCELLED" | null;
  readonly error: string | null;
  readonly waitsForPerson: boolean;
}

/** Looks what became of the canaries. Needs a handful of task ids at hand. @returns how many were judged. */
export async function judgeCanaries(tx: Tx, now: number, work: WorkRules, rules: CircuitRules): Promise<number> {
  await lockLog(tx);
  const canaries = await tx.query<Canary>(
    `select c.agent, c.pause_ms as "pauseMs", c.failures, c.canary, t.state, f.state as final, coalesce(t.error, f.error) as error,
            coalesce(t.state = 'WAITING' and t.not_before is null, false) as "waitsForPerson"
     from agent_circuits c left join tasks t on t.id = c.canary left join lateral finished_task(c.canary) f on true
     where c.state = 'half_open' and t.state is distinct from 'IN_PROGRESS' for update of c`,
    [],
    "judge_canaries",
  );
  for (const canary of canaries) await settle(tx, canary, now, work, rules);
  return canaries.length;
}

async function settle(tx: Tx, canary: Canary, now: number, work: WorkRules, rules: CircuitRules): Promise<void> {
  const { agent } = canary;
  // An agent that leaves a task to a person has done its work.
  if (canary.final === "COMPLETED" || canary.waitsForPerson) {
    await closeCircuit(tx, agent, "canary", now);
    const detail = `Task ${canary.canary} went well: ${agent} works again.`;
    await appendFacts(
      tx,
      [{ type: "component_health_check", data: { component: `agent:${agent}`, ok: true, detail } }],
      "recovery",
      now,
    );
    return;
  }
  const hasFailed = canary.final === "FAILED" || canary.state === "NOT_STARTED" || canary.error !== null;
  // Cancelled or snoozed, it says nothing: the next one is tried at once.
  const isInconclusive = canary.final === "CANCELLED" || !hasFailed;
  const pauseMs = isInconclusive ? canary.pauseMs : Math.min(canary.pauseMs * 2, rules.maxPauseMs);
  const failures = canary.failures + (isInconclusive ? 0 : 1);
  await tx.query(
    "update agent_circuits set state = 'open', canary = null, pause_ms = $2, failures = $3, retry_at = $4 where agent = $1",
    [agent, pauseMs, failures, new Date(isInconclusive ? now : now + pauseMs)],
  );
  if (!isInconclusive && failures === rules.canaries) await askPerson(tx, canary, now, work);
}

async function askPerson(
  tx: Tx,
  { agent, canary, failures, error }: Canary,
  now: number,
  work: WorkRules,
): Promise<void> {
  const detail = `${agent} stays stopped: ${failures + 1} tasks in a row failed, the last one ${canary}: ${error ?? "its worker was lost"}`;
  const data = { component: `agent:${agent}`, ok: false, detail: detail.slice(0, 500) };
  const cause = await appendFacts(tx, [{ type: "component_health_check", data }], "recovery", now);
  const request = {
    kind: "manual_review",
    mergeKey: `manual_review:circuit:${agent}`,
    payload: { reason: detail, agent, next: `mend it, then: millrace agents resume ${agent}` },
  };
  const origin = { contact: null, cause, root: cause, depth: 0, bornAt: now, requestedBy: "engine" };
  await insertTasks(tx, [draftTask(request, origin, work.taskIds.take(), now, work.tasks)], work.agingMs);
}
