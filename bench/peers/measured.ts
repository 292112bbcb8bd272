/** One run of the form cascade on one queue, ours or another's: warmed up a little, then measured until nothing is left. */
import type { Submission } from "../form-cascade.ts";
import { type Cost, costOf, peakRssMb, startMeter } from "../measure.ts";
import { submissions } from "../workload/gen.mjs";

/** What a process of a queue is asked for. */
export interface Request {
  readonly databaseUrl: string;
  readonly postmaster: number;
  readonly count: number;
  readonly seed: number;
  /** How long a handler waits before it does its work. */
  readonly ioMs: number;
  /** Tasks under way together, in each process. */
  readonly atOnce: number;
  /** Processes that do the work; 0: the one that submits does it too. */
  readonly workers: number;
  /** Where the peer is installed. */
  readonly modules: string;
}

export interface QueueResult extends Cost {
  readonly submissionsPerS: number;
  readonly walKbEach: number;
  readonly peakRssMb: number;
  readonly wrong: readonly string[];
}

export interface Queue {
  readonly request: Request;
  /** Of processes that work beside this one. */
  readonly pids: readonly number[];
  readonly submit: (all: readonly Submission[]) => Promise<void>;
  /** Resolves when nothing is left to do. */
  readonly idle: () => Promise<void>;
  /** Counts that are not what they must be, in words. */
  readonly wrong: (all: readonly Submission[]) => Promise<readonly string[]>;
}

const WARM_UP = 200;
const SUBMITTED_AT_ONCE = 500;

export function requestOf(args: readonly string[]): Request {
  return JSON.parse(args[2] ?? "") as Request;
}

export async function measured({ request, pids, submit, idle, wrong }: Queue): Promise<QueueResult> {
  const { count, seed, postmaster, databaseUrl } = request;
  await submit(submissions(seed, 0, WARM_UP));
  await idle();
  const all = submissions(seed, WARM_UP, count);
  const wal = await walBytes(databaseUrl);
  const meter = startMeter(postmaster, [process.pid, ...pids]);
  for (let at = 0; at < count; at += SUBMITTED_AT_ONCE) await submit(all.slice(at, at + SUBMITTED_AT_ONCE));
  await idle();
  const spent = meter();
  return {
    submissionsPerS: count / spent.seconds,
    ...costOf(spent, count),
    walKbEach: ((await walBytes(databaseUrl)) - wal) / 1_024 / count,
    peakRssMb: [process.pid, ...pids].reduce((sum, pid) => sum + peakRssMb(pid), 0),
    wrong: await wrong([...submissions(seed, 0, WARM_UP), ...all]),
  };
}

async function walBytes(databaseUrl: string): Promise<number> {
  const { Database } = await import("../../packages/millrace/src/db/database.ts");
  const database = new Database({ url: databaseUrl, maxConnections: 1 });
  try {
    const [row] = await database.query<{ bytes: number }>(
      "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 as bytes",
    );
    return Number(row?.bytes ?? 0);
  } finally {
    await database.close();
  }
}
