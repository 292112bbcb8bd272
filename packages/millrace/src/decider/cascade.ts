/**
 * The cascade of a batch: each event is folded into its contact, the workflows decide, pure agents whose tasks are due
 * now do them, their events are folded and decided in turn, until nothing is left to do without touching the world.
 * Pure: no database, no clock. The runner writes the plan in one transaction.
 *
 * Per contact, events are handled in the order in which they will stand in the log. A contact named in `deferred` has
 * other events waiting in the log already: what its events lead to is appended behind those and decided later.
 */
import { messageOf } from "../base/errors.ts";
import type { Contact } from "../contacts/contact.ts";
import { newContact } from "../contacts/contact.ts";
import { derivedEvents } from "../contacts/derive.ts";
import { foldContact } from "../contacts/fold.ts";
import type { RecordedEvent } from "../events/event.ts";
import type { Outcome } from "../tasks/handler.ts";
import { rankOf } from "../tasks/task.ts";
import type { Facts } from "../workflows/condition.ts";
import { type Decision, decideTriggers, type Wanted } from "../workflows/decide.ts";
import type { Listening } from "../workflows/workflow-set.ts";
import { applyOutcome } from "./apply-outcome.ts";
import { CascadePlan } from "./cascade-plan.ts";
import {
  type CascadeInput,
  type CascadeRules,
  type Pending,
  type ReplayInput,
  typesOn,
  type Unit,
  unitsOf,
  type Work,
} from "./cascade-unit.ts";
import type { Plan } from "./plan.ts";
import { outcomesOf } from "./run-pure.ts";
import { throwLocation } from "./throw-location.ts";

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
  readonly #units: Unit[];
  readonly #made: CascadePlan;
  readonly #stopped = new Set<number>();

  constructor(rules: CascadeRules, input: CascadeInput) {
    this.#rules = rules;
    this.#input = input;
    this.#units = unitsOf(input);
    this.#made = new CascadePlan(rules, input, this.#units);
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
    return this.#made.complete();
  }

  #drain(unit: Unit): void {
    for (let pending = unit.pending.shift(); pending !== undefined; pending = unit.pending.shift()) {
      try {
        this.#take(pending, unit);
      } catch (error) {
        this.#made.plan.deadLetters.push({
          workflow: "contacts",
          event: pending.event.position,
          error: messageOf(error),
        });
      }
    }
  }

  #take(pending: Pending, unit: Unit): void {
    const { event } = pending;
    const before = unit.contact;
    if (unit.id !== null) this.#fold(event, unit);
    // Nothing is done any more for someone whose data was erased; what still came in is erased too.
    if (unit.contact?.facts.erasedAt !== undefined) return;
    if (unit.id !== null && unit.contact !== undefined && this.#input.replay === undefined) {
      const name = this.#input.names.get(unit.id);
      for (const derived of derivedEvents(event, before, unit.contact, name, this.#rules.bands)) {
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
        this.#made.append(draft, unit, pending.trail);
      }
    }
    if (event.depth > this.#rules.maxDepth || this.#isStopped(event.root)) return;
    if (event.depth === this.#rules.maxDepth) this.#stop(pending, unit, `A chain of ${event.depth} steps`);
    else if (this.#widthOf(event.root) >= this.#rules.maxEvents) this.#stopAll(pending, unit);
    else this.#decideAll(pending, before, unit);
  }

  #isStopped(root: number): boolean {
    return this.#stopped.has(root) || this.#rules.widths?.isStopped(root) === true;
  }

  /** In the batches before and in this one. */
  #widthOf(root: number): number {
    return this.#made.countOf(root) + (this.#rules.widths?.eventsOf(root) ?? 0);
  }

  /** Not too deep but too wide: nothing that this outside event has led to is decided any further. */
  #stopAll(pending: Pending, unit: Unit): void {
    this.#stopped.add(pending.event.root);
    this.#made.plan.tooWide.push(pending.event.root);
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
    const facts = { event, before, after: unit.contact, now: this.#input.now };
    for (const listening of this.#rules.workflows.on(event)) {
      const { workflow } = listening;
      try {
        this.#carryOut(this.#decide(listening, facts), pending, unit);
      } catch (error) {
        // A bug of one workflow: set aside for it alone, the others and the feed go on.
        const message = `${messageOf(error)}${throwLocation(error)}`;
        this.#made.plan.deadLetters.push({ workflow: workflow.name, event: event.position, error: message });
        this.#made.record(
          { workflow: workflow.name, version: workflow.version, branch: "", wanted: [], because: `error: ${message}` },
          event,
          unit,
          [],
        );
      }
    }
  }

  #decide({ workflow, triggers, stopped }: Listening, facts: Facts): Decision {
    if (stopped !== undefined) throw new Error(`The workflow is stopped. ${stopped}`);
    const { guard } = this.#rules;
    guard?.begin(workflow, facts);
    try {
      return decideTriggers(workflow, triggers, facts);
    } finally {
      guard?.end();
    }
  }

  #carryOut(decision: Decision, pending: Pending, unit: Unit): void {
    const skipped: string[] = [];
    for (const wanted of decision.wanted) {
      const reason = this.#want(wanted, decision, pending, unit);
      if (reason !== undefined) skipped.push(reason);
    }
    this.#made.record(decision, pending.event, unit, skipped);
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
        this.#made.request(wanted.request, origin, unit, pending.trail);
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
        this.#made.append({ ...about, type: wanted.type, data: wanted.data }, unit, pending.trail);
        return undefined;
      }
      case "cancel":
        this.#made.cancel(wanted, unit);
        return undefined;
      case "schedule":
        this.#made.startTimer(wanted, event, unit);
        return undefined;
      case "unschedule":
        this.#made.stopTimer(wanted, unit);
        return undefined;
    }
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
    this.#made.append({ ...about, type: "cascade_stopped", data: { depth: event.depth, path } }, unit, trail);
    const origin = {
      contact: unit.id,
      cause: event.position,
      root: event.root,
      depth: event.depth,
      bornAt: trail.bornAt,
      requestedBy: "engine",
    };
    const payload = { reason: `${what} was stopped.`, path };
    this.#made.request(
      { kind: "manual_review", mergeKey: `manual_review:cascade:${event.root}`, payload },
      origin,
      unit,
      trail,
    );
  }

  /**
   * Pure agents do what is due now, in few calls per handler. What they gave is settled contact by contact, in an order that
   * is the contact's own: what follows for one does not depend on who else is in the batch.
   */
  *#workNow(units: readonly Unit[]): Generator<void, void> {
    // Part by part, so that few results are held at a time.
    for (const some of inParts(units, STEP)) {
      const ordered = some.flatMap(takeWork);
      const outcomes = new Map<Work, Outcome>();
      for (const [kind, work] of Map.groupBy(ordered, ({ task }) => task.kind)) {
        const handler = this.#rules.pureHandlers.get(kind);
        if (handler === undefined) continue;
        for (const few of inParts(work, STEP)) {
          const given = outcomesOf(handler, few, this.#input.now, this.#rules.catalogue);
          few.forEach((one, i) => {
            const outcome = given[i];
            if (outcome !== undefined) outcomes.set(one, outcome);
          });
          yield;
        }
      }
      for (const work of ordered) {
        const handler = this.#rules.pureHandlers.get(work.task.kind);
        const outcome = outcomes.get(work);
        if (handler === undefined || outcome === undefined) continue;
        applyOutcome(this.#rules, this.#made, handler, work, outcome, this.#input.now);
      }
      yield;
    }
  }
}

/** What is due now for one contact: kind by kind, the most urgent first, and else as it was asked for. */
function takeWork(unit: Unit): readonly Work[] {
  if (unit.dueNow.size === 0) return [];
  const work = [...unit.dueNow.values()].map((due) => ({ ...due, unit }));
  unit.dueNow.clear();
  if (work.length === 1) return work;
  const kinds = [...Map.groupBy(work, ({ task }) => task.kind).values()];
  const rank = ([first]: readonly Work[]) => rankOf[first?.task.priority ?? "LOW"];
  return kinds.sort((a, b) => rank(a) - rank(b)).flat();
}

function* inParts<Item>(all: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
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
