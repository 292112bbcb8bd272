/**
 * Circuits: an agent that fails too often is stopped, and everything else goes on. The state is a row that all processes
 * share; each reads it once a second at most, so a claim costs nothing more. A stopped agent's tasks stay where they are
 * and use up no attempt. Opened by the recovery agent or a person; closed by a canary (canary.ts) or a person.
 */
import { newestReading } from "../base/newest-reading.ts";
import type { Queryable, Tx } from "../db/database.ts";
import type { TaskHandler } from "./handler.ts";

export interface Circuit {
  readonly agent: string;
  /** "half_open": one task, the canary, is under way to see whether the agent is well again. */
  readonly state: "closed" | "open" | "half_open";
  readonly reason: string | null;
  readonly changedBy: string | null;
  readonly openedAt: number | null;
  /** When a canary is let through; null while open: when a person says so. */
  readonly retryAt: number | null;
  readonly pauseMs: number;
  /** Canaries that failed since it opened. */
  readonly failures: number;
  readonly canary: number | null;
  readonly closedAt: number | null;
  /** Calls that may be under way at once in one process; null: as the agent declares. */
  readonly concurrency: number | null;
}

const READ_EVERY_MS = 1_000;

export function listCircuits(db: Queryable): Promise<Circuit[]> {
  return db.query(
    `select agent, state, reason, changed_by as "changedBy", opened_at as "openedAt", retry_at as "retryAt", pause_ms as "pauseMs",
            failures, canary, closed_at as "closedAt", concurrency
     from agent_circuits order by agent`,
    [],
    "list_circuits",
  );
}

/** What a process knows of the circuits. */
export class Circuits {
  readonly #read: () => Promise<void>;
  #byAgent: ReadonlyMap<string, Circuit> = new Map();
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> = Promise.resolve();

  constructor(db: Queryable) {
    this.#read = newestReading(
      () => listCircuits(db),
      (circuits) => {
        this.#byAgent = new Map(circuits.map((circuit) => [circuit.agent, circuit]));
      },
    );
  }

  /** Reads them again when what is known is older than a second. Who asks while they are being read waits for it. */
  refresh(): Promise<void> {
    if (performance.now() - this.#readAt >= READ_EVERY_MS) {
      this.#readAt = performance.now();
      this.#reading = this.#read().catch((error: unknown) => {
        this.forget();
        throw error;
      });
    }
    return this.#reading;
  }

  /** Someone in this process has changed one: the next `refresh` reads. */
  forget(): void {
    this.#readAt = Number.NEGATIVE_INFINITY;
  }

  isStopped(agent: string): boolean {
    return (this.#byAgent.get(agent)?.state ?? "closed") !== "closed";
  }

  /** Its pause is over: one task may be tried. */
  wantsCanary(agent: string, now: number): boolean {
    const circuit = this.#byAgent.get(agent);
    return circuit?.state === "open" && circuit.retryAt !== null && circuit.retryAt <= now;
  }

  get hasCanary(): boolean {
    return [...this.#byAgent.values()].some((circuit) => circuit.state === "half_open");
  }

  /** The kinds an agent may do now; tasks of a stopped one are not due before its pause is over. */
  kindsAtWork(handlers: readonly TaskHandler[], now: number): string[] {
    const mayWork = (agent: string) => !this.isStopped(agent) || this.wantsCanary(agent, now);
    return handlers.filter(({ name }) => mayWork(name)).flatMap(({ kinds }) => kinds);
  }

  /** Those by kind whose agents are not stopped. */
  withoutStopped<Handler extends TaskHandler>(byKind: ReadonlyMap<string, Handler>): ReadonlyMap<string, Handler> {
    if (![...byKind.values()].some(({ name }) => this.isStopped(name))) return byKind;
    return new Map([...byKind].filter(([, { name }]) => !this.isStopped(name)));
  }

  concurrencyOf(agent: string): number | undefined {
    return this.#byAgent.get(agent)?.concurrency ?? undefined;
  }
}

export interface Opening {
  readonly agent: string;
  readonly reason: string;
  readonly by: string;
  readonly now: number;
  /** How long until a canary; null: until a person resumes it. */
  readonly pauseMs: number | null;
}

/** Stops an agent. One that is stopped already stays as it is, unless a person wants it stopped until further notice. @returns whether anything changed. */
export async function openCircuit(tx: Tx, { agent, reason, by, now, pauseMs }: Opening): Promise<boolean> {
  const rows = await tx.query(
    `insert into agent_circuits (agent, state, reason, changed_by, opened_at, retry_at, pause_ms) values ($1, 'open', $2, $3, $4, $5, $6)
     on conflict (agent) do update set state = 'open', reason = excluded.reason, changed_by = excluded.changed_by, opened_at = excluded.opened_at,
            retry_at = excluded.retry_at, pause_ms = excluded.pause_ms, failures = 0, canary = null
       where agent_circuits.state = 'closed' or excluded.retry_at is null
     returning agent`,
    [
      agent,
      reason.slice(0, 500),
      by.slice(0, 200),
      new Date(now),
      pauseMs === null ? null : new Date(now + pauseMs),
      pauseMs ?? 0,
    ],
  );
  return rows.length > 0;
}

/** Lets an agent work again; what it did before does not count against it any more. @returns false when it was not stopped. */
export async function closeCircuit(tx: Tx, agent: string, by: string, now: number): Promise<boolean> {
  const rows = await tx.query(
    `update agent_circuits set state = 'closed', closed_at = $2, changed_by = $3, retry_at = null, failures = 0, canary = null
     where agent = $1 and state <> 'closed' returning agent`,
    [agent, new Date(now), by.slice(0, 200)],
  );
  if (rows.length > 0) await tx.query("delete from agent_runs where agent = $1", [agent]);
  return rows.length > 0;
}

/** Sets how many calls of each agent may be under way at once in one process; null: as it declares. */
export async function setConcurrency(
  tx: Tx,
  wanted: readonly { readonly agent: string; readonly concurrency: number | null }[],
): Promise<void> {
  for (const { agent, concurrency } of wanted) {
    await tx.query(
      "insert into agent_circuits (agent, concurrency) values ($1, $2) on conflict (agent) do update set concurrency = excluded.concurrency",
      [agent, concurrency],
    );
  }
}

export interface HandOnAgent {
  readonly agent: string;
  /** Who did it. */
  readonly by: string;
  readonly now: number;
  readonly reason?: string;
}

/** A person stops an agent until one resumes it. */
export async function pauseAgent(tx: Tx, { agent, by, now, reason }: HandOnAgent): Promise<void> {
  await openCircuit(tx, { agent, reason: reason ?? `Paused by ${by}.`, by, now, pauseMs: null });
}

/** @returns false when it was not stopped. */
export function resumeAgent(tx: Tx, { agent, by, now }: HandOnAgent): Promise<boolean> {
  return closeCircuit(tx, agent, by, now);
}
