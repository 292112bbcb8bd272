/**
 * The plan of a cascade while it is made: what is stated, asked for and called off goes into the plan, and what has to be
 * gone on with goes to the unit it is about. Called by cascade.ts and, for what agents do, by apply-outcome.ts.
 */
import { type EventDraft, type Reference, referenceOf } from "../events/draft.ts";
import type { Json, RecordedEvent } from "../events/event.ts";
import { draftTask, mergeDrafts, type RequestOrigin, type TaskDraft } from "../tasks/draft.ts";
import type { AlertRecord, EmailRecord, TaskRequest } from "../tasks/handler.ts";
import type { EffectSink, WorkItem } from "../tasks/outcome.ts";
import type { Decision, Wanted } from "../workflows/decide.ts";
import {
  type CascadeInput,
  type CascadeRules,
  type Stated,
  type Trail,
  takeTaskId,
  type Unit,
} from "./cascade-unit.ts";
import { keysOf } from "./once-keys.ts";
import { emptyPlan, type Plan } from "./plan.ts";

export class CascadePlan {
  /** As far as it is made; whole after `complete`. */
  readonly plan: Plan = emptyPlan();
  readonly #rules: CascadeRules;
  readonly #input: CascadeInput;
  readonly #units: readonly Unit[];
  /** Events appended so far, by root. */
  readonly #appended = new Map<number, number>();
  /** Once-keys that are on record, or used in this plan. */
  readonly usedKeys: Set<string>;

  constructor(rules: CascadeRules, input: CascadeInput, units: readonly Unit[]) {
    this.#rules = rules;
    this.#input = input;
    this.#units = units;
    this.usedKeys = new Set(input.usedKeys);
    if (input.stated !== undefined) this.#beginWith(input.stated);
  }

  /** Its events are pending in their units; its tasks about someone are queued there. */
  #beginWith({ events, tasks, emails, alerts, finished }: Stated): void {
    this.plan.events.push(...events.map((event) => ({ ...event, isSettled: true })));
    this.plan.tasks.push(...tasks.filter(({ contact }) => contact === null));
    this.plan.emails.push(...emails);
    this.plan.alerts.push(...alerts);
    this.plan.finished.push(...finished);
    for (const key of keysOf({ emails, alerts })) this.usedKeys.add(key);
  }

  /** How many events this outside event has led to so far. */
  countOf(root: number): number {
    return this.#appended.get(root) ?? 0;
  }

  /** States an event; one about the unit's own contact is decided in this very cascade. */
  append(draft: Omit<EventDraft, "reference">, unit: Unit, trail: Trail): Reference {
    const reference = referenceOf(this.plan.events.length);
    this.#appended.set(draft.root, this.countOf(draft.root) + 1);
    const isOwn = draft.contact === unit.id;
    if (!isOwn) this.#defer(draft.contact);
    const isSettled = isOwn && !unit.isDeferred;
    // One object for the log and for what follows, written out: copies by spreading were a third of what a form left behind.
    const { type, contact, data, occurredAt, cause, root, depth, actor } = draft;
    const event = {
      position: reference,
      reference,
      isSettled,
      type,
      contact,
      data,
      occurredAt,
      cause,
      root,
      depth,
      actor,
    };
    this.plan.events.push(event);
    if (isSettled) unit.pending.push({ event, trail: { bornAt: trail.bornAt, path: { type, before: trail.path } } });
    return reference;
  }

  /** An agent told of another contact: that is decided when its turn in the log comes, and what follows there stands behind it. */
  #defer(contact: string | null): void {
    const unit = this.#units.find((other) => other.id === contact && contact !== null);
    if (unit !== undefined) unit.isDeferred = true;
  }

  /** Asks for a task: done within the cascade where a pure agent can do it now, queued otherwise. */
  request(request: TaskRequest, origin: RequestOrigin, unit: Unit, trail: Trail): void {
    const draft = draftTask(request, origin, takeTaskId(unit, this.#input), this.#input.now, this.#rules.tasks);
    const isDueNow =
      draft.state === "NOT_STARTED" && this.#rules.pureHandlers.has(draft.kind) && !unit.open.has(draft.mergeKey);
    if (isDueNow && !unit.queued.has(draft.mergeKey)) {
      const earlier = unit.dueNow.get(draft.mergeKey);
      const task = earlier === undefined ? draft : mergeDrafts(earlier.task, draft);
      unit.dueNow.set(draft.mergeKey, { task, trail: earlier?.trail ?? trail });
    } else {
      const earlier = unit.queued.get(draft.mergeKey);
      unit.queued.set(draft.mergeKey, earlier === undefined ? draft : mergeDrafts(earlier, draft));
    }
  }

  cancel({ kind, reason, keyPrefix }: Wanted & { do: "cancel" }, unit: Unit): void {
    const isMeant = (task: TaskDraft) =>
      task.kind === kind && (keyPrefix === undefined || task.mergeKey.startsWith(keyPrefix));
    for (const draft of unit.queued.values()) if (isMeant(draft)) unit.queued.delete(draft.mergeKey);
    for (const { task } of unit.dueNow.values()) if (isMeant(task)) unit.dueNow.delete(task.mergeKey);
    if (unit.id !== null) this.plan.cancels.push({ contact: unit.id, kind, reason, keyPrefix });
  }

  startTimer({ key, afterMs, type, data }: Wanted & { do: "schedule" }, event: RecordedEvent, unit: Unit): void {
    const { position: cause, root } = event;
    const timer = { key: timerKey(key, unit.id), dueAt: this.#input.now + afterMs, type, data };
    this.plan.timers.push({ ...timer, contact: unit.id, cause, root });
  }

  /** Stops a timer, one set earlier in this very batch too: the plan stops timers before it sets the ones that remain. */
  stopTimer({ key }: Wanted & { do: "unschedule" }, unit: Unit): void {
    const { timers, stoppedTimers } = this.plan;
    const stopped = timerKey(key, unit.id);
    const kept = timers.filter((timer) => timer.key !== stopped);
    timers.splice(0, timers.length, ...kept);
    stoppedTimers.push(stopped);
  }

  /** @param skipped reasons why parts of it are not done. */
  record(decision: Decision, event: RecordedEvent, unit: Unit, skipped: readonly string[]): void {
    const reasons = decision.because === undefined ? skipped : [decision.because, ...skipped];
    this.plan.decisions.push({
      event: event.position,
      contact: unit.id,
      workflow: decision.workflow,
      version: decision.version,
      branch: decision.branch,
      outcomes: decision.wanted.map(inShort),
      because: reasons.length === 0 ? undefined : reasons.join("; "),
    });
  }

  /** Takes what the outcome of a task of this unit asks for. */
  sinkOf(unit: Unit, trail: Trail): EffectSink {
    const { now } = this.#input;
    return {
      event: (draft) => this.append(draft, unit, trail),
      // R8: the chain has come to its end; the event of this depth puts it in the hands of a person.
      task: (request, origin) => {
        if (origin.depth < this.#rules.maxDepth) this.request(request, origin, unit, trail);
      },
      email: (record: EmailRecord, item: WorkItem) => {
        this.plan.emails.push({ ...record, contact: item.contact, task: item.id, root: item.root, at: now });
        if (record.state === "sent") this.usedKeys.add(`email ${record.onceKey}`);
      },
      alert: (record: AlertRecord, item: WorkItem) => {
        this.plan.alerts.push({ ...record, contact: item.contact, task: item.id, root: item.root, at: now });
        this.usedKeys.add(`alert ${record.onceKey}`);
      },
    };
  }

  /** Adds what the units have come to, once nothing is pending. */
  complete(): Plan {
    for (const unit of this.#units) {
      if (unit.hasChanged && unit.contact) {
        const isNew = !this.#input.contacts.has(unit.contact.id);
        this.plan.contacts.push({ contact: unit.contact, position: unit.position, isNew });
      }
      this.plan.tasks.push(...unit.queued.values());
    }
    return this.plan;
  }
}

function timerKey(key: string, contact: string | null): string {
  return `${key}:${contact ?? "-"}`;
}

export function inShort(wanted: Wanted): Json {
  switch (wanted.do) {
    case "task":
      return { task: wanted.request.kind };
    case "cancel":
      return { cancel: wanted.kind };
    case "emit":
      return { emit: wanted.type };
    case "schedule":
      return { schedule: wanted.type, key: wanted.key };
    case "unschedule":
      return { unschedule: wanted.key };
  }
}
