/** Offers N submissions as fast as they are accepted, until every effect is committed and nothing is left to do. */
import type { EngineHandle } from "../packages/millrace/src/engine/engine-handle.ts";
import { openEngine } from "../packages/millrace/src/engine/open-engine.ts";
import { checkCounts } from "./correctness.ts";
import { costInWords, medianAndAll, percent, whole } from "./figures.ts";
import { type FloorResult, floor } from "./floor.ts";
import { type Submission, submitted, workloadConfig } from "./form-cascade.ts";
import { type Cost, costOf, median, postgresPssMb, startMeter } from "./measure.ts";
import type { Bench, Part, Piece } from "./piece.ts";
import { paceOfMachine, quietest } from "./quiet.ts";
import { submissions } from "./workload/gen.mjs";

export const WARM_UP = 200;
/** Offers that wait for their commit at the same time, as a busy gateway has them. */
const OUTSTANDING = 2_000;
const FLOOR_BATCH = 500;

export interface DrainFigures extends Cost {
  readonly submissionsPerS: number;
  readonly acceptedPerS: number;
}

export interface DrainResult extends DrainFigures {
  readonly postgresPssMb: number;
  readonly wrong: readonly string[];
}

export const drainPiece: Piece = {
  name: "drain",
  about: "submissions through the engine in this process until nothing is left, beside the floor of the same rows",
  takes: "1 min",
  run: measureDrains,
};

async function measureDrains({ server, settings, say }: Bench): Promise<Part> {
  const { freshDatabase, postmaster } = await server();
  const { rounds, count } = settings;
  const drains: DrainResult[] = [];
  const floors: FloorResult[] = [];
  const paces: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    const from = await freshDatabase(`drain_${round}`);
    const before = await paceOfMachine();
    drains.push(await drain(from, postmaster, count, round));
    paces.push((before + (await paceOfMachine())) / 2);
    const to = await freshDatabase(`floor_${round}`);
    const transactions = Math.ceil((WARM_UP + count) / FLOOR_BATCH);
    floors.push(await floor({ from, to, transactions, postmaster }));
    say(`round ${round} of ${rounds}: ${whole(drains.at(-1)?.submissionsPerS ?? 0)} submissions/s`);
  }
  const of = (pick: (result: DrainResult) => number) => median(drains.map(pick));
  const quiet = quietest(drains, paces);
  const floorsPerS = floors.map(({ seconds }) => (WARM_UP + count) / seconds);
  const rowsPerSubmission = median(floors.map(({ rows }) => rows / (WARM_UP + count)));
  const floorCost = median(floors.map((result) => (result.postgresCpuS / (WARM_UP + count)) * 1_000));
  return {
    lines: [
      ["submissions/s", medianAndAll(drains.map((result) => result.submissionsPerS))],
      [
        `floor: the same rows by COPY, ${FLOOR_BATCH} a commit`,
        `${medianAndAll(floorsPerS)}, ${rowsPerSubmission.toFixed(1)} rows each`,
      ],
      [
        "share of the floor (median of rounds)",
        percent(median(drains.map((result, i) => result.submissionsPerS / (floorsPerS[i] ?? Number.NaN)))),
      ],
      [
        "CPU s per 1,000 (node + PostgreSQL)",
        `${costInWords(medianCost(drains))}; the floor's PostgreSQL: ${floorCost.toFixed(2)}`,
      ],
      ["accepted/s", whole(of((result) => result.acceptedPerS))],
      ["PostgreSQL resident, MB", whole(of((result) => result.postgresPssMb))],
      ["the machine around each drain: fixed pieces of work/s", medianAndAll(paces)],
      ["quietest third of the rounds: submissions/s", medianAndAll(quiet.map((result) => result.submissionsPerS))],
      ["quietest third of the rounds: CPU s per 1,000", costInWords(medianCost(quiet))],
    ],
    figures: { rounds: drains, floors, paces },
    wrong: [...drains, ...floors].flatMap((result) => result.wrong),
  };
}

function medianCost(results: readonly Cost[]): Cost {
  const of = (pick: (cost: Cost) => number) => median(results.map(pick));
  return {
    cpuSPer1000: of((cost) => cost.cpuSPer1000),
    nodeCpuSPer1000: of((cost) => cost.nodeCpuSPer1000),
    postgresCpuSPer1000: of((cost) => cost.postgresCpuSPer1000),
  };
}

/** One drain in an empty database. Called by other checkouts' against.ts too, so its parameters stay. */
export async function drain(
  databaseUrl: string,
  postmaster: number,
  count: number,
  seed: number,
): Promise<DrainResult> {
  const engine = await openEngine(workloadConfig({ databaseUrl }));
  try {
    await offerAll(engine, submissions(seed, 0, WARM_UP));
    await engine.idle();
    const figures = await drainInto(engine, postmaster, submissions(seed, WARM_UP, count));
    return {
      ...figures,
      postgresPssMb: postgresPssMb(postmaster),
      wrong: await checkCounts(databaseUrl, submissions(seed, 0, WARM_UP + count)),
    };
  } finally {
    await engine.stop();
  }
}

/** Measures one drain through an engine of this process that has nothing else to do. */
export async function drainInto(
  engine: EngineHandle,
  postmaster: number,
  all: readonly Submission[],
): Promise<DrainFigures> {
  const meter = startMeter(postmaster);
  await offerAll(engine, all);
  const accepted = meter().seconds;
  await engine.idle();
  const spent = meter();
  return {
    submissionsPerS: all.length / spent.seconds,
    acceptedPerS: all.length / accepted,
    ...costOf(spent, all.length),
  };
}

/** Resolves when all are accepted, each in a call of its own. */
export async function offerAll(engine: EngineHandle, all: readonly Submission[]): Promise<void> {
  let next = 0;
  const offerer = async () => {
    for (let i = next++; i < all.length; i = next++) {
      const submission = all[i];
      if (submission !== undefined) await engine.append([submitted(submission)]);
    }
  };
  await Promise.all(Array.from({ length: OUTSTANDING }, offerer));
}
