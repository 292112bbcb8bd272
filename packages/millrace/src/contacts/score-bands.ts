/**
 * The bands a lead score falls into. They meet without gap or overlap (R2):
 * hot (85, 100], qualified (70, 85], nurture [40, 70], low [0, 40).
 * So 85 is qualified, and 70 and 40 are nurture. Fractions are allowed.
 */
import { amount, group, setting } from "../settings/setting.ts";

export const BAND_NAMES = ["hot", "qualified", "nurture", "low"] as const;
export type BandName = (typeof BAND_NAMES)[number];

export interface ScoreBands {
  /** A score above this is hot. A number of points from 0 to 100. Default: 85. */
  readonly hotAbove: number;
  /** A score above this, and not hot, is qualified. A number of points from 0 to 100. Default: 70. */
  readonly qualifiedAbove: number;
  /** A score of at least this, and not qualified, is nurture; below it is low. A number of points from 0 to 100. Default: 40. */
  readonly nurtureFrom: number;
}

const score = () => amount({ max: 100, unit: "points" });

/** The edges rise, and none is at an end: otherwise a band would be empty. */
export const bandSettings = group({
  hotAbove: setting("A score above this is hot.", score().default(85)),
  qualifiedAbove: setting("A score above this, and not hot, is qualified.", score().default(70)),
  nurtureFrom: setting(
    "A score of at least this, and not qualified, is nurture; below it is low.",
    score().default(40),
  ),
}).refine(doRise, "0 < nurtureFrom < qualifiedAbove < hotAbove < 100");

export const defaultBands: ScoreBands = bandSettings.parse({});

function doRise({ nurtureFrom, qualifiedAbove, hotAbove }: ScoreBands): boolean {
  return 0 < nurtureFrom && nurtureFrom < qualifiedAbove && qualifiedAbove < hotAbove && hotAbove < 100;
}

/** True for a number from 0 to 100; anything else is a data quality issue and never a band. */
export function isScore(score: unknown): score is number {
  return typeof score === "number" && score >= 0 && score <= 100;
}

/** The band of a score, or undefined for what is no score (missing, NaN, out of range). */
export function bandOf(score: unknown, bands: ScoreBands = defaultBands): BandName | undefined {
  if (!isScore(score)) return undefined;
  if (score > bands.hotAbove) return "hot";
  if (score > bands.qualifiedAbove) return "qualified";
  if (score >= bands.nurtureFrom) return "nurture";
  return "low";
}
