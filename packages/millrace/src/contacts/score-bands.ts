/**
 * The bands a lead score falls into. They meet without gap or overlap (R2):
 * hot (85, 100], qualified (70, 85], nurture [40, 70], low [0, 40).
 * So 85 is qualified, and 70 and 40 are nurture. Fractions are allowed.
 */
import { MillraceError } from "../errors.ts";

export const BAND_NAMES = ["hot", "qualified", "nurture", "low"] as const;
export type BandName = (typeof BAND_NAMES)[number];

export interface ScoreBands {
  /** A score above this is hot. Default 85. */
  readonly hotAbove: number;
  /** A score above this, and not hot, is qualified. Default 70. */
  readonly qualifiedAbove: number;
  /** A score of at least this, and not qualified, is nurture; below it is low. Default 40. */
  readonly nurtureFrom: number;
}

export const defaultBands: ScoreBands = { hotAbove: 85, qualifiedAbove: 70, nurtureFrom: 40 };

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

/** @throws MillraceError invalid_config when the edges are not 0 < nurture < qualified < hot < 100. */
export function checkedBands(bands: ScoreBands): ScoreBands {
  const { nurtureFrom, qualifiedAbove, hotAbove } = bands;
  if (0 < nurtureFrom && nurtureFrom < qualifiedAbove && qualifiedAbove < hotAbove && hotAbove < 100) return bands;
  throw new MillraceError("invalid_config", {
    saw: `Score bands with nurtureFrom ${nurtureFrom}, qualifiedAbove ${qualifiedAbove}, hotAbove ${hotAbove}.`,
    expected: "0 < nurtureFrom < qualifiedAbove < hotAbove < 100",
    next: "correct `bands` in millrace.config.ts.",
    field: "bands",
  });
}
