/** Offers N submissions as fast as they are accepted, until every effect is committed and nothing is left to do. */
import { createEngine, type Engine } from "../src/engine.ts";
import { checkCounts } from "./correctness.ts";
import { submitted, workloadConfig } from "./form-cascade.ts";
import { peakRssMb, usage } from "./measure.ts";
import { submissions } from "./workload/gen.mjs";

const WARM_UP = 200;
/** Offers that wait for their commit at the same time, as a busy gateway has them. */
const OUTSTANDING = 2_000;

export interface DrainResult {
  readonly submissionsPerS: number;
  readonly acceptedPerS: number;
  readonly cpuSPer1000: number;
  readonly nodeCpuSPer1000: number;
  readonly postgresCpuSPer1000: number;
  readonly nodePeakMb: number;
  readonly postgresPssMb: number;
  readonly wrong: readonly string[];
}

export async function drain(
  databaseUrl: string,
  postmaster: number | undefined,
  count: number,
  seed: number,
): Promise<DrainResult> {
  const engine = await createEngine(workloadConfig({ databaseUrl }));
  try {
    await offerAll(engine, submissions(seed, 0, WARM_UP));
    await engine.idle();
    const measured = submissions(seed, WARM_UP, count);
    const before = usage(postmaster);
    const start = performance.now();
    await offerAll(engine, measured);
    const accepted = performance.now();
    await engine.idle();
    const end = performance.now();
    const after = usage(postmaster);
    const node = ((after.nodeCpuS - before.nodeCpuS) / count) * 1000;
    const postgres = ((after.postgresCpuS - before.postgresCpuS) / count) * 1000;
    return {
      submissionsPerS: count / ((end - start) / 1000),
      acceptedPerS: count / ((accepted - start) / 1000),
      cpuSPer1000: node + postgres,
      nodeCpuSPer1000: node,
      postgresCpuSPer1000: postgres,
      nodePeakMb: peakRssMb(),
      postgresPssMb: after.postgresPssMb,
      wrong: await checkCounts(engine.db, submissions(seed, 0, WARM_UP + count)),
    };
  } finally {
    await engine.stop();
  }
}

async function offerAll(engine: Engine, all: ReturnType<typeof submissions>): Promise<void> {
  let next = 0;
  const offerer = async () => {
    for (let i = next++; i < all.length; i = next++) {
      const submission = all[i];
      if (submission !== undefined) await engine.append([submitted(submission)]);
    }
  };
  await Promise.all(Array.from({ length: OUTSTANDING }, offerer));
}
