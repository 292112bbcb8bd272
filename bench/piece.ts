/** What every piece of the benchmark is: a name for `--only`, and a run that gives lines for the table and figures to keep. */
import type { BenchServer } from "./server.ts";

export interface Piece {
  readonly name: string;
  /** What is measured, in one line, for --help. */
  readonly about: string;
  /** How long it takes with the default settings, for --help. */
  readonly takes: string;
  readonly run: (bench: Bench) => Promise<Part>;
}

/** What a piece is given. */
export interface Bench {
  /** One PostgreSQL for all pieces, started for the first one that asks. */
  readonly server: () => Promise<BenchServer>;
  readonly settings: Settings;
  /** Tells people how far it is, on standard error. */
  readonly say: (line: string) => void;
}

export interface Settings {
  readonly rounds: number;
  /** Submissions of a drain. */
  readonly count: number;
  /** Length of everything that runs for a time. */
  readonly seconds: number;
  /** Sizes of the growth measures, smallest first. */
  readonly history: readonly number[];
  readonly queue: readonly number[];
  readonly workflows: readonly number[];
  readonly processes: readonly number[];
}

/** A label and what was found. */
export type Line = readonly [label: string, found: string];

export interface Part {
  readonly lines: readonly Line[];
  /** Kept as JSON, so plain values. */
  readonly figures: object;
  /** A plot of it as SVG, kept beside the figures. */
  readonly plot?: string;
  /** Counts that are not what they must be, in words. Timed figures never stand here. */
  readonly wrong: readonly string[];
}
