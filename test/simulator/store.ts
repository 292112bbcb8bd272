/**
 * A database of plain maps: what one transaction writes is written here in the same order and under the same rules of
 * uniqueness, and the rows of a plan are unfolded as the views of the database unfold them.
 */
import type { Contact } from "../../packages/millrace/src/contacts/contact.ts";
import type { Decided } from "../../packages/millrace/src/decider/decided.ts";
import type { Settlement } from "../../packages/millrace/src/decider/layout.ts";
import type { Reference } from "../../packages/millrace/src/events/draft.ts";
import type { Json, Position, RecordedEvent } from "../../packages/millrace/src/events/event.ts";
import type { SettledEvent } from "../../packages/millrace/src/events/settlement.ts";
import type { Timer } from "../../packages/millrace/src/events/timers.ts";
import { mergeDrafts, type TaskDraft } from "../../packages/millrace/src/tasks/draft.ts";
import type { Writing } from "../../packages/millrace/src/tasks/finish.ts";
import type { AlertRow, EmailRow } from "../../packages/millrace/src/tasks/ledger.ts";
import type { CancelRequest } from "../../packages/millrace/src/tasks/queue.ts";
import { TASK_GROUP } from "../../packages/millrace/src/tasks/task-ids.ts";

/** An open task, its causes being positions. */
export type OpenRow = TaskDraft & { readonly slept: boolean };

export interface FinishedTask {
  readonly id: number;
  readonly kind: string;
  readonly contact: string | null;
  readonly mergeKey: string;
  readonly state: string;
  readonly root: Position;
}

export interface StoredDecision {
  readonly event: Position;
  readonly workflow: string;
  readonly branch: string;
  readonly because: string | undefined;
}

/** Something that must never be, in words. */
export class Violation extends Error {}

export function demand(holds: boolean, words: string): asserts holds {
  if (!holds) throw new Violation(words);
}

/** Positions and ids are of ranges of their own, so that no other number is taken for one. */
const FIRST_POSITION = 1_000_000_001;
const FIRST_TASK = TASK_GROUP * 500_000_000_000;

export class Store {
  readonly log: RecordedEvent<string, Json>[] = [];
  readonly byPosition = new Map<Position, RecordedEvent<string, Json>>();
  /** Written and not yet decided. */
  readonly unsettled = new Set<Position>();
  /** How often an event was decided. */
  readonly decided = new Map<Position, number>();
  readonly contacts = new Map<string, Contact>();
  readonly open = new Map<string, OpenRow>();
  readonly finished = new Map<number, FinishedTask>();
  readonly emails = new Map<string, EmailRow>();
  readonly alerts = new Map<string, AlertRow>();
  readonly timers = new Map<string, Timer>();
  readonly decisions: StoredDecision[] = [];
  readonly deadLetters: string[] = [];
  place: Position = 0;
  #next = FIRST_POSITION;
  #task = FIRST_TASK;

  get newest(): Position {
    return this.log.at(-1)?.position ?? 0;
  }

  /** @param hole positions that are drawn and given up, as by a transaction that is rolled back. */
  draw(count: number, hole = 0): Position {
    const first = this.#next + hole;
    this.#next = first + count;
    return first;
  }

  readonly takeTaskGroup = (): number => {
    this.#task = (Math.floor(this.#task / TASK_GROUP) + 1) * TASK_GROUP;
    return this.#task;
  };

  readonly takeTask = (): number => {
    this.#task += 1;
    return this.#task;
  };

  /** Appends what stands for itself. */
  append(events: readonly RecordedEvent<string, Json>[], isSettled: boolean): void {
    for (const event of events) {
      demand(event.position > this.newest, `position ${event.position} stands behind ${this.newest}`);
      this.log.push(event);
      this.byPosition.set(event.position, event);
      if (!isSettled) this.unsettled.add(event.position);
    }
  }

  readUnsettled(limit: number): RecordedEvent<string, Json>[] {
    const waiting: RecordedEvent<string, Json>[] = [];
    // From the end: what waits is always among the newest.
    for (let i = this.log.length - 1; i >= 0; i--) {
      const event = this.log[i];
      if (event === undefined || event.position <= this.place) break;
      if (this.unsettled.has(event.position)) waiting.push(event);
    }
    return waiting.toReversed().slice(0, limit);
  }

  noteDecided(positions: readonly Position[]): void {
    for (const position of positions) this.decided.set(position, (this.decided.get(position) ?? 0) + 1);
  }

  /** When the cascade an event is of began. */
  bornAt(position: Position): number {
    let event = this.byPosition.get(position);
    while (event !== undefined && event.depth > 0 && event.cause !== null) event = this.byPosition.get(event.cause);
    demand(event !== undefined, `the way back from ${position} leads nowhere`);
    return event.occurredAt;
  }

  /** Writes a plan laid out in rows. @param first the position of its first event, `behind` of the first that is not settled. */
  write({ plan, rows }: Decided, now: number, first: Position, behind?: Position): void {
    const positions = rows.positions(first, behind);
    this.cancel(plan.cancels);
    const written = rows.settlements.flatMap((row) => this.#unfold(row, first + row.offset));
    for (const event of rows.alone.events) {
      const { reference, isSettled, ...rest } = event;
      const cause = rest.cause === null ? null : positions(rest.cause);
      const position = positions(reference);
      written.push({ ...rest, data: JSON.parse(JSON.stringify(rest.data)), position, cause });
      if (!isSettled) this.unsettled.add(position);
    }
    written.sort((a, b) => a.position - b.position);
    const before = this.log.length - 1;
    const expected = new Map(plan.events.map((event) => [positions(event.reference), event]));
    demand(written.length === plan.events.length, `${written.length} events written of ${plan.events.length}`);
    demand(expected.size === plan.events.length, "two events of a plan have one position");
    for (const event of written) {
      const draft = expected.get(event.position);
      demand(draft?.type === event.type && draft.contact === event.contact, `${event.type} stands in another's place`);
      demand(draft.cause === null || positions(draft.cause) === event.cause, `${event.type} names another cause`);
      this.log.push(event);
      this.byPosition.set(event.position, event);
      if (draft.isSettled) this.noteDecided([event.position]);
    }
    // Parts of a group decided at the door stand in each other's midst.
    if (this.log.some(({ position }, i) => i > before && position < (this.log[i - 1]?.position ?? 0))) {
      this.log.sort((a, b) => a.position - b.position);
    }
    for (const { contact, isNew } of plan.contacts) {
      demand(
        isNew !== this.contacts.has(contact.id),
        `contact ${contact.id} is ${isNew ? "there already" : "not there"}`,
      );
      // As it will be read: what is undefined is not there.
      this.contacts.set(contact.id, JSON.parse(JSON.stringify(contact)));
    }
    for (const decision of rows.alone.decisions) this.#decision({ ...decision, event: positions(decision.event) });
    this.insert(plan.tasks.map((task) => ({ ...task, causes: task.causes.map(positions) })));
    for (const task of rows.alone.finished) {
      this.finish({ ...task, state: task.finalState });
    }
    this.record(plan);
    for (const key of plan.stoppedTimers) this.timers.delete(key);
    for (const timer of plan.timers) this.timers.set(timer.key, { ...timer, cause: positions(timer.cause) });
    for (const { workflow, error } of plan.deadLetters) this.deadLetters.push(`${workflow}: ${error}`);
    demand(now > 0, "time stands still");
  }

  /** What results lead to by themselves; the runner decides the events later. */
  writeApart(writing: Writing, first: Position): void {
    const positions = (reference: Reference) => (reference < 0 ? first - reference - 1 : reference);
    this.end(writing);
    this.append(
      writing.events.map(({ reference, ...event }) => ({
        ...event,
        position: positions(reference),
        cause: event.cause === null ? null : positions(event.cause),
        data: JSON.parse(JSON.stringify(event.data)),
      })),
      false,
    );
    this.record(writing);
    this.insert(writing.tasks.map((task) => ({ ...task, causes: task.causes.map(positions) })));
  }

  /** Takes ended tasks out of the queue, and puts paused ones back. */
  end({ finished, paused }: Pick<Writing, "finished" | "paused">): void {
    for (const { id, state } of finished) {
      const task = this.taskOf(id);
      demand(task !== undefined, `task ${id} ended and was not open`);
      this.open.delete(keyOf(task));
      this.finish({ ...task, state });
    }
    for (const { id, notBefore, error, attemptUnused } of paused) {
      const task = this.taskOf(id);
      demand(task !== undefined, `task ${id} waits and was not open`);
      const attempt = task.attempt + (attemptUnused ? 0 : 1);
      this.open.set(keyOf(task), { ...task, state: "WAITING", notBefore, error, attempt, slept: true });
    }
  }

  taskOf(id: number): OpenRow | undefined {
    for (const task of this.open.values()) if (task.id === id) return task;
    return undefined;
  }

  cancel(wishes: readonly CancelRequest[]): void {
    for (const { contact, kind, keyPrefix } of wishes) {
      for (const task of [...this.open.values()]) {
        if (task.contact !== contact || task.kind !== kind || !task.mergeKey.startsWith(keyPrefix ?? "")) continue;
        this.open.delete(keyOf(task));
        this.finish({ ...task, state: "CANCELLED" });
      }
    }
  }

  finish({ id, kind, contact, mergeKey, state, root }: FinishedTask): void {
    demand(!this.finished.has(id), `task ${id} (${kind}) ended twice`);
    this.finished.set(id, { id, kind, contact, mergeKey, state, root });
  }

  insert(drafts: readonly TaskDraft[]): void {
    for (const draft of drafts) {
      demand(!this.finished.has(draft.id), `task ${draft.id} (${draft.kind}) is asked for and has ended`);
      demand(this.taskOf(draft.id) === undefined, `task ${draft.id} (${draft.kind}) is there twice`);
      const open = this.open.get(keyOf(draft));
      const merged =
        open === undefined ? { ...draft, slept: draft.notBefore !== null } : { ...open, ...mergeDrafts(open, draft) };
      this.open.set(keyOf(draft), merged);
    }
  }

  record({ emails, alerts }: Pick<Writing, "emails" | "alerts">): void {
    for (const email of emails) {
      const key = email.state === "suppressed" ? `${email.onceKey}#suppressed:${email.task}` : email.onceKey;
      if (!this.emails.has(key)) this.emails.set(key, email);
    }
    for (const alert of alerts) if (!this.alerts.has(alert.onceKey)) this.alerts.set(alert.onceKey, alert);
  }

  /** As decider/once-keys.ts. */
  keysOnRecord(keys: readonly string[]): ReadonlySet<string> {
    const isThere = (key: string) =>
      key.startsWith("email ")
        ? this.emails.has(key.slice("email ".length))
        : this.alerts.has(key.slice("alert ".length));
    return new Set(keys.filter(isThere));
  }

  #unfold(row: Settlement, first: Position): RecordedEvent<string, Json>[] {
    const placed = (reference: Reference) => (reference < 0 ? first - reference - 1 : reference);
    const events = JSON.parse(row.events) as SettledEvent[];
    demand(events.length === row.types.length, "a settlement has not one type for each event");
    const decisions = JSON.parse(row.decisions) as [Reference, string, string, string, Json, string | undefined][];
    for (const [event, workflow, , branch, , because] of decisions) {
      this.#decision({ event: placed(event), workflow, branch, because: because ?? undefined });
    }
    for (const [id, kind, mergeKey, state, , , , , , , , , root] of JSON.parse(row.tasks) as unknown[][]) {
      demand(Math.floor((id as number) / TASK_GROUP) === row.taskGroup, `task ${id} is of another group`);
      this.finish({ id, kind, mergeKey, state, root, contact: row.contact } as FinishedTask);
    }
    return events.map(([cause, root, depth, actor, occurredAt, data], i) => ({
      position: first + i,
      type: row.types[i] ?? "",
      contact: row.contact,
      data,
      cause: cause === null ? null : placed(cause),
      root,
      depth,
      actor,
      occurredAt,
    }));
  }

  #decision({ event, workflow, branch, because }: StoredDecision): void {
    this.decisions.push({ event, workflow, branch, because });
  }
}

function keyOf({ contact, mergeKey }: Pick<TaskDraft, "contact" | "mergeKey">): string {
  return `${contact}\n${mergeKey}`;
}
