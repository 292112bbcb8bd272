/**
 * Two checkouts of the engine, drained in turn: this, other, other, this, … Each drain has a process and a PostgreSQL of
 * its own, started by the checkout it measures. A noisy machine is noisy for both; what is told is the ratio by round.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { DrainResult } from "./drain.ts";
import { whole } from "./figures.ts";
import { median } from "./measure.ts";
import type { Bench, Line, Part } from "./piece.ts";

const HERE = join(import.meta.dirname, "..");

type Side = "this" | "other";

interface Told {
  readonly label: string;
  readonly digits: number;
  readonly of: (result: DrainResult) => number;
}

const TOLD: readonly Told[] = [
  { label: "submissions/s", digits: 0, of: (result) => result.submissionsPerS },
  { label: "CPU s per 1,000", digits: 3, of: (result) => result.cpuSPer1000 },
  { label: "CPU s per 1,000: node", digits: 3, of: (result) => result.nodeCpuSPer1000 },
  { label: "CPU s per 1,000: PostgreSQL", digits: 3, of: (result) => result.postgresCpuSPer1000 },
  { label: "accepted/s", digits: 0, of: (result) => result.acceptedPerS },
];

/** @param other folder of the other checkout. */
export async function againstPart({ settings, say }: Bench, other: string): Promise<Part> {
  const { rounds, count } = settings;
  const drains: Record<Side, DrainResult[]> = { this: [], other: [] };
  for (let round = 1; round <= rounds; round++) {
    // Who goes first changes, so that neither always has the warmer machine.
    const order: readonly Side[] = round % 2 === 1 ? ["this", "other"] : ["other", "this"];
    for (const side of order) {
      const result = await drainOf(side === "this" ? HERE : other, count, round);
      drains[side].push(result);
      const [rate, cpuS] = [whole(result.submissionsPerS), result.cpuSPer1000.toFixed(2)];
      say(`round ${round} of ${rounds}, ${side}: ${rate} submissions/s, ${cpuS} CPU s per 1,000`);
    }
  }
  const head: Line = [`other: ${other}`, `${"this".padStart(9)}${"other".padStart(9)}   this / other (each round)`];
  return {
    lines: [head, ...TOLD.map((told) => lineOf(told, drains))],
    figures: { folder: other, ...drains },
    wrong: Object.entries(drains).flatMap(([side, results]) =>
      results.flatMap((result) => result.wrong.map((line) => `${side}: ${line}`)),
    ),
  };
}

function lineOf({ label, digits, of }: Told, drains: Readonly<Record<Side, readonly DrainResult[]>>): Line {
  const [mine, theirs] = [drains.this.map(of), drains.other.map(of)];
  const ratios = mine.map((value, i) => value / (theirs[i] ?? Number.NaN));
  const all = ratios.map((ratio) => ratio.toFixed(2)).join(", ");
  const [left, right] = [median(mine), median(theirs)].map((value) => value.toFixed(digits).padStart(9));
  return [label, `${left}${right}   ${median(ratios).toFixed(2)} (${all})`];
}

async function drainOf(checkout: string, count: number, seed: number): Promise<DrainResult> {
  const child = fork(join(import.meta.dirname, "drain-of.ts"), [checkout, String(count), String(seed)], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ended = once(child, "exit");
  const told = once(child, "message");
  const [result] = await Promise.race([told, ended.then(() => [undefined])]);
  const [code] = await ended;
  if (result === undefined || code !== 0) throw new Error(`The drain of ${checkout} ended with exit code ${code}.`);
  return result as DrainResult;
}
