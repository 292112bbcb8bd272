/**
 * The deciding core over a store of plain maps: appends, the runner, the door and results of tasks, each with the engine's own
 * cascade and layout. What the engine asks the database under the log's lock is asked of the store.
 */
import type { Contact } from "../../packages/millrace/src/contacts/contact.ts";
import { cascade } from "../../packages/millrace/src/decider/cascade.ts";
import type { CascadeInput, CascadeRules } from "../../packages/millrace/src/decider/cascade-unit.ts";
import type { Decided } from "../../packages/millrace/src/decider/decided.ts";
import { layOut } from "../../packages/millrace/src/decider/layout.ts";
import { keysOf } from "../../packages/millrace/src/decider/once-keys.ts";
import type { Json, Position, RecordedEvent } from "../../packages/millrace/src/events/event.ts";
import { gatherResults, type Result, type WorkRules } from "../../packages/millrace/src/tasks/finish.ts";
import type { Outcome } from "../../packages/millrace/src/tasks/handler.ts";
import type { InlineTask } from "../../packages/millrace/src/tasks/queue.ts";
import { rankOf } from "../../packages/millrace/src/tasks/task.ts";
import type { Outside } from "./history.ts";
import { demand, type OpenRow, Store } from "./store.ts";

type Recorded = RecordedEvent<string, Json>;

/** How one history is decided; the outcome is not to depend on it. */
export interface Way {
  readonly name: string;
  /** Events the runner takes at once, asked for each batch. */
  readonly batch: () => number;
  /** Are arrivals decided before they are in the log, so many at a time? */
  readonly door: (() => number) | undefined;
  /** Are results decided where they are written, or by the runner a moment later? */
  readonly decidesResults: () => boolean;
  /** Positions lost before the next ones are drawn. */
  readonly hole: () => number;
}

const NAMING: ReadonlySet<string> = new Set(["form_submitted", "contact_created"]);

export class SimulatedEngine {
  readonly store = new Store();
  readonly #rules: CascadeRules;
  readonly #work: WorkRules;
  readonly #way: Way;

  constructor(rules: CascadeRules, way: Way) {
    this.#rules = rules;
    this.#way = way;
    const { catalogue, tasks, retry, maxDepth } = rules;
    const taskIds = { take: this.store.takeTask } as WorkRules["taskIds"];
    this.#work = { catalogue, tasks, retry, maxDepth, agingMs: 3_600_000, escalateAfterMs: 0, taskIds };
  }

  /** Timers whose time has come enter the log. */
  fireTimers(now: number): void {
    const due = [...this.store.timers.values()].filter(({ dueAt }) => dueAt <= now);
    due.sort((a, b) => a.dueAt - b.dueAt || (a.key < b.key ? -1 : 1));
    for (const { key, type, data, contact, cause, root } of due) {
      this.store.timers.delete(key);
      const position = this.store.draw(1, this.#way.hole());
      const event = { position, type, data, contact, occurredAt: now, cause, root, depth: 0, actor: "timer" };
      this.store.append([event], false);
    }
  }

  /** What comes from outside: decided at the door, or left for the runner. */
  arrive(outside: readonly Outside[], now: number): void {
    if (outside.length === 0) return;
    const isUndecided = this.store.readUnsettled(1).length > 0;
    const first = this.store.draw(outside.length, this.#way.hole());
    const events = outside.map(({ contact, type, data, actor }, i) => {
      const position = first + i;
      return { position, type, data, contact, occurredAt: now, cause: null, root: position, depth: 0, actor };
    });
    if (this.#way.door === undefined || isUndecided) this.store.append(events, false);
    else this.#decideAtDoor(events, now, this.#way.door());
  }

  /** As decider/decide-in-parts.ts: all of one contact in one part; what is not settled stands behind all that is. */
  #decideAtDoor(events: readonly Recorded[], now: number, size: number): void {
    const known = { ...this.#inputFor(events, now) };
    const deferred = new Set<string>();
    const parts: Decided[] = [];
    for (const part of partsOf(events, size)) {
      const decided = this.#decide({ ...known, events: part, deferred: new Set(deferred) });
      for (const event of decided.plan.events) if (!event.isSettled) deferred.add(event.contact ?? "");
      parts.push(decided);
    }
    const settled = parts.reduce((sum, { rows }) => sum + rows.settled, 0);
    const all = parts.reduce((sum, { plan }) => sum + plan.events.length, 0);
    const first = this.store.draw(all);
    this.store.append(events, true);
    this.store.noteDecided(events.map(({ position }) => position));
    for (const { plan } of parts) this.store.cancel(plan.cancels);
    let at = first;
    let behind = first + settled;
    for (const decided of parts) {
      this.store.write({ ...decided, plan: { ...decided.plan, cancels: [] } }, now, at, behind);
      at += decided.rows.settled;
      behind += decided.plan.events.length - decided.rows.settled;
    }
    this.store.place = (events.at(-1)?.position ?? 0) + settled;
  }

  /** Decides what waits, batch by batch. @param isWhole in one batch, as long as that is. */
  run(now: number, isWhole = false): void {
    for (let turns = 0; ; turns++) {
      demand(turns < 2_000, "the runner comes to no end");
      const events = this.store.readUnsettled(isWhole ? Number.MAX_SAFE_INTEGER : this.#way.batch());
      if (events.length === 0) return;
      this.#commit(events, now);
    }
  }

  /** As decider/runner.ts, `#write`. */
  #commit(events: readonly Recorded[], now: number): void {
    const { store } = this;
    const last = events.at(-1)?.position ?? 0;
    const input = { ...this.#inputFor(events, now), events };
    let decided = this.#decide(input);
    const about = new Set(decided.plan.events.map(({ contact }) => contact));
    const waiting = store.log.filter(
      ({ position, contact }) => position > last && contact !== null && about.has(contact),
    );
    const { newest } = store;
    const { settled } = decided.rows;
    const deferred = new Set(waiting.map(({ contact }) => contact ?? ""));
    let used = store.keysOnRecord(keysOf(decided.plan));
    for (let more = used; waiting.length > 0 || more.size > 0; ) {
      decided = this.#decide({ ...input, deferred, usedKeys: used });
      more = store.keysOnRecord(keysOf(decided.plan)).difference(used);
      used = used.union(more);
      if (more.size === 0) break;
    }
    const first = store.draw(decided.plan.events.length, this.#way.hole());
    store.noteDecided(events.map(({ position }) => position));
    store.write(decided, now, first);
    store.place = waiting.length === 0 && newest <= last && settled > 0 ? first + settled - 1 : last;
  }

  /** Ends attempts of tasks, as decider/decide-results.ts does, or by themselves. */
  finish(
    done: readonly { readonly task: OpenRow; readonly handler: string; readonly outcome: Outcome }[],
    now: number,
  ): void {
    const results = done.map(({ task, handler, outcome }) => resultOf(task, handler, outcome, now));
    const writing = gatherResults(results, now, this.#work);
    const isApart = !this.#way.decidesResults() || this.store.readUnsettled(1).length > 0;
    if (isApart || !this.#decideResults(done, writing, now)) {
      this.store.writeApart(writing, this.store.draw(writing.events.length, this.#way.hole()));
    }
  }

  /** @returns whether it could be: what a result asks for and a workflow calls off at once has to be there before. */
  #decideResults(
    done: readonly { readonly task: OpenRow; readonly handler: string }[],
    writing: ReturnType<typeof gatherResults>,
    now: number,
  ): boolean {
    const about = writing.events.map((event) => ({ ...event, position: event.cause ?? 0 }));
    const known = this.#inputFor(about, now);
    const births = new Map(
      done.map(({ task }) => [task.causes[0] ?? 0, task.bornAt ?? this.store.bornAt(task.causes[0] ?? 0)]),
    );
    const ended = new Set(writing.finished.map(({ id }) => id));
    const finished = writing.finished.flatMap(({ id, state, error, result }): InlineTask[] => {
      const of = done.find(({ task }) => task.id === id);
      if (of === undefined) return [];
      const held = { attempt: of.task.attempt + 1, startedAt: now, slept: of.task.slept };
      return [{ ...of.task, state: "NOT_STARTED", finalState: state, worker: of.handler, error, result, held }];
    });
    const input = {
      ...known,
      births: new Map([...known.births, ...births]),
      events: [],
      openTasks: known.openTasks.filter(({ id }) => !ended.has(id)),
      stated: { ...writing, finished },
    };
    const following = ({ plan: { emails, alerts } }: Decided) =>
      keysOf({ emails: emails.slice(writing.emails.length), alerts: alerts.slice(writing.alerts.length) });
    let decided = this.#decide(input);
    let used = this.store.keysOnRecord(following(decided));
    for (let more = used; more.size > 0; used = used.union(more)) {
      decided = this.#decide({ ...input, usedKeys: used });
      more = this.store.keysOnRecord(following(decided)).difference(used);
    }
    const { cancels } = decided.plan;
    const isCalledOff = writing.tasks.some((task) =>
      cancels.some(
        (off) =>
          off.contact === task.contact && off.kind === task.kind && task.mergeKey.startsWith(off.keyPrefix ?? ""),
      ),
    );
    if (isCalledOff) return false;
    // The rows of ended tasks are taken out here and written with the plan.
    for (const [key, task] of [...this.store.open]) if (ended.has(task.id)) this.store.open.delete(key);
    this.store.end({ finished: [], paused: writing.paused });
    const { newest } = this.store;
    const isBehind = this.store.place >= newest;
    const first = this.store.draw(decided.plan.events.length, this.#way.hole());
    this.store.write(decided, now, first);
    demand(isBehind || this.store.place <= newest, "the place stands behind the log");
    return true;
  }

  /** A person ends a task. */
  endByPerson(task: OpenRow, now: number): void {
    const { id, kind, contact, root, depth } = task;
    const position = this.store.draw(1, this.#way.hole());
    this.store.end({ finished: [{ id, state: "COMPLETED", error: null, result: undefined }], paused: [] });
    const data = { task: id, kind, attempt: task.attempt, by: "ada" };
    const about = { contact, cause: task.causes[0] ?? null, root, depth: depth + 1, occurredAt: now };
    this.store.append([{ position, type: "task_completed", data, actor: "person:ada", ...about }], false);
  }

  /** As decider/read-input.ts. */
  #inputFor(
    events: readonly Pick<Recorded, "position" | "type" | "contact" | "depth">[],
    now: number,
  ): Omit<CascadeInput, "events"> {
    const { store } = this;
    const ids = new Set(events.flatMap(({ contact }) => contact ?? []));
    const contacts = new Map<string, Contact>();
    for (const id of ids) {
      const contact = store.contacts.get(id);
      if (contact !== undefined) contacts.set(id, contact);
    }
    const named = new Set(events.filter(({ type }) => NAMING.has(type)).map(({ contact }) => contact));
    const strangers = [...ids].filter((id) => !contacts.has(id) && !named.has(id));
    const deep = events.filter(({ depth, position }) => depth > 0 && store.byPosition.has(position));
    return {
      contacts,
      names: new Map(strangers.map((id) => [id, { email: `p${Number(id.slice(-3))}@acme-systems.example` }])),
      births: new Map(deep.map(({ position }) => [position, store.bornAt(position)])),
      openTasks: [...store.open.values()].flatMap(({ id, contact, mergeKey }) =>
        contact !== null && ids.has(contact) ? [{ id, contact, mergeKey }] : [],
      ),
      deferred: new Set(),
      now,
      takeTaskGroup: store.takeTaskGroup,
    };
  }

  #decide(input: CascadeInput): Decided {
    const plan = cascade(this.#rules, input);
    return { plan, rows: layOut(plan) };
  }
}

function partsOf(events: readonly Recorded[], size: number): Recorded[][] {
  const parts: Recorded[][] = [];
  const partOf = new Map<string, Recorded[]>();
  for (const event of events) {
    let part = partOf.get(event.contact ?? "") ?? parts.at(-1);
    if (part === undefined || (part.length >= size && !partOf.has(event.contact ?? ""))) {
      part = [];
      parts.push(part);
    }
    part.push(event);
    partOf.set(event.contact ?? "", part);
  }
  return parts;
}

function resultOf(task: OpenRow, handler: string, outcome: Outcome, now: number): Result {
  const { causes, attempt, priority } = task;
  const claim = {
    attempt: attempt + 1,
    fence: 1,
    cause: causes[0] ?? (0 as Position),
    priority: rankOf[priority],
    claim: 1,
  };
  const held = { startedAt: now, heldBy: "worker", isBegunInLog: false };
  return { task: { ...task, ...claim, ...held }, handler, outcome };
}
