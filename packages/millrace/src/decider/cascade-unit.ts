/**
 * The parts a cascade works on: its rules, what it is given, and one unit per contact with what is known and under way for it.
 */
import type { Contact } from "../contacts/contact.ts";
import type { ScoreBands } from "../contacts/score-bands.ts";
import type { EventCatalogue } from "../events/catalogue.ts";
import type { EventDraft, Reference } from "../events/draft.ts";
import type { ContactReference, Position, RecordedEvent } from "../events/event.ts";
import { mergeDrafts, type TaskDraft, type TaskRules } from "../tasks/draft.ts";
import type { PureHandler } from "../tasks/handler.ts";
import type { AlertRow, EmailRow } from "../tasks/ledger.ts";
import type { InlineTask, OpenTask } from "../tasks/queue.ts";
import type { RetryPolicy } from "../tasks/retry.ts";
import { TASK_GROUP } from "../tasks/task-ids.ts";
import type { WorkflowSet } from "../workflows/workflow-set.ts";
import type { ChainWidths } from "./chain-widths.ts";
import type { DecisionGuard } from "./decision-guard.ts";
import type { OnceKeys } from "./once-keys.ts";

export interface CascadeRules {
  readonly workflows: WorkflowSet;
  readonly catalogue: EventCatalogue;
  readonly tasks: TaskRules;
  /** Handlers that are pure, by task kind. */
  readonly pureHandlers: ReadonlyMap<string, PureHandler>;
  readonly retry: RetryPolicy;
  /** Where scores become hot, qualified and nurture. Default: `defaultBands`. */
  readonly bands?: ScoreBands;
  /** Depth at which a chain is stopped (R8). Default 12. */
  readonly maxDepth: number;
  /** Events one outside event may lead to before it is stopped (R9): depth alone lets 2^12 of them pass. */
  readonly maxEvents: number;
  /** What chains have led to in the batches before. Left out: each batch counts by itself. */
  readonly widths?: Pick<ChainWidths, "eventsOf" | "isStopped">;
  /** Shows a watchdog what is being decided. Left out: a decision may take any time. */
  readonly guard?: DecisionGuard;
}

export interface CascadeInput {
  readonly events: readonly RecordedEvent[];
  readonly contacts: ReadonlyMap<string, Contact>;
  /** What the outside world calls contacts seen for the first time, where their events do not say it. */
  readonly names: ReadonlyMap<string, ContactReference>;
  /** When the cascades that reached these events from earlier batches began, by position; others begin with themselves. */
  readonly births: ReadonlyMap<Position, number>;
  readonly openTasks: readonly OpenTask[];
  readonly deferred: ReadonlySet<string>;
  readonly now: number;
  /** Once-keys that were found on record when what was decided was to be written. Default: none. */
  readonly usedKeys?: OnceKeys;
  /** What stands before all that follows: decided as if it had just been appended. Default: nothing. */
  readonly stated?: Stated;
  /** The first of `TASK_GROUP` ids in a row. */
  readonly takeTaskGroup: () => number;
  /** Set when the events were decided before: what follows from them by themselves is in the log already. */
  readonly replay?: ReplayInput;
}

/** What results of tasks lead to by themselves, as the first part of a plan: references count its events from the first one. */
export interface Stated {
  readonly events: readonly EventDraft[];
  readonly tasks: readonly TaskDraft[];
  readonly emails: readonly EmailRow[];
  readonly alerts: readonly AlertRow[];
  readonly finished: readonly InlineTask[];
}

/** What was made of an event when it was decided first; not to be made of it again. */
export interface ReplayInput {
  /** "workflow:NAME type" of the facts that were stated. */
  readonly stated: ReadonlySet<string>;
  /** Workflows that decided it: the timers they set have gone on since. */
  readonly decided: ReadonlySet<string>;
  /** Once-keys of e-mails that have left. */
  readonly sent: ReadonlySet<string>;
}

/** The type of an event and the way there, as far as this batch knows it. */
export interface Path {
  readonly type: string;
  readonly before: Path | undefined;
}

/** The types on the way, the first one first. */
export function typesOn(path: Path): string[] {
  const types: string[] = [];
  for (let step: Path | undefined = path; step !== undefined; step = step.before) types.push(step.type);
  return types.reverse();
}

/** How the cascade got where it is. */
export interface Trail {
  readonly path: Path;
  /** When what began it happened: the outside event, or the timer that fired later. Reactions know their age by it (R10). */
  readonly bornAt: number;
}

/** An event on its way through the cascade; `position` may be a negative reference. */
export interface Pending {
  readonly event: RecordedEvent;
  readonly trail: Trail;
}

/** A task to be done at once. */
export interface Due {
  readonly task: TaskDraft;
  readonly trail: Trail;
}

export interface Work extends Due {
  readonly unit: Unit;
}

/** What is known and under way for one contact (or for one event without contact). */
export interface Unit {
  readonly id: string | null;
  contact: Contact | undefined;
  position: Reference;
  hasChanged: boolean;
  isDeferred: boolean;
  readonly pending: Pending[];
  /** Open tasks in the database by merge key. */
  readonly open: ReadonlySet<string>;
  /** Tasks for the queue, and tasks to be done at once, by merge key. */
  readonly queued: Map<string, TaskDraft>;
  readonly dueNow: Map<string, Due>;
  /** The ids of its tasks: drawn when the first one is asked for, and again when they are used up. */
  nextTaskId: number | undefined;
}

/** One unit per contact, in the order of their first events; an event without contact is a unit of its own. */
export function unitsOf(input: CascadeInput): Unit[] {
  const open = Map.groupBy(input.openTasks, (task) => task.contact);
  const byContact = new Map<string, Unit>();
  const units: Unit[] = [];
  const add = (event: RecordedEvent, bornAt: number | undefined) => {
    let unit = event.contact === null ? undefined : byContact.get(event.contact);
    if (unit === undefined) {
      unit = newUnit(event.contact, input, new Set(open.get(event.contact ?? "")?.map((task) => task.mergeKey)));
      units.push(unit);
      if (event.contact !== null) byContact.set(event.contact, unit);
    }
    unit.pending.push({
      event,
      trail: { path: { type: event.type, before: undefined }, bornAt: bornAt ?? event.occurredAt },
    });
  };
  for (const event of input.events) add(event, input.births.get(event.position));
  // As old as what asked for the task.
  for (const event of input.stated?.events ?? []) {
    add({ ...event, position: event.reference }, input.births.get(event.cause ?? 0));
  }
  for (const task of input.stated?.tasks ?? []) {
    const queued = byContact.get(task.contact ?? "")?.queued;
    const earlier = queued?.get(task.mergeKey);
    queued?.set(task.mergeKey, earlier === undefined ? task : mergeDrafts(earlier, task));
  }
  return units;
}

export function newUnit(id: string | null, input: CascadeInput, open: ReadonlySet<string>): Unit {
  return {
    id,
    contact: id === null ? undefined : input.contacts.get(id),
    position: 0,
    hasChanged: false,
    isDeferred: id !== null && input.deferred.has(id),
    pending: [],
    open,
    queued: new Map(),
    dueNow: new Map(),
    nextTaskId: undefined,
  };
}

/** The next id for a task of this unit. All of them are of one group, unless there are more than it has. */
export function takeTaskId(unit: Unit, { takeTaskGroup }: CascadeInput): number {
  const id = unit.nextTaskId ?? takeTaskGroup();
  unit.nextTaskId = (id + 1) % TASK_GROUP === 0 ? undefined : id + 1;
  return id;
}
