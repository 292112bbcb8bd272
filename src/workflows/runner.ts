/**
 * The runner: reads the log past its place, lets the workflows decide, and writes everything that follows in one
 * transaction per batch: contacts, decisions, tasks, timers, e-mails, alerts, new events and the place itself.
 * Either all of it happened or none, so there is nothing to lose and nothing to do twice.
 */
import type { Clock } from "../clock.ts";
import { loadContacts } from "../contacts/store.ts";
import { uuidColumn } from "../db/columns.ts";
import type { Database, Tx } from "../db/database.ts";
import { Looper } from "../db/looper.ts";
import type { WakeUps } from "../db/wake.ts";
import type { Json, Position, RecordedEvent } from "../events/event.ts";
import { readUnsettledEvents, reservePositions } from "../events/log.ts";
import { registerSubscription } from "../events/subscription.ts";
import { openTasksOf } from "../tasks/queue.ts";
import type { TaskIds } from "../tasks/task-ids.ts";
import { type CascadeInput, type CascadeRules, cascade } from "./cascade.ts";
import type { Plan } from "./plan.ts";
import { writePlan } from "./write-plan.ts";

/** The name under which the runner's place is kept. */
export const RUNNER_SUBSCRIPTION = "workflows";
/** Ids set aside per event of a batch; a cascade of one event asks for a handful. */
const IDS_PER_EVENT = 60;

export interface RunnerOptions {
  readonly db: Database;
  readonly wakeUps: WakeUps;
  readonly clock: Clock;
  readonly taskIds: TaskIds;
  /** Asked for each batch, so that reloaded workflows take effect between two batches. */
  readonly rules: () => CascadeRules;
  readonly agingMs: number;
  /** Events at most per batch. Default 500. */
  readonly batchSize: number;
  readonly sweepMs: number;
  readonly onError: (error: unknown) => void;
}

export class Runner {
  readonly #options: RunnerOptions;
  readonly #looper: Looper;
  #forget: (() => void) | undefined;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#looper = new Looper({ turn: () => this.#turn(), sweepMs: options.sweepMs, onError: options.onError });
  }

  async start(): Promise<void> {
    await registerSubscription(this.#options.db, RUNNER_SUBSCRIPTION);
    this.#forget = this.#options.wakeUps.on("events", () => this.#looper.poke());
    this.#looper.start();
  }

  async stop(): Promise<void> {
    this.#forget?.();
    await this.#looper.stop();
  }

  poke(): void {
    this.#looper.poke();
  }

  get isIdle(): boolean {
    return this.#looper.isIdle;
  }

  async #turn(): Promise<boolean> {
    const { db, batchSize } = this.#options;
    const place = await readPlace(db);
    const events = await readUnsettledEvents(db, place, batchSize);
    if (events.length === 0) return false;
    await this.#handle(events, place);
    return events.length === batchSize;
  }

  async #handle(events: readonly RecordedEvent<string, Json>[], place: Position): Promise<void> {
    const { db, clock, taskIds, wakeUps } = this.#options;
    const ids = [...new Set(events.flatMap((event) => event.contact ?? []))];
    const [contacts, openTasks] = await Promise.all([loadContacts(db, ids), openTasksOf(db, ids)]);
    await taskIds.ensure(db, events.length * IDS_PER_EVENT);
    const input: CascadeInput = {
      events,
      contacts,
      openTasks,
      deferred: new Set(),
      now: clock.now(),
      takeTaskId: () => taskIds.take(),
    };
    const plan = await db.transaction((tx) => this.#write(tx, input, place));
    if (plan.tasks.length > 0) wakeUps.local("tasks");
    if (plan.events.length > 0) wakeUps.local("events");
  }

  async #write(tx: Tx, input: CascadeInput, place: Position): Promise<Plan> {
    const { wakeUps, agingMs, rules } = this.#options;
    const last = input.events.at(-1)?.position ?? place;
    const plan = cascade(rules(), input);
    if (plan.events.length === 0) {
      await this.#finish(tx, plan, 0, input.now, agingMs);
      await movePlaceFrom(tx, place, last);
      return plan;
    }
    const { first, newest } = await reserveAfter(tx, plan.events.length);
    const settled = await this.#behindOthers(tx, input, plan, first, last, newest);
    await this.#finish(tx, settled.plan, settled.first, input.now, agingMs);
    const isCaughtUp = newest <= last;
    await movePlaceFrom(tx, place, isCaughtUp ? lastSettled(settled.plan, settled.first, last) : last);
    await wakeUps.remote(tx, "events");
    return settled.plan;
  }

  /**
   * While the batch was decided, others may have appended events of its contacts. What the batch leads to then stands
   * behind those in the log and must be decided behind them: the batch is decided again with these contacts deferred.
   */
  async #behindOthers(tx: Tx, input: CascadeInput, plan: Plan, first: Position, last: Position, newest: Position) {
    if (newest <= last) return { plan, first };
    const waiting = await contactsWithEventsAfter(tx, last, [
      ...new Set(plan.events.flatMap((event) => event.contact ?? [])),
    ]);
    if (waiting.length === 0) return { plan, first };
    await this.#options.taskIds.ensure(tx, input.events.length * IDS_PER_EVENT);
    const again = cascade(this.#options.rules(), { ...input, deferred: new Set(waiting) });
    // The second plan has other events; the positions drawn for the first one stay a hole.
    const drawn = again.events.length === 0 ? { first } : await reserveAfter(tx, again.events.length);
    return { plan: again, first: drawn.first };
  }

  async #finish(tx: Tx, plan: Plan, first: Position, now: number, agingMs: number): Promise<void> {
    await writePlan(tx, plan, first, { now, agingMs });
    if (plan.tasks.length > 0) await this.#options.wakeUps.remote(tx, "tasks");
  }
}

async function readPlace(db: Database): Promise<Position> {
  const [row] = await db.query<{ position: number }>(
    "select position from subscriptions where name = $1",
    [RUNNER_SUBSCRIPTION],
    "read_place",
  );
  return row?.position ?? 0;
}

/** Moves the place on, unless another runner has: then nothing of this batch may stay. */
async function movePlaceFrom(tx: Tx, from: Position, to: Position): Promise<void> {
  const moved = await tx.query(
    "update subscriptions set position = $3, updated_at = clock_timestamp() where name = $1 and position = $2 returning 1",
    [RUNNER_SUBSCRIPTION, from, to],
    "move_place_from",
  );
  if (moved.length === 0)
    throw new Error(`Another runner has handled the events after ${from}; this batch is given up.`);
}

async function reserveAfter(tx: Tx, count: number): Promise<{ first: Position; newest: Position }> {
  const { first, rows } = await reservePositions(tx, count, "select coalesce(max(position), 0) as newest from events");
  return { first, newest: (rows[0] as { newest: number }).newest };
}

async function contactsWithEventsAfter(tx: Tx, after: Position, contacts: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ contact: string }>(
    "select distinct contact from events where contact = any($1::uuid[]) and position > $2",
    [uuidColumn(contacts), after],
    "contacts_with_events_after",
  );
  return rows.map((row) => row.contact);
}

/** Nobody appended behind the batch: the place may step over the plan's own events as far as they are settled. */
function lastSettled(plan: Plan, first: Position, last: Position): Position {
  const open = plan.events.findIndex((event) => !event.isSettled);
  const settled = open === -1 ? plan.events.length : open;
  return settled === 0 ? last : first + settled - 1;
}
