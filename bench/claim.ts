/**
 * Claim and complete alone: tasks that wait already, taken and finished by an agent that does nothing; no runner.
 * The throughput is the dispatcher's own (the engine with the role "worker"); the times of a claim are taken around the
 * same functions, since the dispatcher tells nobody.
 */
import { openEngine } from "../packages/millrace/src/engine/open-engine.ts";
import { costInWords, quantilesInMs, whole } from "./figures.ts";
import { type Cost, costOf, type Quantiles, quantilesOf, startMeter } from "./measure.ts";
import type { Bench, Part, Piece } from "./piece.ts";
import { claimAndFinish, fillQueue, workOff, wrongTasks } from "./queue.ts";
import { queueAskingConfig } from "./queue-work.ts";

interface WorkResult extends Cost {
  readonly batchSize: number;
  readonly tasksPerS: number;
  readonly wrong: readonly string[];
}

interface ClaimResult {
  readonly limit: number;
  readonly claim: Quantiles;
  readonly finish: Quantiles;
  readonly wrong: readonly string[];
}

const WORKS = [
  { batchSize: 1, tasks: 2_000 },
  { batchSize: 100, tasks: 20_000 },
];
const CLAIMS = [
  { limit: 1, rounds: 300 },
  { limit: 100, rounds: 100 },
];

export const claimPiece: Piece = {
  name: "claim",
  about: "tasks/s claimed and completed with nothing to do, and how long a claim takes",
  takes: "30 s",
  run: measureClaims,
};

async function measureClaims(bench: Bench): Promise<Part> {
  const works: WorkResult[] = [];
  for (const { batchSize, tasks } of WORKS) works.push(await measureWork(bench, batchSize, tasks));
  const claims: ClaimResult[] = [];
  for (const { limit, rounds } of CLAIMS) claims.push(await measureClaim(bench, limit, rounds));
  return {
    lines: [
      ...works.map(
        (result) =>
          [
            `tasks/s, an agent that takes ${result.batchSize} a call`,
            `${whole(result.tasksPerS)}; CPU s per 1,000 ${costInWords(result)}`,
          ] as const,
      ),
      ...claims.flatMap(({ limit, claim, finish }) => [
        [`a claim of ${limit}, ms p50 / p95 / p99 / max`, quantilesInMs(claim)] as const,
        [`finishing ${limit}, ms`, quantilesInMs(finish)] as const,
      ]),
    ],
    figures: { works, claims },
    wrong: [...works, ...claims].flatMap((result) => result.wrong.map((line) => `claim: ${line}`)),
  };
}

async function measureWork({ server, say }: Bench, batchSize: number, tasks: number): Promise<WorkResult> {
  const { freshDatabase, postmaster } = await server();
  say(`${whole(tasks)} tasks, ${batchSize} a call`);
  const databaseUrl = await freshDatabase(`claim_by_${batchSize}`);
  await fillQueue(databaseUrl, tasks);
  const meter = startMeter(postmaster);
  await workOff(databaseUrl, tasks, batchSize);
  const spent = meter();
  const engine = await openEngine({ databaseUrl, pack: false }, { roles: [] });
  const wrong = await wrongTasks(engine, tasks, 0).finally(() => engine.stop());
  return { batchSize, tasksPerS: tasks / spent.seconds, ...costOf(spent, tasks), wrong };
}

async function measureClaim({ server, say }: Bench, limit: number, rounds: number): Promise<ClaimResult> {
  say(`${rounds} claims of ${limit}`);
  const databaseUrl = await (await server()).freshDatabase(`claims_of_${limit}`);
  await fillQueue(databaseUrl, limit * rounds);
  const engine = await openEngine(queueAskingConfig({ databaseUrl }), { roles: [] });
  try {
    const { claimMs, finishMs } = await claimAndFinish(engine, { rounds, limit });
    const wrong = await wrongTasks(engine, limit * rounds, 0);
    return { limit, claim: quantilesOf(claimMs), finish: quantilesOf(finishMs), wrong };
  } finally {
    await engine.stop();
  }
}
