/**
 * Decides arrivals where they come in, when nothing in the log waits to be decided: they and all they lead to are then
 * one transaction instead of two, without being written, read back and locked for in between. What the runner would do a
 * moment later is done at once, by the same rules and with the same rows; its place moves along, so no one does it twice.
 *
 * Decided before the log is locked, on what was read then. Under the lock it has to be as it was: the same newest event,
 * the same next position, the same place. If not, nothing is written and the arrivals are appended as they are.
 */
import { failpoint } from "../base/failpoint.ts";
import { addIdentities, type LookedUp, lookUpContacts } from "../contacts/identity.ts";
import type { Queryable, Tx } from "../db/database.ts";
import type { Topic } from "../db/wake.ts";
import type { Appended } from "../events/event.ts";
import { lockLog } from "../events/log-lock.ts";
import { addDeliveries, type DeliveredRow, hasLogGrown, insertDeliveries, takeLogEnd } from "../events/log-writer.ts";
import { moveCursor } from "../events/subscription.ts";
import type { IncomingEvent } from "../intake/incoming-event.ts";
import { type DecidedIntake, deliveredRow, type IntakeDecider } from "../intake/ingest.ts";
import { cancelUnstarted } from "../tasks/queue.ts";
import { type Expected, RUNNER_SUBSCRIPTION, readLogEnd } from "./cursor.ts";
import { type Consequences, decideInParts } from "./decide-in-parts.ts";
import { isPoison } from "./decided.ts";
import type { LogTurn, LogTurns } from "./log-turns.ts";
import { readInput } from "./read-input.ts";
import type { Runner, RunnerOptions } from "./runner.ts";

/** So long the runner is given for what it has begun, in milliseconds. */
const TIMEOUT_MS = 50;

export function intakeDecider(runner: Runner, options: RunnerOptions, turns: LogTurns): IntakeDecider {
  return {
    most: options.batchSize,
    async decide(arrivals, before) {
      // One call may bring more than fit into a batch: they are appended together, and decided batch by batch.
      if (!runner.leads || arrivals.length > options.batchSize) return "append";
      if (before.length === 0)
        return decideIn(await turns.take(), (turn) => decideFirst(runner, arrivals, options, turn));
      if (!before.every(isBatch)) return "append";
      const turn = before.at(-1)?.turn;
      if (turn === undefined || turns.isWanted) return "wait";
      turn.goOn();
      return decideIn(turn, () => decideNext(before, arrivals, options, turn));
    },
  };
}

/** Decides within a turn, which goes on until the batch is written. */
async function decideIn(
  turn: LogTurn,
  decide: (turn: LogTurn) => Promise<DecidedBatch | "append" | "wait">,
): Promise<DecidedBatch | "append" | "wait"> {
  let decided: DecidedBatch | "append" | "wait" = "append";
  try {
    decided = await decide(turn);
  } catch (error) {
    // What cannot be decided is appended, and set aside by the runner with its reason.
    if (!isPoison(error)) throw error;
  } finally {
    if (typeof decided !== "object") turn.end();
  }
  return decided;
}

/** @returns "append" when there is more to decide first than the runner has done in a moment. */
async function decideFirst(
  runner: Runner,
  arrivals: readonly IncomingEvent[],
  options: RunnerOptions,
  turn: LogTurn,
): Promise<DecidedBatch | "append"> {
  const { db, batchSize } = options;
  const look = () =>
    db.inOrder((statements) => Promise.all([readLogEnd(statements, batchSize), lookUp(statements, arrivals)]));
  let [end, named] = await look();
  if (end.undecided > 0 && end.undecided < batchSize) {
    await restOf(runner);
    [end, named] = await look();
  }
  return end.undecided > 0 ? "append" : decide(arrivals, named, end, options, turn);
}

/** Behind arrivals that are being written: what they leave is known, unless it is about the same contacts. */
async function decideNext(
  before: readonly DecidedBatch[],
  arrivals: readonly IncomingEvent[],
  options: RunnerOptions,
  turn: LogTurn,
): Promise<DecidedBatch | "wait"> {
  const end = before.at(-1)?.leaves;
  if (end === undefined) return "wait";
  const named = await lookUp(options.db, arrivals);
  return before.some((batch) => batch.sharesContacts(named)) ? "wait" : decide(arrivals, named, end, options, turn);
}

function isBatch(decided: DecidedIntake): decided is DecidedBatch {
  return decided instanceof DecidedBatch;
}

function lookUp(db: Queryable, arrivals: readonly IncomingEvent[]): Promise<LookedUp> {
  return lookUpContacts(
    db,
    arrivals.map((arrival) => arrival.contact),
  );
}

/** Gives the runner a moment for what it has begun. */
async function restOf(runner: Runner): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, TIMEOUT_MS);
  });
  runner.trigger();
  await Promise.race([runner.rested(), patience]);
  clearTimeout(timer);
}

async function decide(
  arrivals: readonly IncomingEvent[],
  named: LookedUp,
  expected: Expected,
  options: RunnerOptions,
  turn: LogTurn,
): Promise<DecidedBatch> {
  const rows = arrivals.map((arrival, i) =>
    deliveredRow(arrival, named.owners[i] ?? null, expected.next + i, { isSettled: true }),
  );
  const known = await readInput(options, rows, named);
  const { now } = known;
  const what = await decideInParts(rows, known, options.rules(), { now, agingMs: options.agingMs, isFresh: true });
  const { statements } = what;
  await addIdentities(statements, named.unclaimed);
  if (!expected.hasErasures) await addDeliveries(statements, rows);
  await moveCursor(statements, RUNNER_SUBSCRIPTION, expected.next + rows.length + what.settled - 1);
  return new DecidedBatch(
    {
      ...what,
      now,
      appended: rows.map(({ position, contact }) => ({ position, contact, isDuplicate: false })),
      // One that was erased has to be recognised when it comes again, and its row is asked for its answer.
      deliveries: expected.hasErasures ? rows : [],
      names: named.names,
      expected,
    },
    options,
    turn,
  );
}

interface Parts extends Consequences {
  readonly now: number;
  readonly appended: readonly Appended[];
  readonly deliveries: readonly DeliveredRow[];
  readonly names: ReadonlySet<string>;
  readonly expected: Expected;
}

/** One of the deliveries has been here before: it is asked for its answer. */
class DeliveredBefore extends Error {}

class DecidedBatch implements DecidedIntake {
  readonly #parts: Parts;
  readonly #options: RunnerOptions;
  readonly #contacts: ReadonlySet<string | null>;
  /** The turn in which it was decided. */
  readonly turn: LogTurn;

  constructor(parts: Parts, options: RunnerOptions, turn: LogTurn) {
    this.#parts = parts;
    this.#options = options;
    this.turn = turn;
    this.#contacts = new Set(parts.appended.map(({ contact }) => contact));
  }

  /** Is one of them about someone this is about? */
  sharesContacts({ names, owners }: LookedUp): boolean {
    return (
      !names.isDisjointFrom(this.#parts.names) || owners.some((owner) => owner !== null && this.#contacts.has(owner))
    );
  }

  /** How things stand when this is written; undefined when something in it is left for the runner to decide. */
  get leaves(): Expected | undefined {
    const { events, settled, appended, expected } = this.#parts;
    if (settled < events) return undefined;
    const next = expected.next + appended.length + events;
    return { cursor: next - 1, newest: next - 1, next, hasErasures: expected.hasErasures };
  }

  giveUp(): void {
    this.turn.end();
  }

  async write(): Promise<readonly Appended[] | undefined> {
    const { db, wakeUps } = this.#options;
    const { asksForWork, appended } = this.#parts;
    try {
      await db.transaction((tx) => this.#write(tx));
    } catch (error) {
      if (error instanceof DeliveredBefore || hasLogGrown(error) || isPoison(error)) return undefined;
      throw error;
    } finally {
      this.turn.end();
    }
    failpoint("after-door-written");
    if (asksForWork) wakeUps.local("tasks");
    wakeUps.local(this.#topic);
    return appended;
  }

  get #topic(): Topic {
    return this.leaves === undefined ? "events" : "decided";
  }

  async #write(tx: Tx): Promise<void> {
    const { wakeUps } = this.#options;
    const { statements, now, cancels, asksForWork, events, appended, deliveries, expected } = this.#parts;
    const taken = Promise.all([lockLog(tx), takeLogEnd(tx, RUNNER_SUBSCRIPTION, expected, appended.length + events)]);
    if (deliveries.length > 0) {
      await taken;
      if ((await insertDeliveries(tx, deliveries)).size < deliveries.length) throw new DeliveredBefore();
    }
    if (cancels.length > 0) await Promise.all([taken, cancelUnstarted(tx, cancels, now)]);
    const sent = Promise.all([
      taken,
      statements.send(tx),
      wakeUps.remote(tx, this.#topic),
      asksForWork ? wakeUps.remote(tx, "tasks") : undefined,
    ]);
    failpoint("before-door-written");
    tx.concludes();
    await sent;
  }
}
