/**
 * This engine's queue beside those of others: the form cascade with every task queued, claimed, done and finished. In each
 * round all have a process and a database of their own, cold, in turn; what is told is the ratio by round.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { costInWords, whole } from "../figures.ts";
import { median } from "../measure.ts";
import type { Bench, Line, Part, Piece } from "../piece.ts";
import { install, PEERS, type PeerName } from "./install.ts";
import type { QueueResult, Request } from "./measured.ts";
import { hasRedis } from "./redis.ts";

type Side = "ours" | PeerName;
type Results = ReadonlyMap<Side, QueueResult[]>;

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
  about: `the queue beside ${Object.values(PEERS).join(", ")} (where there is a redis-server), installed for the run: rates and CPU as ratios`,
  takes: "5 min",
  run: measurePeers,
};

async function measurePeers(bench: Bench): Promise<Part> {
  const isRedisThere = await hasRedis();
  if (!isRedisThere) bench.say("bullmq is left out: there is no redis-server on this machine");
  const peers = (Object.keys(PEERS) as PeerName[]).filter((name) => name !== "bullmq" || isRedisThere);
  await using installed = await install(peers.map((name) => PEERS[name]));
  const figures: Record<string, Record<string, QueueResult[]>> = {};
  const lines: Line[] = [];
  const wrong: string[] = [];
  for (const trial of TRIALS) {
    const results = await interleaved(bench, trial, ["ours", ...peers], installed.modules);
    figures[trial.name] = Object.fromEntries(results);
    lines.push(...linesOf(trial, results));
    for (const [side, all] of results) {
      wrong.push(...all.flatMap((result) => result.wrong.map((line) => `peers, ${trial.name}, ${side}: ${line}`)));
    }
  }
  return { lines, figures, wrong };
}

async function interleaved(bench: Bench, trial: Trial, sides: readonly Side[], modules: string): Promise<Results> {
  const { freshDatabase, dropDatabase, postmaster } = await bench.server();
  const results = new Map<Side, QueueResult[]>(sides.map((side) => [side, []]));
  for (let round = 1; round <= bench.settings.rounds; round++) {
    // Who goes first changes, so that no one always has the warmer machine.
    for (const side of round % 2 === 1 ? sides : sides.toReversed()) {
      const name = `peers_${trial.name}_${side.replace("-", "_")}_${round}`;
      const request = { ...trial, databaseUrl: await freshDatabase(name), postmaster, seed: round, modules };
      const result = await runOf(side, request);
      await dropDatabase(name);
      results.get(side)?.push(result);
      bench.say(`${trial.label}, ${side}: ${whole(result.submissionsPerS)}/s, CPU s per 1,000 ${costInWords(result)}`);
    }
  }
  return results;
}

async function runOf(side: Side, request: Request): Promise<QueueResult> {
  const child = fork(join(import.meta.dirname, `${side}.ts`), [JSON.stringify(request)], {
    stdio: ["ignore", 2, 2, "ipc"],
  });
  const ended = once(child, "exit");
  const told = once(child, "message");
  const [result] = await Promise.race([told, ended.then(() => [undefined])]);
  const [code] = await ended;
  if (result === undefined || code !== 0) throw new Error(`The run of ${side} ended with exit code ${code}.`);
  return result as QueueResult;
}

/** Ours, then each other one's and the ratio of ours to it, median and by round. */
function linesOf({ label }: Trial, results: Results): Line[] {
  const ours = results.get("ours") ?? [];
  const others = [...results].filter(([side]) => side !== "ours");
  const line = (name: string, digits: number, pick: (result: QueueResult) => number): Line => {
    const beside = others.map(([side, theirs]) => {
      const ratios = ours.map((result, i) => pick(result) / pick(theirs[i] as QueueResult));
      const all = ratios.map((ratio) => ratio.toFixed(2)).join(", ");
      return `${side} ${median(theirs.map(pick)).toFixed(digits)}, ratio ${median(ratios).toFixed(2)} (${all})`;
    });
    return [name, [`ours ${median(ours.map(pick)).toFixed(digits)}`, ...beside].join("; ")];
  };
  return [
    line(`${label}: submissions/s`, 0, ({ submissionsPerS }) => submissionsPerS),
    line("CPU s per 1,000", 2, ({ cpuSPer1000 }) => cpuSPer1000),
    line("of it node (and Redis)", 2, ({ nodeCpuSPer1000 }) => nodeCpuSPer1000),
    line("WAL kB a submission", 1, ({ walKbEach }) => walKbEach),
    line("resident memory at its highest, MB", 0, ({ peakRssMb }) => peakRssMb),
  ];
}
