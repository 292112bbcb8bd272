/**
 * More hands for a backlog: the agents behind it may have twice as many calls under way, up to a ceiling; when it is
 * empty, as many as they declare. The numbers are rows, so every process follows. What limits an agent inside (a CRM's
 * budget, a mail cap) limits it still.
 */
import { textColumn } from "../../db/columns.ts";
import type { Database, Tx } from "../../db/database.ts";
import { listCircuits, setConcurrency } from "../../tasks/circuits.ts";
import type { TaskHandler } from "../../tasks/handler.ts";

/** An agent with fewer tasks waiting is not what holds the queue up. */
const MIN_WAITING = 10;
const DEFAULT_CONCURRENCY = 4;

export interface Scaling {
  readonly direction: "up" | "down";
  readonly agents: readonly TaskHandler[];
  readonly ceiling: number;
}

export type Scaled = {
  readonly direction: "up" | "down";
  /** Agents whose number changed, and to what. */
  readonly concurrency: Readonly<Record<string, number>>;
};

export function scale(db: Database, scaling: Scaling): Promise<Scaled> {
  return db.transaction(async (tx) => {
    const wanted = scaling.direction === "down" ? await backToDeclared(tx, scaling) : await doubled(tx, scaling);
    await setConcurrency(
      tx,
      wanted.map(({ agent, isDeclared, concurrency }) => ({ agent, concurrency: isDeclared ? null : concurrency })),
    );
    const concurrency = Object.fromEntries(wanted.map(({ agent, concurrency }) => [agent, concurrency]));
    return { direction: scaling.direction, concurrency };
  });
}

interface ScaleRequest {
  readonly agent: string;
  readonly concurrency: number;
  readonly isDeclared: boolean;
}

async function doubled(tx: Tx, { agents, ceiling }: Scaling): Promise<ScaleRequest[]> {
  const now = new Map((await listCircuits(tx)).map(({ agent, concurrency }) => [agent, concurrency]));
  const wishes: ScaleRequest[] = [];
  // A pure agent works in the engine's own thread: it has one hand.
  for (const handler of agents.filter(({ isPure }) => !isPure)) {
    const current = now.get(handler.name) ?? declared(handler);
    const concurrency = Math.min(current * 2, ceiling);
    if (concurrency > current && (await waiting(tx, handler.kinds)) >= MIN_WAITING) {
      wishes.push({ agent: handler.name, concurrency, isDeclared: false });
    }
  }
  return wishes;
}

async function backToDeclared(tx: Tx, { agents }: Scaling): Promise<ScaleRequest[]> {
  const raised = (await listCircuits(tx)).filter(({ concurrency }) => concurrency !== null);
  return raised.map(({ agent }) => {
    const handler = agents.find(({ name }) => name === agent);
    return { agent, concurrency: handler === undefined ? 0 : declared(handler), isDeclared: true };
  });
}

function declared(handler: TaskHandler): number {
  return handler.isPure ? 1 : (handler.concurrency ?? DEFAULT_CONCURRENCY);
}

async function waiting(tx: Tx, kinds: readonly string[]): Promise<number> {
  const [row] = await tx.query<{ waiting: number }>(
    `select count(*)::int as waiting from (select 1 from tasks where standing = 'NOT_STARTED' and claim is null and kind = any($1::text[]) limit ${MIN_WAITING}) t`,
    [textColumn(kinds)],
  );
  return row?.waiting ?? 0;
}
