/**
 * What is wrong with the branches of one `alt`: some that can never be taken, because those before them take all that they
 * would, and some that share values without one of them being the wider one. By what conditions say of numbers.
 */
import { type Condition, nameOfRange, type ScoreRange } from "./condition.ts";
import { claimsOf } from "./condition-claims.ts";
import type { Finding } from "./lint.ts";
import { both, EVERYTHING, either, isNothing, isWithinSet, NOTHING, type NumberSet, nameOfSet } from "./number-set.ts";
import type { AltStep, Branch } from "./workflow.ts";

type BranchFinding = Omit<Finding, "workflow">;

export function lintAlternatives(alt: AltStep): BranchFinding[] {
  const otherwiseAt = alt.branches.findIndex((branch) => branch.condition === undefined);
  return alt.branches.flatMap((branch, i): BranchFinding[] => {
    const earlier = alt.branches.slice(0, i);
    const why =
      otherwiseAt !== -1 && i > otherwiseAt ? "it stands after `otherwise`" : neverTaken(branch.condition, earlier);
    if (why !== undefined) {
      const message = `Branch "${branch.name}" can never be taken: ${why}. Next: put it first, or take it out.`;
      return [{ at: branch.at, level: "error", code: "unreachable_branch", message }];
    }
    return [...sharedBands(branch, earlier), ...sharedNumbers(branch, earlier)].slice(0, 1);
  });
}

/** @returns why, when what is known of numbers is enough to say so. */
function neverTaken(condition: Condition | undefined, earlier: readonly Branch[]): string | undefined {
  const same = earlier.find((before) => condition !== undefined && before.condition === condition);
  if (same !== undefined) return `"${same.name}" asks the same before it`;
  const wider = earlier.find(
    ({ condition: before }) => condition?.range && before?.range && isInside(condition.range, before.range),
  );
  if (wider !== undefined) return `every such score is taken by "${wider.name}" before it`;
  const claims = condition === undefined ? everyNumberOf(earlier) : claimsOf(condition);
  const impossible = claims.find(({ may }) => isNothing(may));
  if (impossible !== undefined) return `there is no ${impossible.of} for which it holds`;
  for (const { of, may } of claims) {
    const takers = earlier.filter((branch) => !isNothing(both(takenBy(branch, of), may)));
    if (isWithinSet(may, takers.map((branch) => takenBy(branch, of)).reduce(either, NOTHING)))
      return `every such ${of} is taken by ${takers.map(({ name }) => `"${name}"`).join(" and ")} before it`;
  }
  return undefined;
}

/** `otherwise` takes every value of every number. */
function everyNumberOf(earlier: readonly Branch[]) {
  const names = new Set(earlier.flatMap(({ condition }) => (condition ? claimsOf(condition) : []).map(({ of }) => of)));
  return [...names].map((of) => ({ of, may: EVERYTHING }));
}

/** The values of this number that the branch takes whatever else is true. */
function takenBy({ condition }: Branch, of: string): NumberSet {
  const claim = condition === undefined ? undefined : claimsOf(condition).find((one) => one.of === of);
  return claim?.must ?? NOTHING;
}

function sharedBands({ condition, at }: Branch, earlier: readonly Branch[]): BranchFinding[] {
  const range = condition?.range;
  const other = earlier
    .map((before) => before.condition?.range)
    .find((before) => range && before && overlap(range, before));
  if (range === undefined || other === undefined) return [];
  const message = `Bands ${nameOfRange(range)} and ${nameOfRange(other)} share scores; the first branch takes them. Next: let one end where the other begins.`;
  return [{ at, level: "warning", code: "overlapping_bands", message }];
}

/** A narrow branch before a wider one is how exceptions are written; two that only overlap are most often a slip. */
function sharedNumbers(branch: Branch, earlier: readonly Branch[]): BranchFinding[] {
  const [claim, ...more] = branch.condition === undefined ? [] : claimsOf(branch.condition);
  if (claim === undefined || more.length > 0) return [];
  for (const before of earlier) {
    const taken = takenBy(before, claim.of);
    const common = both(taken, claim.must);
    if (common.spans.length === 0 || isWithinSet(taken, claim.must)) continue;
    const message = `Branches "${before.name}" and "${branch.name}" both hold where ${claim.of} is ${nameOfSet(common)}; the first one takes it. Next: let one end where the other begins.`;
    return [{ at: branch.at, level: "warning", code: "overlapping_branches", message }];
  }
  return [];
}

function isInside(inner: ScoreRange, outer: ScoreRange): boolean {
  const startsInside =
    inner.from > outer.from || (inner.from === outer.from && (outer.includesFrom || !inner.includesFrom));
  const endsInside = inner.to < outer.to || (inner.to === outer.to && (outer.includesTo || !inner.includesTo));
  return startsInside && endsInside;
}

function overlap(a: ScoreRange, b: ScoreRange): boolean {
  const [low, high] = a.from < b.from || (a.from === b.from && a.includesFrom) ? [a, b] : [b, a];
  return high.from < low.to || (high.from === low.to && high.includesFrom && low.includesTo);
}
