/** How often each branch was taken, by its path ("form lead / hot"). Pure. */
import type { FlowCounts } from "../api/types.ts";

export const PERIODS = ["hour", "day", "all"] as const;
export type Period = (typeof PERIODS)[number];
export const PERIOD_WORDS: Readonly<Record<Period, string>> = {
  hour: "in the last hour",
  day: "in the last day",
  all: "since the beginning",
};

export type BranchCounts = ReadonlyMap<string, number>;

/** Every part of a path counts: "form lead / hot" counts for "form lead" as well. */
export function countBranches(counts: FlowCounts | undefined, workflow: string, period: Period): BranchCounts {
  const sums = new Map<string, number>();
  const found = counts?.workflows.find((one) => one.workflow === workflow);
  for (const { branch, [period]: count } of found?.branches ?? []) {
    const parts = branch === "" ? [] : branch.split(" / ");
    for (let depth = 1; depth <= parts.length; depth++) {
      const path = parts.slice(0, depth).join(" / ");
      sums.set(path, (sums.get(path) ?? 0) + count);
    }
  }
  return sums;
}

/** The shortest period in which something happened. */
export function livelyPeriod(counts: FlowCounts | undefined): Period {
  return PERIODS.find((period) => counts?.workflows.some((workflow) => workflow[period] > 0)) ?? "all";
}
