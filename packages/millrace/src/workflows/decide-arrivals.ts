/**
 * Decides arrivals where they come in, when nothing in the log waits to be decided: they and all they lead to are then
 * one transaction instead of two, without being written, read back and locked for in between. What the runner would do a
 * moment later is done at once, by the same rules and with the same rows; its place moves along, so nobody does it twice.
 *
 * Decided before the log is locked, on what was read then. Under the lock it has to be as it was: the same newest event,
 * the same next position, the same place. If not, nothing is written and the arrivals are appended as they are.
 */
import { addIdentities, type LookedUp, lookUpContacts } from "../contacts/identity.ts";
import { type Arrival, type ArrivalDecider, type DecidedArrivals, deliveredRow } from "../contacts/ingest.ts";
import type { Queryable, Tx } from "../db/database.ts";
import type { Topic } from "../db/wake.ts";
import type { Appended } from "../events/event.ts";
import { addDeliveries, type DeliveredRow, insertDeliveries, lockLog } from "../events/log.ts";
import { movePlace } from "../events/subscription.ts";
import { cancelUnstarted } from "../tasks/queue.ts";
import { type Consequences, decideInParts } from "./decide-in-parts.ts";
import { isPoison } from "./decided.ts";
import { type Expected, hasLogGrown, RUNNER_SUBSCRIPTION, readLogEnd, takeLogEnd } from "./place.ts";
import { readInput } from "./read-input.ts";
import type { Runner, RunnerOptions } from "./runner.ts";

/** So long the runner is given for what it has begun, in milliseconds. */
const PATIENCE_MS = 50;

export function arrivalDecider(runner: Runner, options: RunnerOptions): ArrivalDecider {
  return {
    most: options.batchSize,
    async decide(arrivals, before) {
      // One call may bring more than fit into a batch: they are appended together, and decided batch by batch.
      if (!runner.leads || arrivals.length > options.batchSize) return "append";
      try {
        if (before.length === 0) return (await decideFirst(runner, arrivals, options)) ?? "append";
        return before.every(isBatch) ? await decideNext(before, arrivals, options) : "append";
      } catch (error) {
        // What cannot be decided is appended, and set aside by the runner with its reason.
        if (isPoison(error)) return "append";
        throw error;
      }
    },
  };
}

/** @returns undefined when there is more to decide first than the runner has done in a moment. */
async function decideFirst(
  runner: Runner,
  arrivals: readonly Arrival[],
  options: RunnerOptions,
): Promise<DecidedBatch | undefined> {
  const { db, batchSize } = options;
  const look = () =>
    db.inOrder((statements) => Promise.all([readLogEnd(statements, batchSize), lookUp(statements, arrivals)]));
  let [end, named] = await look();
  if (end.undecided > 0 && end.undecided < batchSize) {
    await restOf(runner);
    [end, named] = await look();
  }
  return end.undecided > 0 ? undefined : decide(arrivals, named, end, options);
}

/** Behind arrivals that are being written: what they leave is known, unless it is about the same contacts. */
async function decideNext(
  before: readonly DecidedBatch[],
  arrivals: readonly Arrival[],
  options: RunnerOptions,
): Promise<DecidedBatch | "wait"> {
  const end = before.at(-1)?.leaves;
  if (end === undefined) return "wait";
  const named = await lookUp(options.db, arrivals);
  return before.some((batch) => batch.sharesContacts(named)) ? "wait" : decide(arrivals, named, end, options);
}

function isBatch(decided: DecidedArrivals): decided is DecidedBatch {
  return decided instanceof DecidedBatch;
}

function lookUp(db: Queryable, arrivals: readonly Arrival[]): Promise<LookedUp> {
  return lookUpContacts(
    db,
    arrivals.map((arrival) => arrival.contact),
  );
}

/** Gives the runner a moment for what it has begun. */
async function restOf(runner: Runner): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  runner.poke();
  await Promise.race([runner.rested(), patience]);
  clearTimeout(timer);
}

async function decide(
  arrivals: readonly Arrival[],
  named: LookedUp,
  expected: Expected,
  options: RunnerOptions,
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
  await movePlace(statements, RUNNER_SUBSCRIPTION, expected.next + rows.length + what.settled - 1);
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

class DecidedBatch implements DecidedArrivals {
  readonly #parts: Parts;
  readonly #options: RunnerOptions;
  readonly #contacts: ReadonlySet<string | null>;

  constructor(parts: Parts, options: RunnerOptions) {
    this.#parts = parts;
    this.#options = options;
    this.#contacts = new Set(parts.appended.map(({ contact }) => contact));
  }

  /** Is one of them about somebody this is about? */
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
    return { place: next - 1, newest: next - 1, next, hasErasures: expected.hasErasures };
  }

  async write(): Promise<readonly Appended[] | undefined> {
    const { db, wakeUps } = this.#options;
    const { asksForWork, appended } = this.#parts;
    try {
      await db.transaction((tx) => this.#write(tx));
    } catch (error) {
      if (error instanceof DeliveredBefore || hasLogGrown(error) || isPoison(error)) return undefined;
      throw error;
    }
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
    const taken = Promise.all([lockLog(tx), takeLogEnd(tx, expected, appended.length + events)]);
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
    tx.concludes();
    await sent;
  }
}
