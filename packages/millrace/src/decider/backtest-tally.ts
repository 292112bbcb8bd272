/** What a backtest found: decisions as they stand in the log beside those of today's workflows, counted. Pure. */
import type { Position } from "../events/event.ts";

/** A decision, as far as two of them are compared. */
export interface ComparedDecision {
  readonly version: string;
  /** "" where there was nothing to choose. */
  readonly branch: string;
  /** What it asks for, in order: "task send_email", "emit lead_lost", "schedule follow_up (key)". */
  readonly asks: readonly string[];
}

/** "same": the same branch, the same requests. "new": it was not decided then. "gone": it would not be decided now. "failed": the workflow throws. */
export type Change = "same" | "changed" | "new" | "gone" | "failed";

export interface DecidedEvent {
  readonly position: Position;
  readonly type: string;
  /** null: about no contact. */
  readonly contact: string | null;
}

/** Differences of one kind. */
export interface ChangeGroup {
  readonly change: Exclude<Change, "same">;
  /** The branch on record; undefined: nothing was decided. */
  readonly from: string | undefined;
  /** The branch of today; undefined: nothing is decided. */
  readonly to: string | undefined;
  /** What is asked for now and was not, what was and is not. */
  readonly asksMore: readonly string[];
  readonly asksLess: readonly string[];
  /** Of "failed": what the workflow threw. */
  readonly error: string | undefined;
  readonly count: number;
  /** The first ones met. */
  readonly examples: readonly DecidedEvent[];
}

export interface BranchCount {
  readonly branch: string;
  readonly recorded: number;
  readonly now: number;
}

export interface WorkflowBacktest {
  readonly workflow: string;
  /** Of today; undefined: the workflow is not there any more. */
  readonly version: string | undefined;
  /** That decided, by how often. */
  readonly recordedVersions: Readonly<Record<string, number>>;
  readonly counts: Readonly<Record<Change, number>>;
  readonly branches: readonly BranchCount[];
  /** Most frequent first. */
  readonly changes: readonly ChangeGroup[];
}

interface Counting {
  version: string | undefined;
  readonly recordedVersions: Record<string, number>;
  readonly counts: Record<Change, number>;
  readonly branches: Map<string, { recorded: number; now: number }>;
  readonly groups: Map<string, ChangeGroup & { count: number; examples: DecidedEvent[] }>;
}

/** Groups of differences of one workflow that are listed; what is beyond is counted and not listed. */
const MAX_GROUPS = 200;

export class BacktestTally {
  readonly #maxExamples: number;
  readonly #workflows = new Map<string, Counting>();

  /** @param maxExamples events named for each kind of difference. */
  constructor(maxExamples: number) {
    this.#maxExamples = maxExamples;
  }

  /** @param now the decision of today, what the workflow threw, or undefined: it does not wait for such an event. */
  add(
    workflow: string,
    event: DecidedEvent,
    recorded: ComparedDecision | undefined,
    now: ComparedDecision | Error | undefined,
  ): void {
    const counting = this.#of(workflow);
    const change = changeOf(recorded, now);
    counting.counts[change] += 1;
    if (recorded !== undefined) {
      counting.recordedVersions[recorded.version] = (counting.recordedVersions[recorded.version] ?? 0) + 1;
      branchOf(counting, recorded.branch).recorded += 1;
    }
    if (now !== undefined && !(now instanceof Error)) {
      counting.version = now.version;
      branchOf(counting, now.branch).now += 1;
    }
    if (change !== "same") this.#group(counting, change, event, recorded, now);
  }

  /** Those with differences first, by their number; then by name. */
  get workflows(): readonly WorkflowBacktest[] {
    return [...this.#workflows]
      .map(([workflow, { branches, groups, ...counting }]) => ({
        workflow,
        ...counting,
        branches: [...branches].map(([branch, counts]) => ({ branch, ...counts })),
        changes: [...groups.values()].sort((a, b) => b.count - a.count),
      }))
      .sort((a, b) => differencesOf(b) - differencesOf(a) || a.workflow.localeCompare(b.workflow));
  }

  #group(
    counting: Counting,
    change: ChangeGroup["change"],
    event: DecidedEvent,
    recorded: ComparedDecision | undefined,
    now: ComparedDecision | Error | undefined,
  ): void {
    const [was, is] = [recorded?.asks ?? [], now instanceof Error ? [] : (now?.asks ?? [])];
    const error = now instanceof Error ? now.message : undefined;
    const group = {
      change,
      from: recorded?.branch,
      to: now instanceof Error ? undefined : now?.branch,
      asksMore: error === undefined ? without(is, was) : [],
      asksLess: error === undefined ? without(was, is) : [],
      error,
    };
    const key = JSON.stringify(group);
    const known = counting.groups.get(key);
    if (known === undefined) {
      if (counting.groups.size < MAX_GROUPS) counting.groups.set(key, { ...group, count: 1, examples: [event] });
      return;
    }
    known.count += 1;
    if (known.examples.length < this.#maxExamples) known.examples.push(event);
  }

  #of(workflow: string): Counting {
    const known = this.#workflows.get(workflow);
    if (known !== undefined) return known;
    const begun: Counting = {
      version: undefined,
      recordedVersions: {},
      counts: { same: 0, changed: 0, new: 0, gone: 0, failed: 0 },
      branches: new Map(),
      groups: new Map(),
    };
    this.#workflows.set(workflow, begun);
    return begun;
  }
}

/** How many decisions of it would be others. */
export function differencesOf({ counts }: Pick<WorkflowBacktest, "counts">): number {
  return counts.changed + counts.new + counts.gone + counts.failed;
}

function changeOf(recorded: ComparedDecision | undefined, now: ComparedDecision | Error | undefined): Change {
  if (now instanceof Error) return "failed";
  if (recorded === undefined) return "new";
  if (now === undefined) return "gone";
  const isSame = recorded.branch === now.branch && recorded.asks.join("\n") === now.asks.join("\n");
  return isSame ? "same" : "changed";
}

function branchOf({ branches }: Counting, branch: string): { recorded: number; now: number } {
  const known = branches.get(branch);
  if (known !== undefined) return known;
  const begun = { recorded: 0, now: 0 };
  branches.set(branch, begun);
  return begun;
}

/** Each as often as it is missing in the other. */
function without(all: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return all.filter((one) => {
    const at = left.indexOf(one);
    if (at === -1) return true;
    left.splice(at, 1);
    return false;
  });
}
