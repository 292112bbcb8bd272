/**
 * From a plan to the rows that hold it: what was settled for one contact becomes one row, everything else stands alone.
 * Settled events come first in the log, so that the runner's place can step over them; per contact the order is kept.
 */
import type { Positions, Reference } from "../events/draft.ts";
import type { Position } from "../events/event.ts";
import type { SettledEvent, SettlementRow } from "../events/settlement.ts";
import { rankOf } from "../tasks/task.ts";
import { TASK_GROUP } from "../tasks/task-ids.ts";
import type { Plan, PlannedDecision } from "./plan.ts";

/** A settlement whose positions are not drawn yet: `offset` is how many events of the plan stand before its first one. */
export interface Settlement extends Omit<SettlementRow, "first"> {
  readonly offset: number;
}

/** A plan, laid out in rows. */
export interface Rows {
  readonly settlements: readonly Settlement[];
  /** Of the plan, what no settlement holds. */
  readonly alone: Pick<Plan, "events" | "decisions" | "finished">;
  /** How many events, from the first one on, are settled. */
  readonly settled: number;
  /**
   * Where the plan's references stand when its first event has position `first`, and the first of those that are not
   * settled has position `behind`. Default: behind those that are.
   */
  readonly positions: (first: Position, behind?: Position) => Positions;
}

/** What goes into one row, gathered. */
interface Part {
  readonly contact: string;
  /** Indexes among the plan's events. */
  readonly events: number[];
  readonly decisions: PlannedDecision[];
  readonly finished: Plan["finished"];
}

/** Escapes that JSON knows and SQL cannot read as text: NUL and halves of surrogate pairs. */
const UNREADABLE = /\\u(?:0000|d[89a-f])/i;

export function layOut(plan: Plan): Rows {
  const parts = partsOf(plan);
  const settlements: Settlement[] = [];
  const offsets = new Int32Array(plan.events.length);
  const placed = new Uint8Array(plan.events.length);
  const alone: Rows["alone"] = { events: [], decisions: [], finished: [] };
  let next = 0;
  for (const part of parts.values()) {
    const settlement = part.events.length === 0 ? undefined : settle(plan, part, next);
    if (settlement === undefined) {
      alone.decisions.push(...part.decisions);
      alone.finished.push(...part.finished);
      continue;
    }
    settlements.push(settlement);
    for (const index of part.events) {
      offsets[index] = next++;
      placed[index] = 1;
    }
    for (const task of part.finished) if (groupOf(task.id) !== settlement.taskGroup) alone.finished.push(task);
  }
  for (const decision of plan.decisions) if (decision.contact === null) alone.decisions.push(decision);
  for (const task of plan.finished) if (task.contact === null) alone.finished.push(task);
  for (const isSettled of [true, false]) {
    plan.events.forEach((event, index) => {
      if (placed[index] === 1 || event.isSettled !== isSettled) return;
      offsets[index] = next++;
      alone.events.push(event);
    });
  }
  const settled = plan.events.reduce((sum, event) => sum + (event.isSettled ? 1 : 0), 0);
  const positions = (first: Position, behind = first + settled): Positions => {
    return (reference) => {
      if (reference >= 0) return reference;
      const offset = offsets[-reference - 1] ?? 0;
      return offset < settled ? first + offset : behind + offset - settled;
    };
  };
  return { settlements, alone, settled, positions };
}

function partsOf(plan: Plan): Map<string, Part> {
  const parts = new Map<string, Part>();
  const partOf = (contact: string): Part => {
    let part = parts.get(contact);
    if (part === undefined) {
      part = { contact, events: [], decisions: [], finished: [] };
      parts.set(contact, part);
    }
    return part;
  };
  plan.events.forEach((event, index) => {
    if (event.isSettled && event.contact !== null) partOf(event.contact).events.push(index);
  });
  for (const decision of plan.decisions) {
    if (decision.contact !== null) partOf(decision.contact).decisions.push(decision);
  }
  for (const task of plan.finished) if (task.contact !== null) partOf(task.contact).finished.push(task);
  return parts;
}

/** @returns undefined when SQL could not read the row: its parts then stand alone. */
function settle(plan: Plan, part: Part, offset: number): Settlement | undefined {
  const local = localTo(part.events);
  const types: string[] = [];
  const events: SettledEvent[] = part.events.map((index) => {
    const { type, cause, root, depth, actor, occurredAt, data } = plan.events[index] as Plan["events"][number];
    types.push(type);
    return [cause === null ? null : local(cause), root, depth, actor, occurredAt, data];
  });
  let since = Number.MAX_SAFE_INTEGER;
  const decisions = part.decisions.map(({ event, workflow, version, branch, outcomes, because }) => {
    if (event > 0) since = Math.min(since, event);
    return [local(event), workflow, version, branch, outcomes, because];
  });
  const [firstTask] = part.finished;
  const taskGroup = firstTask === undefined ? null : groupOf(firstTask.id);
  const tasks = part.finished.filter(({ id }) => groupOf(id) === taskGroup).map((task) => taskRow(task, local));
  // Whole arrays at once: putting the same text together from its parts took half as long again.
  const row = {
    offset,
    contact: part.contact,
    // Without a decision on an event from outside no one looks for one.
    since: since === Number.MAX_SAFE_INTEGER ? 0 : since,
    taskGroup,
    types,
    events: JSON.stringify(events),
    decisions: JSON.stringify(decisions),
    tasks: JSON.stringify(tasks),
  };
  return [row.events, row.decisions, row.tasks].some(isUnreadable) ? undefined : row;
}

function taskRow(task: Plan["finished"][number], local: (reference: Reference) => Reference): unknown[] {
  const row = [
    task.id,
    task.kind,
    task.mergeKey,
    task.finalState,
    rankOf[task.priority],
    task.held?.attempt ?? 1,
    task.dueAt,
    task.createdAt,
    task.requestedBy,
    task.worker,
    task.error,
    task.causes.map(local),
    task.root,
    task.depth,
    task.payload,
  ];
  const { held, result } = task;
  if (held !== undefined) return [...row, result ?? null, held.startedAt, held.slept, result !== undefined];
  return result === undefined ? row : [...row, result];
}

/** References to the row's own events, counted from its first one. */
function localTo(events: readonly number[]): (reference: Reference) => Reference {
  return (reference) => {
    if (reference >= 0) return reference;
    const place = events.indexOf(-reference - 1);
    if (place < 0) throw new Error(`A settled event of this contact refers to draft ${reference} of another one.`);
    return -1 - place;
  };
}

function groupOf(id: number): number {
  return Math.floor(id / TASK_GROUP);
}

function isUnreadable(json: string): boolean {
  return json.includes("\\u") && UNREADABLE.test(json);
}
