/** The runner alone: submissions that stand in the log already; it decides them and writes what follows, in its batches. */
import { openEngine } from "../packages/millrace/src/engine/open-engine.ts";
import { checkCounts } from "./correctness.ts";
import { costInWords, medianAndAll } from "./figures.ts";
import { submitted, workloadConfig } from "./form-cascade.ts";
import { type Cost, costOf, median, startMeter } from "./measure.ts";
import type { Bench, Piece } from "./piece.ts";
import { submissions } from "./workload/gen.mjs";

const SEED = 8;
const APPEND_AT_ONCE = 1_000;

interface RunnerResult extends Cost {
  readonly submissionsPerS: number;
  /** All that the log holds afterwards, the submissions included. */
  readonly eventsPerS: number;
  readonly wrong: readonly string[];
}

export const runnerPiece: Piece = {
  name: "runner",
  about: "events that stand in the log already: decided and written by the runner, events/s and CPU",
  takes: "30 s",
  run: async (bench) => {
    const results: RunnerResult[] = [];
    for (let round = 1; round <= bench.settings.rounds; round++) results.push(await measureRunner(bench, round));
    const of = (pick: (result: RunnerResult) => number) => median(results.map(pick));
    const cost = {
      cpuSPer1000: of((r) => r.cpuSPer1000),
      nodeCpuSPer1000: of((r) => r.nodeCpuSPer1000),
      postgresCpuSPer1000: of((r) => r.postgresCpuSPer1000),
    };
    return {
      lines: [
        ["submissions/s decided and written", medianAndAll(results.map((result) => result.submissionsPerS))],
        ["events/s that the log holds afterwards", medianAndAll(results.map((result) => result.eventsPerS))],
        ["CPU s per 1,000 submissions", costInWords(cost)],
      ],
      figures: { rounds: results },
      wrong: results.flatMap((result) => result.wrong.map((line) => `runner: ${line}`)),
    };
  },
};

async function measureRunner({ server, settings, say }: Bench, round: number): Promise<RunnerResult> {
  const { freshDatabase, postmaster } = await server();
  const databaseUrl = await freshDatabase(`runner_${round}`);
  const all = submissions(SEED, 0, settings.count);
  const writer = await openEngine(workloadConfig({ databaseUrl }), { roles: [] });
  for (let at = 0; at < all.length; at += APPEND_AT_ONCE) {
    await writer.append(all.slice(at, at + APPEND_AT_ONCE).map(submitted));
  }
  await writer.stop();
  say(`round ${round}: ${settings.count} submissions in the log, now the runner`);
  // Its start is in the clock: a tenth of a second before it reads the first batch.
  const meter = startMeter(postmaster);
  const engine = await openEngine(workloadConfig({ databaseUrl }), { roles: ["engine"] });
  try {
    await engine.idle();
    const spent = meter();
    const [row] = await engine.db.query<{ events: number }>("select count(*)::int as events from events");
    return {
      submissionsPerS: all.length / spent.seconds,
      eventsPerS: (row?.events ?? 0) / spent.seconds,
      ...costOf(spent, all.length),
      wrong: await checkCounts(databaseUrl, all),
    };
  } finally {
    await engine.stop();
  }
}
