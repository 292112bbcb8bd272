/**
 * What further processes bring, all on this machine and one PostgreSQL: the drain, whose deciding one process leads, and
 * work for the queue, which all of them take from. Each process makes its share of the submissions itself.
 */
import { openEngine } from "../packages/millrace/src/engine/open-engine.ts";
import { checkCounts } from "./correctness.ts";
import { EngineProcess, type EngineRequest } from "./engine-process.ts";
import { type Figures, growth, type Reported } from "./growth.ts";
import { costOf, startMeter } from "./measure.ts";
import type { Bench, Piece } from "./piece.ts";
import { wrongTasks } from "./queue.ts";
import { submissions } from "./workload/gen.mjs";

const SEED = 11;
const DRAIN = 5_000;
const TASKS = 1_000;

const REPORTED: readonly Reported[] = [
  { key: "submissionsPerS", label: "drain, submissions/s", digits: 0 },
  { key: "cpuSPer1000", label: "CPU s per 1,000", digits: 2 },
  { key: "tasksPerS", label: "queued tasks/s, from the form to the end", digits: 0 },
  { key: "taskCpuSPer1000", label: "CPU s per 1,000 queued tasks", digits: 2 },
];

export const growProcessesPiece: Piece = {
  name: "grow-processes",
  about: "the drain and queued work with 1, 2 and 4 engine processes on this machine",
  takes: "2 min",
  run: async (bench) => {
    const { settings, say } = bench;
    const part = await growth({
      what: "Processes",
      sizes: settings.processes,
      sizeInWords: (size) => `${size}`,
      rounds: settings.rounds,
      reported: REPORTED,
      say,
      visit: async (size, round) => {
        const drained = await drainBy(bench, size, round);
        const worked = await workBy(bench, size, round);
        return { figures: { ...drained.figures, ...worked.figures }, wrong: [...drained.wrong, ...worked.wrong] };
      },
    });
    return { ...part, wrong: part.wrong.map((line) => `grow-processes, ${line}`) };
  },
};

interface Found {
  readonly figures: Figures;
  readonly wrong: readonly string[];
}

async function drainBy(bench: Bench, size: number, round: number): Promise<Found> {
  const databaseUrl = await (await bench.server()).freshDatabase(`processes_${size}_${round}`);
  const count = Math.min(DRAIN, bench.settings.count);
  const spent = await offerBy(bench, size, { databaseUrl, config: "workload" }, count);
  return {
    figures: { submissionsPerS: count / spent.seconds, ...costOf(spent, count) },
    wrong: await checkCounts(databaseUrl, submissions(SEED, 0, count)),
  };
}

async function workBy(bench: Bench, size: number, round: number): Promise<Found> {
  const databaseUrl = await (await bench.server()).freshDatabase(`processes_queue_${size}_${round}`);
  const count = Math.min(TASKS, bench.settings.count);
  const spent = await offerBy(bench, size, { databaseUrl, config: "queue work" }, count);
  const engine = await openEngine({ databaseUrl, pack: false }, { roles: [] });
  const wrong = await wrongTasks(engine, count, 0).finally(() => engine.stop());
  return {
    figures: { tasksPerS: count / spent.seconds, taskCpuSPer1000: costOf(spent, count).cpuSPer1000 },
    wrong,
  };
}

/** All processes offer their share at once; until nothing is left for any of them. */
async function offerBy({ server }: Bench, size: number, wish: EngineRequest, count: number) {
  const { postmaster } = await server();
  const first = await EngineProcess.start(wish);
  const others = await Promise.all(Array.from({ length: size - 1 }, () => EngineProcess.start(wish)));
  const processes = [first, ...others];
  try {
    const pids = processes.map((engine) => engine.pid);
    const meter = startMeter(postmaster, pids);
    await Promise.all(
      processes.map((engine, i) => {
        const [from, to] = [i, i + 1].map((nth) => Math.floor((count * nth) / size)) as [number, number];
        return engine.offer(SEED, from, to - from);
      }),
    );
    await Promise.all(processes.map((engine) => engine.idle()));
    return meter();
  } finally {
    await Promise.all(processes.map((engine) => engine.stop()));
  }
}
