/**
 * This engine's queue beside graphile-worker: the form cascade with every task queued, claimed, done and finished. In each
 * round both have a process and a database of their own, cold, in turn; what is told is the ratio by round.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { costInWords, whole } from "../figures.ts";
import { median } from "../measure.ts";
import type { Bench, Line, Part, Piece } from "../piece.ts";
import { GRAPHILE, install } from "./install.ts";
import type { QueueResult, Request } from "./measured.ts";

type Side = "ours" | "graphile";

interface Trial {
  readonly name: string;
  readonly label: string;
  readonly count: number;
  readonly ioMs: number;
  readonly atOnce: number;
  readonly workers: number;
}

const TRIALS: readonly Trial[] = [
  { name: "now", label: "no wait, 100 at a time", count: 3_000, ioMs: 0, atOnce: 100, workers: 0 },
  { name: "io", label: "50 ms of I/O, 100 at a time", count: 2_000, ioMs: 50, atOnce: 100, workers: 0 },
  { name: "four", label: "50 ms of I/O, four processes of 25", count: 1_200, ioMs: 50, atOnce: 25, workers: 4 },
];

export const peersPiece: Piece = {
  name: "peers",
  about: `the queue beside ${GRAPHILE}, installed for the run: rates and CPU as ratios`,
  takes: "2 min",
  run: measurePeers,
};

async function measurePeers(bench: Bench): Promise<Part> {
  await using peer = await install(GRAPHILE);
  const figures: Record<string, Record<Side, QueueResult[]>> = {};
  const lines: Line[] = [];
  for (const trial of TRIALS) {
    const results = await interleaved(bench, trial, peer.modules);
    figures[trial.name] = results;
    lines.push(...linesOf(trial, results));
  }
  const wrong = Object.entries(figures).flatMap(([name, sides]) =>
    Object.entries(sides).flatMap(([side, results]) =>
      results.flatMap((result) => result.wrong.map((line) => `peers, ${name}, ${side}: ${line}`)),
    ),
  );
  return { lines, figures, wrong };
}

async function interleaved(bench: Bench, trial: Trial, modules: string): Promise<Record<Side, QueueResult[]>> {
  const { freshDatabase, dropDatabase, postmaster } = await bench.server();
  const results: Record<Side, QueueResult[]> = { ours: [], graphile: [] };
  for (let round = 1; round <= bench.settings.rounds; round++) {
    // Who goes first changes, so that neither always has the warmer machine.
    const order: readonly Side[] = round % 2 === 1 ? ["ours", "graphile"] : ["graphile", "ours"];
    for (const side of order) {
      const name = `peers_${trial.name}_${side}_${round}`;
      const wish = { ...trial, databaseUrl: await freshDatabase(name), postmaster, seed: round, modules };
      const result = await runOf(side, wish);
      await dropDatabase(name);
      results[side].push(result);
      bench.say(`${trial.label}, ${side}: ${whole(result.submissionsPerS)}/s, CPU s per 1,000 ${costInWords(result)}`);
    }
  }
  return results;
}

async function runOf(side: Side, wish: Request): Promise<QueueResult> {
  const child = fork(join(import.meta.dirname, `${side}.ts`), [JSON.stringify(wish)], {
    stdio: ["ignore", 2, 2, "ipc"],
  });
  const ended = once(child, "exit");
  const told = once(child, "message");
  const [result] = await Promise.race([told, ended.then(() => [undefined])]);
  const [code] = await ended;
  if (result === undefined || code !== 0) throw new Error(`The run of ${side} ended with exit code ${code}.`);
  return result as QueueResult;
}

function linesOf(trial: Trial, { ours, graphile }: Record<Side, readonly QueueResult[]>): Line[] {
  const ratio = (pick: (result: QueueResult) => number) => {
    const all = ours.map((result, i) => pick(result) / pick(graphile[i] as QueueResult));
    return `${median(all).toFixed(2)} (${all.map((one) => one.toFixed(2)).join(", ")})`;
  };
  const both = (pick: (result: QueueResult) => number, digits: number) =>
    [ours, graphile].map((results) => median(results.map(pick)).toFixed(digits)).join(" / ");
  const rate = (result: QueueResult) => result.submissionsPerS;
  const cpu = (result: QueueResult) => result.cpuSPer1000;
  return [
    [`${trial.label}: submissions/s, ours / graphile-worker`, `${both(rate, 0)}; ratio ${ratio(rate)}`],
    ["CPU s per 1,000", `${both(cpu, 2)}; ratio ${ratio(cpu)}`],
    ["of it node", both((result) => result.nodeCpuSPer1000, 2)],
    ["WAL kB a submission", both((result) => result.walKbEach, 1)],
    ["resident memory at its highest, MB", both((result) => result.peakRssMb, 0)],
  ];
}
