/** How a cost grows: the same measure at several sizes, in turn over several rounds, given as ratios to the smallest. */
import { svgOf } from "../scripts/plot.ts";
import { median } from "./measure.ts";
import type { Line, Part } from "./piece.ts";

/** Figures of one visit to one size. */
export type Figures = Readonly<Record<string, number>>;

/** A figure that is reported, by its key in Figures. */
export interface Reported {
  readonly key: string;
  readonly label: string;
  readonly digits: number;
}

export interface GrowthRequest {
  /** What grows, for the plot: "events of history". */
  readonly what: string;
  readonly sizes: readonly number[];
  readonly sizeInWords: (size: number) => string;
  readonly rounds: number;
  readonly reported: readonly Reported[];
  /** Measures one size once; rounds begin with 1, and 0 is one that is not reported. */
  readonly visit: (size: number, round: number) => Promise<{ figures: Figures; wrong: readonly string[] }>;
  readonly say: (line: string) => void;
}

export async function growth(wish: GrowthRequest): Promise<Part> {
  const visits = new Map<number, Figures[]>(wish.sizes.map((size) => [size, []]));
  const wrong: string[] = [];
  // What comes first meets code that was never run, and would look slower than it is.
  await wish.visit(first(wish.sizes), 0);
  for (let round = 1; round <= wish.rounds; round++) {
    // Up, then down: what else the machine does then falls on all sizes.
    for (const size of round % 2 === 1 ? wish.sizes : wish.sizes.toReversed()) {
      const found = await wish.visit(size, round);
      visits.get(size)?.push(found.figures);
      wrong.push(...found.wrong.map((line) => `${wish.sizeInWords(size)}: ${line}`));
      wish.say(`round ${round} of ${wish.rounds}, ${wish.sizeInWords(size)}: ${inWords(wish.reported, found.figures)}`);
    }
  }
  const medians = new Map([...visits].map(([size, all]) => [size, mediansOf(all)]));
  const ratios = new Map([...medians].map(([size, found]) => [size, ratiosTo(medians.get(first(wish.sizes)), found)]));
  return {
    lines: wish.reported.map((one) => lineOf(one, wish, medians)),
    figures: {
      visits: Object.fromEntries(visits),
      medians: Object.fromEntries(medians),
      ratios: Object.fromEntries(ratios),
    },
    plot: plotOf(wish, visits),
    wrong,
  };
}

/** Each figure as a ratio to its median at the smallest size: the line goes through the medians, dots are the rounds. */
function plotOf({ what, sizes, sizeInWords, reported }: GrowthRequest, visits: ReadonlyMap<number, Figures[]>): string {
  const valuesAt = (size: number, key: string) => (visits.get(size) ?? []).map((figures) => figures[key] ?? Number.NaN);
  const series = reported.map(({ key, label }) => {
    const smallest = median(valuesAt(first(sizes), key));
    return {
      name: label,
      points: sizes.map((size, i) => [i, median(valuesAt(size, key)) / smallest] as const),
      dots: sizes.flatMap((size, i) => valuesAt(size, key).map((value) => [i, value / smallest] as const)),
    };
  });
  const ticks = sizes.map((size, at) => ({ at, label: sizeInWords(size) }));
  return svgOf({
    title: `${what}: each figure as a multiple of what it is at ${sizeInWords(first(sizes))}`,
    series,
    ticks,
  });
}

/** "4,100 · 4,050 (0.99 ×) · 4,000 (0.98 ×)": the smallest size, then the others with their ratio to it. */
function lineOf({ key, label, digits }: Reported, wish: GrowthRequest, medians: ReadonlyMap<number, Figures>): Line {
  const smallest = medians.get(first(wish.sizes))?.[key] ?? Number.NaN;
  const values = wish.sizes.map((size, i) => {
    const value = medians.get(size)?.[key] ?? Number.NaN;
    const ratio = i === 0 ? "" : ` (${(value / smallest).toFixed(2)} ×)`;
    return `${wish.sizeInWords(size)}: ${inDigits(value, digits)}${ratio}`;
  });
  return [label, values.join("  ")];
}

function inWords(reported: readonly Reported[], figures: Figures): string {
  return reported
    .map(({ key, label, digits }) => `${label} ${inDigits(figures[key] ?? Number.NaN, digits)}`)
    .join(", ");
}

function inDigits(value: number, digits: number): string {
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function mediansOf(all: readonly Figures[]): Figures {
  const keys = Object.keys(all[0] ?? {});
  return Object.fromEntries(keys.map((key) => [key, median(all.map((figures) => figures[key] ?? Number.NaN))]));
}

function ratiosTo(smallest: Figures | undefined, found: Figures): Figures {
  return Object.fromEntries(
    Object.entries(found).map(([key, value]) => [key, value / (smallest?.[key] ?? Number.NaN)]),
  );
}

function first(sizes: readonly number[]): number {
  return sizes[0] ?? Number.NaN;
}
