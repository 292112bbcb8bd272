/**
 * The runner: reads the log past its cursor, lets the workflows decide, and writes everything that follows in one
 * transaction per batch: contacts, decisions, tasks, timers, e-mails, alerts, new events and the cursor itself.
 * Either all of it happened or none, so there is nothing to lose and nothing to do twice. What comes in while nothing
 * waits is decided before it is in the log (decide-at-intake.ts) and never read here.
 */

import type { Clock } from "../base/clock.ts";
import { messageOf } from "../base/errors.ts";
import { failpoint } from "../base/failpoint.ts";
import type { ClockWatch } from "../db/clock-watch.ts";
import { uuidColumn } from "../db/columns.ts";
import type { Database, Tx } from "../db/database.ts";
import { Leadership } from "../db/leadership.ts";
import { PollLoop } from "../db/poll-loop.ts";
import type { Topic, WakeUps } from "../db/wake.ts";
import type { Position } from "../events/event.ts";
import { readUnsettledEvents } from "../events/log.ts";
import { lockLog } from "../events/log-lock.ts";
import { reserveAfter } from "../events/log-writer.ts";
import { moveCursor, registerSubscription } from "../events/subscription.ts";
import type { TaskIds } from "../tasks/task-ids.ts";
import { WorkflowSet } from "../workflows/workflow-set.ts";
import { cascadeInSteps } from "./cascade.ts";
import type { CascadeInput, CascadeRules } from "./cascade-unit.ts";
import type { ChainWidths } from "./chain-widths.ts";
import { holdCursor, PlaceMoved, RUNNER_SUBSCRIPTION, readCursor } from "./cursor.ts";
import { type Decide, type Decided, decided, decidedInSteps, isPoison } from "./decided.ts";
import { keysOnRecord } from "./keys-on-record.ts";
import { keysOf, NO_KEYS, type OnceKeys } from "./once-keys.ts";
import { emptyPlan, type Plan } from "./plan.ts";
import { IDS_PER_EVENT, NO_CONTACTS, readInput } from "./read-input.ts";
import { writePlan } from "./write-plan.ts";

export const RUNNER_LOCK = 7_241_034;
/** A leader that has work and has not moved for so long is taken for stopped. */
const LEADER_TIMEOUT_MS = 15_000;
export interface RunnerOptions {
  readonly db: Database;
  readonly wakeUps: WakeUps;
  readonly clock: Clock;
  readonly taskIds: TaskIds;
  /** Asked for each batch, so that reloaded workflows take effect between two batches. */
  readonly rules: () => CascadeRules;
  readonly agingMs: number;
  /** Counts what was written, whoever has decided it. */
  readonly widths: ChainWidths;
  /** A process whose clock is off decides nothing. */
  readonly clockWatch: ClockWatch;
  /** Events at most per batch. Default 500. */
  readonly batchSize: number;
  readonly sweepMs: number;
  /** Called when this process begins to decide. */
  readonly onLead?: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** Events read and decided, not yet written. */
interface Batch extends Decided {
  readonly input: CascadeInput;
  /** Decides the input: once more, when others have appended meanwhile. */
  readonly decide: Decide;
  /** The contacts the events are about. */
  readonly contacts: ReadonlySet<string>;
  /** Where the cursor stands before, and the last event of the batch. */
  readonly cursor: Position;
  readonly last: Position;
}

export class Runner {
  readonly #options: RunnerOptions;
  readonly #looper: PollLoop;
  readonly #leadership: Leadership;
  /** What a process that does not lead has seen last: a leader with work that does not move is deposed. */
  #watched = { cursor: -1, since: 0 };
  #forget: (() => void) | undefined;
  #isStopping = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#leadership = new Leadership(options.db, RUNNER_LOCK);
    this.#looper = new PollLoop({ turn: () => this.#turn(), sweepMs: options.sweepMs, onError: options.onError });
  }

  async start(): Promise<void> {
    await registerSubscription(this.#options.db, RUNNER_SUBSCRIPTION);
    this.#forget = this.#options.wakeUps.on("events", () => this.#looper.trigger());
    this.#looper.start();
  }

  async stop(): Promise<void> {
    this.#forget?.();
    this.#isStopping = true;
    await this.#looper.stop();
    await this.#leadership.release();
  }

  trigger(): void {
    this.#looper.trigger();
  }

  get isIdle(): boolean {
    return this.#looper.isIdle;
  }

  /** Is it this process that decides? */
  get leads(): boolean {
    return this.#leadership.leads && !this.#options.clockWatch.hasJumped;
  }

  /** Resolves when it has decided what it knows of. */
  rested(): Promise<void> {
    return this.#looper.rested();
  }

  /** Batch after batch: while one is being written, the next one is read and decided. */
  async #turn(): Promise<boolean> {
    if (await this.#options.clockWatch.isOff()) {
      await this.#leadership.release();
      return false;
    }
    if (!(await this.#lead())) return this.#standBy();
    try {
      return await this.#handleAll().catch((error: unknown) => this.#handleApart(error));
    } catch (error) {
      // Read just before another process decided it, or an erasure wrote its contact: looked at once more, there is less to do, or nothing.
      if (error instanceof PlaceMoved || isContactThere(error)) return true;
      throw error;
    }
  }

  async #lead(): Promise<boolean> {
    const led = this.#leadership.leads;
    const leads = await this.#leadership.lead();
    if (leads && !led) await this.#options.onLead?.();
    return leads;
  }

  async #handleAll(): Promise<boolean> {
    let batch = await this.#prepare(await readCursor(this.#options.db), NO_CONTACTS);
    while (typeof batch === "object" && !this.#isStopping) {
      const [written, next] = await Promise.allSettled([
        this.#commit(batch),
        this.#prepare(batch.last, batch.contacts),
      ]);
      if (written.status === "rejected") throw written.reason;
      if (next.status === "rejected") throw next.reason;
      batch = typeof next.value === "object" ? { ...next.value, cursor: written.value } : next.value;
    }
    return batch === "has to wait";
  }

  /** One event that cannot be decided or written must not stop the feed: each is handled alone, that one set aside. */
  async #handleApart(error: unknown): Promise<boolean> {
    if (isContactThere(error) || !isPoison(error)) throw error;
    this.#options.onError(error);
    for (let i = 0; i < this.#options.batchSize && !this.#isStopping; i++) {
      const cursor = await readCursor(this.#options.db);
      const failure = await this.#handleOne(cursor, this.#decide).catch(poisonOf);
      if (failure === "nothing") return false;
      if (failure === undefined) continue;
      // What it says of its contact is kept where possible; what it would have led to is not.
      const folded = await this.#handleOne(cursor, this.#foldOnly(failure)).catch(poisonOf);
      if (folded !== undefined) await this.#handleOne(cursor, giveUp(failure));
    }
    return true;
  }

  async #handleOne(cursor: Position, decide: Decide): Promise<"nothing" | undefined> {
    const batch = await this.#prepare(cursor, NO_CONTACTS, decide, 1);
    if (typeof batch !== "object") return "nothing";
    await this.#commit(batch);
    return undefined;
  }

  readonly #decide: Decide = (input) => cascadeInSteps(this.#options.rules(), input);

  #foldOnly(failure: unknown): Decide {
    const rules = { ...this.#options.rules(), workflows: new WorkflowSet([]) };
    return withDeadLettersFor(failure, (input) => cascadeInSteps(rules, input));
  }

  /** Another process leads; it may be stopped without being dead (SIGSTOP, a machine that sleeps). */
  async #standBy(): Promise<boolean> {
    const { db } = this.#options;
    const cursor = await readCursor(db);
    const waiting = await readUnsettledEvents(db, cursor, 1);
    const hasMoved = cursor !== this.#watched.cursor || waiting.length === 0;
    if (hasMoved) this.#watched = { cursor, since: performance.now() };
    if (performance.now() - this.#watched.since > LEADER_TIMEOUT_MS) await this.#leadership.depose();
    return false;
  }

  /**
   * Reads and decides the events after `after`. A batch that shares a contact with the one being written (`busy`) has to
   * wait until that is committed, since what is known of the contact is about to change.
   */
  async #prepare(
    after: Position,
    busy: ReadonlySet<string>,
    decide = this.#decide,
    batchSize = this.#options.batchSize,
  ): Promise<Batch | "nothing" | "has to wait"> {
    const events = await readUnsettledEvents(this.#options.db, after, batchSize);
    const last = events.at(-1)?.position;
    if (last === undefined) return "nothing";
    failpoint("after-batch-read");
    const ids = new Set(events.flatMap((event) => event.contact ?? []));
    if (!ids.isDisjointFrom(busy)) return "has to wait";
    const input = { ...(await readInput(this.#options, events)), events };
    return { input, ...(await decidedInSteps(decide, input)), decide, contacts: ids, cursor: after, last };
  }

  /** @returns where the cursor is now. */
  async #commit(batch: Batch): Promise<Position> {
    const { db, wakeUps } = this.#options;
    failpoint("before-batch-written");
    const { plan, cursor, topic } = await db.transaction((tx) => this.#write(tx, batch));
    failpoint("after-batch-written");
    this.#options.widths.add(plan, topic === "decided");
    if (plan.tasks.length > 0 || plan.timers.length > 0) wakeUps.local("tasks");
    if (topic !== undefined) wakeUps.local(topic);
    return cursor;
  }

  async #write(tx: Tx, batch: Batch): Promise<{ plan: Plan; cursor: Position; topic: Topic | undefined }> {
    const { input, plan, rows, cursor, last } = batch;
    if (plan.events.length === 0) {
      await Promise.all([lockLog(tx), holdCursor(tx, cursor)]);
      await this.#finish(tx, { plan, rows, first: 0 }, input.now, last, undefined);
      return { plan, cursor: last, topic: undefined };
    }
    const contacts = [...new Set(plan.events.flatMap((event) => event.contact ?? []))];
    const [{ first, newest }, waiting, used] = await Promise.all([
      reserveAfter(tx, plan.events.length),
      contactsWithEventsAfter(tx, last, contacts),
      keysOnRecord(tx, keysOf(plan), NO_KEYS),
      holdCursor(tx, cursor),
    ]);
    const isAsItWas = waiting.length === 0 && used.size === 0;
    const settled = isAsItWas ? { plan, rows, first } : await this.#onceMore(tx, batch, { waiting, used, first });
    // Nothing was appended behind the batch: the cursor may step over the plan's own events as far as they are settled.
    const reached = newest <= last && rows.settled > 0 ? first + rows.settled - 1 : last;
    const topic = reached > last && settled.rows.settled === settled.plan.events.length ? "decided" : "events";
    await this.#finish(tx, settled, input.now, reached, topic);
    return { plan: settled.plan, cursor: reached, topic };
  }

  /**
   * While the batch was decided, others have appended events of its contacts: what the batch leads to then stands
   * behind those in the log and must be decided behind them. Or they have done what may be done once. The batch is decided
   * again with these contacts deferred, and these keys used.
   */
  async #onceMore(tx: Tx, { input, decide }: Batch, seen: Seen): Promise<Drawn> {
    const deferred = new Set(seen.waiting);
    let { used } = seen;
    for (;;) {
      await this.#options.taskIds.ensure(tx, input.events.length * IDS_PER_EVENT);
      const again = decided(decide, { ...input, deferred, usedKeys: used });
      // Where something is not done another thing may be, of a key that is used, too.
      const more = await keysOnRecord(tx, keysOf(again.plan), used);
      if (more.size === 0) return { ...again, first: await this.#drawAgain(tx, again.plan, seen.first) };
      used = used.union(more);
    }
  }

  /** The second plan has other events; the positions drawn for the first one stay a hole. */
  async #drawAgain(tx: Tx, { events }: Plan, first: Position): Promise<Position> {
    return events.length === 0 ? first : (await reserveAfter(tx, events.length)).first;
  }

  async #finish(tx: Tx, drawn: Drawn, now: number, cursor: Position, topic: Topic | undefined): Promise<void> {
    const { plan, rows, first } = drawn;
    const { agingMs, wakeUps } = this.#options;
    failpoint("before-cursor-moved");
    await Promise.all([
      writePlan(tx, plan, rows, first, { now, agingMs }),
      moveCursor(tx, RUNNER_SUBSCRIPTION, cursor),
      topic === undefined ? undefined : wakeUps.remote(tx, topic),
      plan.tasks.length > 0 ? wakeUps.remote(tx, "tasks") : undefined,
    ]);
  }
}

/** What was found under the log's lock, with the position drawn for the first plan. */
interface Seen {
  readonly waiting: readonly string[];
  readonly used: OnceKeys;
  readonly first: Position;
}

/** A plan whose first event has its position. */
interface Drawn extends Decided {
  readonly first: Position;
}

/**
 * A contact that was not there when the batch was read is there when it is written: an erasure writes contacts too. No
 * event is at fault.
 */
function isContactThere(error: unknown): boolean {
  return error instanceof Error && (error as { constraint?: unknown }).constraint === "contacts_pkey";
}

function poisonOf(error: unknown): unknown {
  if (isPoison(error) && !isContactThere(error)) return error;
  throw error;
}

/** Nothing of the events but that they could not be handled. */
function giveUp(failure: unknown): Decide {
  return withDeadLettersFor(failure, function* () {
    yield;
    return emptyPlan();
  });
}

function withDeadLettersFor(failure: unknown, decide: Decide): Decide {
  return function* (input) {
    return withLetters(yield* decide(input), input, failure);
  };
}

function withLetters(plan: Plan, input: CascadeInput, failure: unknown): Plan {
  for (const { position } of input.events) {
    plan.deadLetters.push({ workflow: "all", event: position, error: messageOf(failure) });
  }
  return plan;
}

async function contactsWithEventsAfter(tx: Tx, after: Position, contacts: readonly string[]): Promise<string[]> {
  // Asked contact by contact: as one join it took 47 ms a batch in a drain, under the lock; so, 10 with its wait.
  const rows = await tx.query<{ contact: string }>(
    `select contact from unnest($1::uuid[]) as of(contact)
     where exists (select from single_events e where e.contact = of.contact and e.position > $2 limit 1)
        or exists (select from settlements s where s.contact = of.contact and s.last > $2 limit 1)`,
    [uuidColumn(contacts), after],
    "contacts_with_events_after",
  );
  return rows.map((row) => row.contact);
}
