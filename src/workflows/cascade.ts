/**
 * The cascade of a batch: each event is folded into its contact, the workflows decide, pure agents whose tasks are due
 * now do them, their events are folded and decided in turn, until nothing is left to do without touching the world.
 * Pure: no database, no clock. The runner writes the plan in one transaction.
 *
 * Per contact, events are handled in the order in which they will stand in the log. A contact named in `deferred` has
 * other events waiting in the log already: what its events lead to is appended behind those and decided later.
 */
import type { Contact } from "../contacts/contact.ts";
import { newContact } from "../contacts/contact.ts";
import { derivedEvents } from "../contacts/derive.ts";
import { foldContact } from "../contacts/fold.ts";
import { messageOf } from "../errors.ts";
import type { EventCatalogue } from "../events/catalogue.ts";
import { type EventDraft, type Reference, referenceOf } from "../events/draft.ts";
import type { Json, RecordedEvent } from "../events/event.ts";
import { draftTask, mergeDrafts, type RequestOrigin, type TaskDraft, type TaskRules } from "../tasks/draft.ts";
import type { AlertRecord, EmailRecord, Outcome, PureHandler, TaskInput, TaskRequest } from "../tasks/handler.ts";
import {
  checkedOutcomes,
  collectCancelled,
  collectCompleted,
  collectFailed,
  collectStatus,
  type EffectSink,
  failure,
  type WorkItem,
} from "../tasks/outcome.ts";
import { type RetryPolicy, retryDelayMs } from "../tasks/retry.ts";
import { rankOf } from "../tasks/task.ts";
import {
  type CascadeInput,
  type Pending,
  type ReplayInput,
  type Trail,
  takeTaskId,
  typesOn,
  type Unit,
  unitsOf,
  type Work,
} from "./cascade-unit.ts";
import { type Decision, decideTriggers, type Wanted } from "./decide.ts";
import { emptyPlan, type Plan } from "./plan.ts";
import type { WorkflowSet } from "./workflow-set.ts";

export interface CascadeRules {
  readonly workflows: WorkflowSet;
  readonly catalogue: EventCatalogue;
  readonly tasks: TaskRules;
  /** Handlers that are pure, by task kind. */
  readonly pureHandlers: ReadonlyMap<string, PureHandler>;
  readonly retry: RetryPolicy;
  /** Depth at which a chain is stopped (R8). Default 12. */
  readonly maxDepth: number;
  /** Events one outside event may lead to in one go before it is stopped (R9): depth alone lets 2^12 of them pass. */
  readonly maxEvents: number;
}

export function cascade(rules: CascadeRules, input: CascadeInput): Plan {
  return finished(cascadeInSteps(rules, input));
}

/**
 * The same in steps of some milliseconds, for who has other things to do meanwhile: a batch of 500 forms takes 40 ms and more,
 * in which nothing else of the process would be answered.
 */
export function cascadeInSteps(rules: CascadeRules, input: CascadeInput): Generator<void, Plan> {
  return new Cascade(rules, input).steps();
}

/** Takes all steps at once. */
export function finished<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Units drained, or tasks done, in one step. */
const STEP = 64;

class Cascade {
  readonly #rules: CascadeRules;
  readonly #input: CascadeInput;
  readonly #plan = emptyPlan();
  readonly #units: Unit[];
  /** Events appended so far, by root. */
  readonly #appended = new Map<number, number>();
  readonly #stopped = new Set<number>();

  constructor(rules: CascadeRules, input: CascadeInput) {
    this.#rules = rules;
    this.#input = input;
    this.#units = unitsOf(input);
  }

  *steps(): Generator<void, Plan> {
    let active = this.#units;
    while (active.length > 0) {
      for (const some of inParts(active, STEP)) {
        for (const unit of some) this.#drain(unit);
        yield;
      }
      yield* this.#workNow(active);
      active = active.filter((unit) => unit.pending.length > 0);
    }
    for (const unit of this.#units) {
      if (unit.hasChanged && unit.contact) {
        const isNew = !this.#input.contacts.has(unit.contact.id);
        this.#plan.contacts.push({ contact: unit.contact, position: unit.position, isNew });
      }
      this.#plan.tasks.push(...unit.queued.values());
    }
    return this.#plan;
  }

  #drain(unit: Unit): void {
    for (let pending = unit.pending.shift(); pending !== undefined; pending = unit.pending.shift()) {
      try {
        this.#take(pending, unit);
      } catch (error) {
        this.#plan.deadLetters.push({ workflow: "contacts", event: pending.event.position, error: messageOf(error) });
      }
    }
  }

  #take(pending: Pending, unit: Unit): void {
    const { event } = pending;
    const before = unit.contact;
    if (unit.id !== null) this.#fold(event, unit);
    // Nothing is done any more for somebody whose data was erased; what still came in is erased too.
    if (unit.contact?.facts.erasedAt !== undefined) return;
    if (unit.id !== null && unit.contact !== undefined && this.#input.replay === undefined) {
      const name = this.#input.names.get(unit.id);
      for (const derived of derivedEvents(event, before, unit.contact, name)) {
        // It happened when the event happened, by the same hand; an agent then knows it as its own doing (R8).
        const { type, data } = derived;
        const { actor, occurredAt, root } = event;
        const draft = {
          type,
          data,
          contact: unit.id,
          cause: event.position,
          root,
          depth: event.depth + 1,
          actor,
          occurredAt,
        };
        this.#append(draft, unit, pending.trail);
      }
    }
    if (event.depth > this.#rules.maxDepth || this.#stopped.has(event.root)) return;
    if (event.depth === this.#rules.maxDepth) this.#stop(pending, unit, `A chain of ${event.depth} steps`);
    else if ((this.#appended.get(event.root) ?? 0) >= this.#rules.maxEvents) this.#stopAll(pending, unit);
    else this.#decideAll(pending, before, unit);
  }

  /** Not too deep but too wide: nothing that this outside event has led to is decided any further. */
  #stopAll(pending: Pending, unit: Unit): void {
    this.#stopped.add(pending.event.root);
    this.#stop(pending, unit, `A chain of more than ${this.#rules.maxEvents} events`);
  }

  #fold(event: RecordedEvent, unit: Unit): void {
    const known = unit.contact;
    const after = foldContact(known ?? newContact(unit.id ?? "", event.occurredAt), event);
    if (after === known) return;
    unit.contact = after;
    unit.position = event.position;
    unit.hasChanged = true;
  }

  #decideAll(pending: Pending, before: Contact | undefined, unit: Unit): void {
    const { event } = pending;
    for (const { workflow, triggers } of this.#rules.workflows.on(event)) {
      try {
        const decision = decideTriggers(workflow, triggers, {
          event,
          before,
          after: unit.contact,
          now: this.#input.now,
        });
        this.#carryOut(decision, pending, unit);
      } catch (error) {
        // A bug of one workflow: set aside for it alone, the others and the feed go on.
        const message = messageOf(error);
        this.#plan.deadLetters.push({ workflow: workflow.name, event: event.position, error: message });
        this.#record(
          { workflow: workflow.name, version: workflow.version, branch: "", wanted: [], because: `error: ${message}` },
          event,
          unit,
          [],
        );
      }
    }
  }

  #carryOut(decision: Decision, pending: Pending, unit: Unit): void {
    const skipped: string[] = [];
    for (const wanted of decision.wanted) {
      const reason = this.#want(wanted, decision, pending, unit);
      if (reason !== undefined) skipped.push(reason);
    }
    this.#record(decision, pending.event, unit, skipped);
  }

  #record(decision: Decision, event: RecordedEvent, unit: Unit, skipped: readonly string[]): void {
    const reasons = decision.because === undefined ? skipped : [decision.because, ...skipped];
    this.#plan.decisions.push({
      event: event.position,
      contact: unit.id,
      workflow: decision.workflow,
      version: decision.version,
      branch: decision.branch,
      outcomes: decision.wanted.map(inShort),
      because: reasons.length === 0 ? undefined : reasons.join("; "),
    });
  }

  /** @returns why it was not done, when it was not. */
  #want(wanted: Wanted, decision: Decision, pending: Pending, unit: Unit): string | undefined {
    const { event } = pending;
    const by = `workflow:${decision.workflow}`;
    const { now, replay } = this.#input;
    const done = replay === undefined ? undefined : whyNotAgain(wanted, decision.workflow, replay);
    if (done !== undefined) return done;
    switch (wanted.do) {
      case "task": {
        const doneBy = this.#rules.tasks.catalogue.find(wanted.request.kind)?.doneBy;
        if (event.actor === `agent:${doneBy}`) return `${wanted.request.kind}: ${doneBy} ignores what it caused itself`;
        const origin = {
          contact: unit.id,
          cause: event.position,
          root: event.root,
          depth: event.depth,
          bornAt: pending.trail.bornAt,
          requestedBy: by,
        };
        this.#request(wanted.request, origin, unit, pending.trail);
        return undefined;
      }
      case "emit": {
        const about = {
          contact: unit.id,
          cause: event.position,
          root: event.root,
          depth: event.depth + 1,
          actor: by,
          occurredAt: now,
        };
        this.#append({ ...about, type: wanted.type, data: wanted.data }, unit, pending.trail);
        return undefined;
      }
      case "cancel":
        this.#cancel(wanted, unit);
        return undefined;
      case "schedule":
        this.#plan.timers.push({
          key: timerKey(wanted.key, unit.id),
          dueAt: now + wanted.afterMs,
          type: wanted.type,
          data: wanted.data,
          contact: unit.id,
          cause: event.position,
          root: event.root,
        });
        return undefined;
      case "unschedule":
        this.#stopTimer(timerKey(wanted.key, unit.id));
        return undefined;
    }
  }

  #request(request: TaskRequest, origin: RequestOrigin, unit: Unit, trail: Trail): void {
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

  #cancel({ kind, reason, keyPrefix }: Wanted & { do: "cancel" }, unit: Unit): void {
    const isMeant = (task: TaskDraft) =>
      task.kind === kind && (keyPrefix === undefined || task.mergeKey.startsWith(keyPrefix));
    for (const draft of unit.queued.values()) if (isMeant(draft)) unit.queued.delete(draft.mergeKey);
    for (const { task } of unit.dueNow.values()) if (isMeant(task)) unit.dueNow.delete(task.mergeKey);
    if (unit.id !== null) this.#plan.cancels.push({ contact: unit.id, kind, reason, keyPrefix });
  }

  /** Stops a timer, one set earlier in this very batch too: the plan stops timers before it sets the ones that remain. */
  #stopTimer(key: string): void {
    const { timers, stoppedTimers } = this.#plan;
    const kept = timers.filter((timer) => timer.key !== key);
    timers.splice(0, timers.length, ...kept);
    stoppedTimers.push(key);
  }

  /** R8: the chain ends here, in the hands of a person who sees its path. */
  #stop(pending: Pending, unit: Unit, what: string): void {
    const { event } = pending;
    const { trail } = pending;
    const path = typesOn(trail.path);
    const about = {
      contact: unit.id,
      cause: event.position,
      root: event.root,
      depth: event.depth + 1,
      actor: "engine",
      occurredAt: this.#input.now,
    };
    this.#append({ ...about, type: "cascade_stopped", data: { depth: event.depth, path } }, unit, trail);
    const origin = {
      contact: unit.id,
      cause: event.position,
      root: event.root,
      depth: event.depth,
      bornAt: trail.bornAt,
      requestedBy: "engine",
    };
    const payload = { reason: `${what} was stopped.`, path };
    this.#request(
      { kind: "manual_review", mergeKey: `manual_review:cascade:${event.root}`, payload },
      origin,
      unit,
      trail,
    );
  }

  #append(draft: Omit<EventDraft, "reference">, unit: Unit, trail: Trail): Reference {
    const reference = referenceOf(this.#plan.events.length);
    this.#appended.set(draft.root, (this.#appended.get(draft.root) ?? 0) + 1);
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
    this.#plan.events.push(event);
    if (isSettled) unit.pending.push({ event, trail: { bornAt: trail.bornAt, path: { type, before: trail.path } } });
    return reference;
  }

  /** An agent told of another contact: that is decided when its turn in the log comes, and what follows there stands behind it. */
  #defer(contact: string | null): void {
    const unit = this.#units.find((other) => other.id === contact && contact !== null);
    if (unit !== undefined) unit.isDeferred = true;
  }

  /** Pure agents do what is due now: few calls per handler and round, most urgent kinds first. */
  *#workNow(units: readonly Unit[]): Generator<void, void> {
    const byKind = new Map<string, Work[]>();
    for (const unit of units) {
      for (const due of unit.dueNow.values()) {
        const sameKind = byKind.get(due.task.kind);
        if (sameKind === undefined) byKind.set(due.task.kind, [{ ...due, unit }]);
        else sameKind.push({ ...due, unit });
      }
      unit.dueNow.clear();
    }
    const kinds = [...byKind].sort(
      ([, a], [, b]) => rankOf[a[0]?.task.priority ?? "LOW"] - rankOf[b[0]?.task.priority ?? "LOW"],
    );
    for (const [kind, work] of kinds) {
      const handler = this.#rules.pureHandlers.get(kind);
      if (handler === undefined) continue;
      for (const some of inParts(work, STEP)) {
        const outcomes = this.#outcomesOf(handler, some);
        some.forEach((done, i) => {
          const outcome = outcomes[i];
          if (outcome !== undefined) this.#settle(handler, done, outcome);
        });
        yield;
      }
    }
  }

  #outcomesOf(handler: PureHandler, work: readonly Work[]): readonly Outcome[] {
    const fresh = work.filter(({ task }) => !isStale(task, this.#input.now));
    const given = this.#run(
      handler,
      fresh.map(({ unit, task }) => inputOf(task, unit)),
    );
    let at = 0;
    return work.map(({ task }) => {
      if (isStale(task, this.#input.now)) return STALE;
      const outcome = given[at] ?? failure("no outcome");
      at += 1;
      return outcome;
    });
  }

  #run(handler: PureHandler, inputs: readonly TaskInput[]): readonly Outcome[] {
    const { now } = this.#input;
    if (inputs.length === 0) return [];
    try {
      return checkedOutcomes(handler.name, handler.run(inputs, { now }), inputs.length, this.#rules.catalogue);
    } catch (error) {
      // One bad task must not cost the others their turn: each is tried alone.
      if (inputs.length === 1) return [failure(error)];
      return inputs.flatMap((input) => this.#run(handler, [input]));
    }
  }

  #settle(handler: PureHandler, { task, unit, trail }: Work, outcome: Outcome): void {
    const { now } = this.#input;
    const item: WorkItem = { ...task, attempt: 1, cause: task.causes[0] ?? 0 };
    const sink = this.#sinkOf(unit, trail);
    switch (outcome.outcome) {
      case "completed":
        this.#finish(task, handler, "COMPLETED", null, outcome.result);
        collectCompleted(outcome, item, handler.name, now, sink);
        return;
      case "cancelled":
        this.#finish(task, handler, "CANCELLED", outcome.reason, undefined);
        collectCancelled(outcome, item, handler.name, now, sink);
        return;
      case "waiting":
        unit.queued.set(task.mergeKey, { ...task, state: "WAITING", attempt: 1, error: outcome.reason });
        collectStatus(
          item,
          { from: "NOT_STARTED", to: "WAITING", by: handler.name, reason: outcome.reason },
          now,
          sink,
        );
        return;
      case "snoozed":
        unit.queued.set(task.mergeKey, { ...task, state: "WAITING", notBefore: now + outcome.forMs });
        collectStatus(
          item,
          { from: "NOT_STARTED", to: "WAITING", by: handler.name, reason: outcome.reason ?? "snoozed" },
          now,
          sink,
        );
        return;
      case "failed":
        this.#fail(task, handler, unit, outcome, item, sink);
    }
  }

  #fail(
    task: TaskDraft,
    handler: PureHandler,
    unit: Unit,
    outcome: Outcome & { outcome: "failed" },
    item: WorkItem,
    sink: EffectSink,
  ): void {
    const { now } = this.#input;
    const retries = this.#rules.tasks.catalogue.find(task.kind)?.retries ?? 0;
    if (outcome.retry === "never" || (outcome.retry === "later" && retries === 0)) {
      this.#finish(task, handler, "FAILED", outcome.error, undefined);
      collectFailed(outcome, { retry: outcome.retry === "never" ? "never" : "spent" }, item, handler.name, now, sink);
      return;
    }
    // The decision is pure, so the jitter is drawn from the task's id.
    const delay =
      outcome.retry === "wait" ? (outcome.afterMs ?? 30_000) : retryDelayMs(this.#rules.retry, 1, (task.id % 97) / 97);
    const retryAt = now + delay;
    unit.queued.set(task.mergeKey, {
      ...task,
      state: "WAITING",
      notBefore: retryAt,
      attempt: outcome.retry === "wait" ? 0 : 1,
      error: outcome.error,
    });
    collectFailed(
      outcome,
      { retry: outcome.retry === "wait" ? "waiting" : "scheduled", retryAt },
      item,
      handler.name,
      now,
      sink,
    );
  }

  #finish(
    task: TaskDraft,
    handler: PureHandler,
    finalState: "COMPLETED" | "FAILED" | "CANCELLED",
    error: string | null,
    result: Json | undefined,
  ): void {
    this.#plan.finished.push({ ...task, finalState, worker: handler.name, error, result });
  }

  #sinkOf(unit: Unit, trail: Trail): EffectSink {
    const { now } = this.#input;
    return {
      event: (draft) => this.#append(draft, unit, trail),
      // R8: the chain has come to its end; the event of this depth puts it in the hands of a person.
      task: (request, origin) => {
        if (origin.depth < this.#rules.maxDepth) this.#request(request, origin, unit, trail);
      },
      email: (record: EmailRecord, item) =>
        this.#plan.emails.push({ ...record, contact: item.contact, task: item.id, root: item.root, at: now }),
      alert: (record: AlertRecord, item) =>
        this.#plan.alerts.push({ ...record, contact: item.contact, task: item.id, root: item.root, at: now }),
    };
  }
}

function* inParts<Item>(all: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}

const STALE: Outcome = { outcome: "cancelled", reason: "stale: its time had passed before it could be done" };

function isStale(task: TaskDraft, now: number): boolean {
  return task.staleAt !== null && task.staleAt < now;
}

function inputOf(task: TaskDraft, unit: Unit): TaskInput {
  return {
    id: task.id,
    kind: task.kind,
    payload: task.payload,
    contact: unit.contact,
    attempt: 1,
    root: task.root,
    createdAt: task.createdAt,
  };
}

function timerKey(key: string, contact: string | null): string {
  return `${key}:${contact ?? "-"}`;
}

function inShort(wanted: Wanted): Json {
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

/** Of an event that is decided once more: why this is not to happen again. */
function whyNotAgain(wanted: Wanted, workflow: string, { stated, decided, sent }: ReplayInput): string | undefined {
  switch (wanted.do) {
    case "emit":
      return stated.has(`workflow:${workflow} ${wanted.type}`) ? `${wanted.type}: it was stated before` : undefined;
    case "schedule":
    case "unschedule":
      return decided.has(workflow) ? `${wanted.key}: its timers have gone on since` : undefined;
    case "task": {
      const { onceKey } = (wanted.request.payload ?? {}) as { readonly onceKey?: unknown };
      return typeof onceKey === "string" && sent.has(onceKey)
        ? `${wanted.request.kind}: it has left before`
        : undefined;
    }
    case "cancel":
      return undefined;
  }
}
