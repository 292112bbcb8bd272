/** One visit of the growth measures to a database that may hold anything: a drain, then 50 a second for a while. */
import type { MillraceConfig } from "../packages/millrace/src/config/config.ts";
import { openEngine } from "../packages/millrace/src/engine/open-engine.ts";
import { countsOf, newestPosition, wrongCounts } from "./correctness.ts";
import { drainInto, offerAll, WARM_UP } from "./drain.ts";
import { workloadConfig } from "./form-cascade.ts";
import type { Figures, Reported } from "./growth.ts";
import { latencyOf, perSeconds } from "./latency.ts";
import { submissions } from "./workload/gen.mjs";

const SEED = 9;
/** Of the visits of one database; the submissions of each visit are others. */
const MAX_IN_A_VISIT = 100_000;

export interface VisitRequest {
  readonly databaseUrl: string;
  readonly postmaster: number;
  readonly count: number;
  readonly seconds: number;
  /** How often this database was visited, this time included. */
  readonly round: number;
  readonly config?: MillraceConfig;
}

export interface Visit {
  readonly figures: Figures;
  readonly wrong: readonly string[];
}

export const LOAD_REPORTED: readonly Reported[] = [
  { key: "submissionsPerS", label: "drain, submissions/s", digits: 0 },
  { key: "cpuSPer1000", label: "CPU s per 1,000", digits: 2 },
  { key: "doneP50Ms", label: "50/s: last effect, ms p50", digits: 1 },
  { key: "doneP99Ms", label: "50/s: last effect, ms p99", digits: 1 },
];

export async function visit(wish: VisitRequest): Promise<Visit> {
  const { databaseUrl, postmaster, count, seconds, round } = wish;
  const all = submissions(SEED, round * MAX_IN_A_VISIT, WARM_UP + count + perSeconds(seconds));
  const engine = await openEngine(wish.config ?? workloadConfig({ databaseUrl }));
  try {
    const place = await newestPosition(databaseUrl);
    const before = await countsOf(databaseUrl, place);
    await offerAll(engine, all.slice(0, WARM_UP));
    await engine.idle();
    const drained = await drainInto(engine, postmaster, all.slice(WARM_UP, WARM_UP + count));
    const { done } = await latencyOf(engine, all.slice(WARM_UP + count));
    const figures = { ...drained, doneP50Ms: done.p50, doneP99Ms: done.p99 };
    return { figures, wrong: wrongCounts(before, await countsOf(databaseUrl, place), all) };
  } finally {
    await engine.stop();
  }
}
