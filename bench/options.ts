/** The command line of the benchmark: what may be asked for, in words that teach, and what was asked for. */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Piece, Settings } from "./piece.ts";

export interface Options {
  readonly pieces: readonly Piece[];
  readonly settings: Settings;
  /** Another checkout, to drain in turn with this one. */
  readonly against: string | undefined;
  readonly isJson: boolean;
  /** Whether the result is written to bench/results/. */
  readonly isKept: boolean;
}

const FLAGS = {
  only: { type: "string" },
  grow: { type: "string" },
  against: { type: "string" },
  rounds: { type: "string", default: "3" },
  count: { type: "string", default: "20000" },
  seconds: { type: "string", default: "60" },
  history: { type: "string" },
  queue: { type: "string", default: "0,100k,1M" },
  workflows: { type: "string", default: "1,10,200" },
  processes: { type: "string", default: "1,2,4" },
  json: { type: "boolean", default: false },
  "no-keep": { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

const HISTORY = "10k,1M";
/** Minutes of making it, and 5 GB of disk, are worth it only to someone who asked. */
const ASKED_HISTORY = "10k,1M,10M";

/** What comes with a piece may be asked for by its own name. */
const PART_OF: Readonly<Record<string, string>> = { floor: "drain" };

/** A wish that cannot be understood; its message says what was expected. */
export class UsageError extends Error {}

/** @returns undefined when help was asked for. @throws UsageError. */
export function optionsOf(args: readonly string[], all: readonly Piece[]): Options | undefined {
  const given = parsed(args);
  if (given.help) return undefined;
  return {
    pieces: given.against === undefined ? chosen(given.only, given.grow, all) : [],
    settings: {
      rounds: numberOf("rounds", given.rounds),
      count: numberOf("count", given.count),
      seconds: numberOf("seconds", given.seconds),
      history: sizesOf("history", given.history ?? (named(given.grow).includes("history") ? ASKED_HISTORY : HISTORY)),
      queue: sizesOf("queue", given.queue),
      workflows: sizesOf("workflows", given.workflows),
      processes: sizesOf("processes", given.processes),
    },
    against: given.against === undefined ? undefined : resolve(given.against),
    isJson: given.json,
    isKept: !given["no-keep"],
  };
}

export function helpText(all: readonly Piece[]): string {
  const width = Math.max(...all.map((piece) => piece.name.length)) + 2;
  const list = all.map(({ name, about, takes }) => `  ${name.padEnd(width)}${about} (${takes})`);
  return `npm run bench -- [options]

Measures the engine on a PostgreSQL of its own, fsync on, and prints one table. Without options: everything, about
20 minutes. Wrong counts fail the command; slow figures never do. Trust ratios within one run and CPU seconds before
absolute rates: the machine may have other work.

Pieces:
${list.join("\n")}

Options:
  --only NAMES        these pieces only, e.g. --only log,claim,runner
  --grow NAMES        the growth measures: history, queue, workflows, processes; history with 10M events as well
  --against FOLDER    drain this checkout and another one in turn, and tell the ratio of each round
  --rounds 3          how often each drain and each size is measured; medians are told
  --count 20000       submissions of a drain (the growth measures take fewer)
  --seconds 60        how long whatever runs for a time runs
  --history ${HISTORY}    --queue 0,100k,1M    --workflows 1,10,200    --processes 1,2,4
                      sizes of the growth measures; the first one is what the others are compared with
  --json              the result as one JSON document instead of the table
  --no-keep           do not write the result to bench/results/

Examples:
  npm run bench -- --only drain --rounds 1 --count 2000     a first look, 20 seconds
  npm run bench -- --against ../main --rounds 5             has my change made it faster?
  npm run bench -- --grow history                           does it stay as fast after ten million events?
`;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message} Next: see --help.`);
  }
}

function chosen(only: string | undefined, grow: string | undefined, all: readonly Piece[]): readonly Piece[] {
  if (only === undefined && grow === undefined) return all;
  const names = [...named(only), ...named(grow).map((name) => `grow-${name}`)].map((name) => PART_OF[name] ?? name);
  const stranger = names.find((name) => !all.some((piece) => piece.name === name));
  if (stranger !== undefined) {
    throw new UsageError(`There is no piece "${stranger}". There are ${all.map((piece) => piece.name).join(", ")}.`);
  }
  return all.filter((piece) => names.includes(piece.name));
}

function named(list: string | undefined): string[] {
  return list === undefined ? [] : list.split(",").map((name) => name.trim());
}

function sizesOf(flag: string, list: string): number[] {
  return named(list).map((size) => numberOf(flag, size));
}

/** "20000", "100k" or "1M". */
function numberOf(flag: string, text: string): number {
  const [, digits, unit] = /^(\d+)([kM]?)$/.exec(text) ?? [];
  if (digits === undefined) throw new UsageError(`--${flag} ${text} is not a number such as 5000, 100k or 1M.`);
  return Number(digits) * (unit === "M" ? 1_000_000 : unit === "k" ? 1_000 : 1);
}
