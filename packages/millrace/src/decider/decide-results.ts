/**
 * Decides results of tasks where they are written: the outcome, the facts, what the workflows make of them and all that
 * follows are one transaction, by the same rules and with the same rows as if the runner had read the results from the
 * log a moment later. Decided before the log is locked; under its lock the tasks have to be held still, and the log must
 * say nothing of these contacts that was not known. What others do about other contacts is in no one's way.
 */
import { failpoint } from "../base/failpoint.ts";
import type { ContactRow } from "../contacts/store.ts";
import { uuidColumn } from "../db/columns.ts";
import type { Queryable, Tx } from "../db/database.ts";
import type { Position } from "../events/event.ts";
import { reservePositions } from "../events/log-writer.ts";
import type { TaskDraft } from "../tasks/draft.ts";
import { gatherResults, type Result, type WorkRules, type Writing } from "../tasks/finish.ts";
import {
  type ClaimedTask,
  cancelUnstarted,
  type FinishedRow,
  type InlineTask,
  lockHeldTasks,
  pauseTasks,
  removeHeldTasks,
} from "../tasks/queue.ts";
import type { ResultDecider } from "../tasks/result-decider.ts";
import { PRIORITIES } from "../tasks/task.ts";
import { cascadeInSteps } from "./cascade.ts";
import { RUNNER_SUBSCRIPTION } from "./cursor.ts";
import { type Decided, decidedInSteps, isPoison } from "./decided.ts";
import { keysOnRecord } from "./keys-on-record.ts";
import type { LogTurn, LogTurns } from "./log-turns.ts";
import { keysOf, NO_KEYS, type OnceKeys } from "./once-keys.ts";
import type { Plan } from "./plan.ts";
import { type About, NO_CONTACTS, readInput } from "./read-input.ts";
import type { RunnerOptions } from "./runner.ts";
import { writeRows } from "./write-plan.ts";

export interface DecidingResults {
  readonly options: RunnerOptions;
  readonly work: WorkRules;
  readonly turns: LogTurns;
  /** Reads what may have changed for who decides, e.g. which workflows are stopped, before each decision. */
  readonly look: (db: Queryable) => Promise<void>;
}

/** Contacts others write about in the meantime are read and decided again, so often. */
const MAX_TRIES = 4;

export function resultDecider(parts: DecidingResults): ResultDecider {
  let turn: LogTurn | undefined;
  return {
    async write(results) {
      // Two batches about different contacts may be under way together: one turn, unless someone else waits for his.
      if (turn === undefined || turn.isOver || parts.turns.isWanted) turn = await parts.turns.take();
      else turn.goOn();
      const own = turn;
      try {
        return await writeDecided(parts, results);
      } finally {
        own.end();
      }
    },
  };
}

async function writeDecided(parts: DecidingResults, results: readonly Result[]): Promise<readonly Result[]> {
  const apart: Result[] = [];
  let open = results;
  let used = NO_KEYS;
  for (let tries = 0; open.length > 0; tries++) {
    if (tries === MAX_TRIES) return [...apart, ...open];
    try {
      await commit(parts, await prepare(parts, open, used));
      return apart;
    } catch (error) {
      if (error instanceof DoneBefore) {
        used = used.union(error.keys);
        continue;
      }
      // What cannot be decided or written is written by itself, and set aside by the runner with its reason.
      if (isPoison(error)) return [...apart, ...open];
      if (!(error instanceof Changed)) throw error;
      apart.push(...open.filter((result) => error.isForOthers(result)));
      open = open.filter((result) => !error.isForOthers(result));
    }
  }
  return apart;
}

/** Results decided and not yet written. */
interface Batch extends Decided {
  readonly results: readonly Result[];
  readonly writing: Writing;
  /** The contacts it is about. */
  readonly contacts: readonly string[];
  readonly usedKeys: OnceKeys;
  /** What was known of them when it was decided: all up to here. */
  readonly known: Position;
  readonly now: number;
}

/** How things stand is not how they stood when the batch was decided. */
class Changed extends Error {
  readonly #tasks: ReadonlySet<number>;
  readonly #contacts: ReadonlySet<string>;

  /**
   * @param tasks taken away, or asked for again meanwhile.
   * @param contacts with events that wait to be decided: what results say of them stands behind those.
   */
  constructor(tasks: readonly number[], contacts: readonly string[]) {
    super("Others have written about these tasks or contacts meanwhile.");
    this.#tasks = new Set(tasks);
    this.#contacts = new Set(contacts);
  }

  isForOthers({ task, outcome }: Result): boolean {
    if (this.#tasks.has(task.id) || this.#contacts.has(task.contact ?? "")) return true;
    const events = outcome.outcome === "completed" ? (outcome.events ?? []) : [];
    return events.some(({ contact }) => this.#contacts.has(contact?.id ?? ""));
  }
}

/** What may be done once has been done meanwhile, or long ago. */
class DoneBefore extends Error {
  readonly keys: OnceKeys;

  constructor(keys: OnceKeys) {
    super("What may be done once has been done.");
    this.keys = keys;
  }
}

/** @param usedKeys those that were found on record before. */
async function prepare(
  { options, work, look }: DecidingResults,
  results: readonly Result[],
  usedKeys: OnceKeys,
): Promise<Batch> {
  const { db, clock } = options;
  await work.taskIds.ensure(db, results.length * 10);
  const now = clock.now();
  const writing = gatherResults(results, now, work);
  const contacts = [...new Set(writing.events.flatMap((event) => event.contact ?? []))];
  const births = new Map<Position, number>(
    results.flatMap(({ task: { cause, bornAt } }) => (bornAt === null ? [] : [[cause, bornAt] as const])),
  );
  const about: About[] = writing.events.map(({ cause, type, contact, depth, data }) => ({
    position: cause ?? 0,
    type,
    contact,
    // Whose age is known has no need of being looked up.
    depth: births.has(cause ?? 0) ? 0 : depth,
    data,
  }));
  // In this order: what waits to be decided when the log's end is read is in no contact's row yet, and what the runner makes of it by the
  // time of the commit stands at no position behind that end. Without the second question its row would be written over.
  const [known, waiting, read] = await db.inOrder((statements) =>
    Promise.all([
      statements.query<{ newest: number }>("select newest_position() as newest", [], "newest_position"),
      withUndecided(statements, contacts),
      readInput({ ...options, db: statements }, about, {
        newcomers: NO_CONTACTS,
        unclaimed: [],
        known: knownOf(results),
      }),
      look(statements),
    ]),
  );
  if (waiting.length > 0) throw new Changed([], waiting);
  const ended = new Set(writing.finished.map(({ id }) => id));
  const input = {
    ...read,
    births: new Map([...read.births, ...births]),
    now,
    events: [],
    usedKeys,
    openTasks: read.openTasks.filter(({ id }) => !ended.has(id)),
    stated: { ...writing, finished: finishedOf(results, writing.finished) },
  };
  const decided = await decidedInSteps((given) => cascadeInSteps(options.rules(), given), input);
  const calledOff = askedAndCalledOff(writing, decided.plan);
  if (calledOff.length > 0) throw new Changed([], calledOff);
  return { ...decided, results, writing, contacts, usedKeys, known: known[0]?.newest ?? 0, now };
}

/**
 * Contacts of whom a result asks for a task that a workflow calls off at once. The history tells of both, so the task has to
 * be there before it is called off.
 */
function askedAndCalledOff({ tasks }: Writing, { cancels }: Plan): string[] {
  if (cancels.length === 0) return [];
  const isCalledOff = ({ contact, kind, mergeKey }: TaskDraft) =>
    cancels.some((off) => off.contact === contact && off.kind === kind && mergeKey.startsWith(off.keyPrefix ?? ""));
  return tasks.filter(isCalledOff).flatMap(({ contact }) => contact ?? []);
}

function knownOf(results: readonly Result[]): ReadonlyMap<string, ContactRow> {
  const known = new Map<string, ContactRow>();
  for (const { contact: row } of results) {
    if (row !== undefined && row.position > (known.get(row.contact.id)?.position ?? 0)) known.set(row.contact.id, row);
  }
  return known;
}

function finishedOf(results: readonly Result[], rows: readonly FinishedRow[]): InlineTask[] {
  const byId = new Map(results.map(({ task }) => [task.id, task]));
  return rows.flatMap(({ id, state, error, result }) => {
    const task = byId.get(id);
    if (task === undefined) return [];
    const { attempt, startedAt, slept, heldBy } = task;
    return {
      ...task,
      state: "NOT_STARTED",
      priority: PRIORITIES[task.priority] ?? "MEDIUM",
      notBefore: null,
      finalState: state,
      worker: heldBy ?? "",
      error,
      result,
      held: { attempt, startedAt, slept },
    };
  });
}

async function commit({ options }: DecidingResults, batch: Batch): Promise<void> {
  const { db, wakeUps } = options;
  const { plan, rows } = batch;
  const topic = rows.settled === plan.events.length ? "decided" : "events";
  // Most results ask for no work and set no alarm: then no one who looks for work is woken.
  const mayBeDue = plan.tasks.length + plan.timers.length + batch.writing.paused.length > 0;
  await db.transaction(async (tx) => {
    const ended = new Set(batch.writing.finished.map(({ id }) => id));
    const tasks = batch.results.map(({ task }) => task);
    // What the results themselves bring is on record as it happened; what follows from them has not happened yet.
    const following = {
      emails: plan.emails.slice(batch.writing.emails.length),
      alerts: plan.alerts.slice(batch.writing.alerts.length),
    };
    const [{ first }, removed, held, others, used] = await Promise.all([
      reservePositions(tx, plan.events.length),
      removeHeldTasks(
        tx,
        tasks.filter(({ id }) => ended.has(id)),
      ),
      lockHeldTasks(
        tx,
        tasks.filter(({ id }) => !ended.has(id)),
      ),
      othersWork(tx, batch.contacts, batch.known),
      keysOnRecord(tx, keysOf(following), batch.usedKeys),
    ]);
    if (used.size > 0) throw new DoneBefore(used);
    refuseChanged(
      tasks.filter(({ id }) => !removed.has(id) && held.get(id)?.requestedAgain !== false),
      others,
    );
    const { now } = batch;
    if (plan.cancels.length > 0) {
      await pauseTasks(tx, batch.writing.paused);
      await cancelUnstarted(tx, plan.cancels, now);
    }
    failpoint("before-result-rows");
    const sent = Promise.all([
      plan.cancels.length > 0 ? undefined : pauseTasks(tx, batch.writing.paused),
      writeRows(tx, plan, rows, first, { now, agingMs: options.agingMs }),
      wakeUps.remote(tx, topic),
      plan.tasks.length > 0 ? wakeUps.remote(tx, "tasks") : undefined,
    ]);
    tx.concludes();
    await sent;
  });
  options.widths.add(plan, topic === "decided");
  wakeUps.local(topic);
  if (mayBeDue) wakeUps.local("tasks");
}

/** @param lost tasks that are held no more, or were asked for again. */
function refuseChanged(lost: readonly ClaimedTask[], others: readonly OthersWork[]): void {
  if (lost.length === 0 && others.length === 0) return;
  throw new Changed(
    lost.map(({ id }) => id),
    others.filter(({ isUndecided }) => isUndecided).map(({ contact }) => contact),
  );
}

/** A contact of whom the log tells more than was known. */
interface OthersWork {
  readonly contact: string;
  /** Some of it waits to be decided. */
  readonly isUndecided: boolean;
}

/** Whether events of the contact `of.contact` wait to be decided; contact by contact, as in runner.ts: each by its index. */
const IS_UNDECIDED = `exists (select from single_events e where e.contact = of.contact and not e.settled
                                and e.position > (select position from subscriptions where name = $2))`;

/** Contacts with events that wait to be decided. */
async function withUndecided(db: Queryable, contacts: readonly string[]): Promise<readonly string[]> {
  const rows = await db.query<{ contact: string }>(
    `select contact from unnest($1::uuid[]) as of(contact) where ${IS_UNDECIDED}`,
    [uuidColumn(contacts), RUNNER_SUBSCRIPTION],
    "contacts_with_undecided",
  );
  return rows.map(({ contact }) => contact);
}

/** Under the log's lock: contacts with events after `known`, or with events that wait to be decided. */
function othersWork(tx: Tx, contacts: readonly string[], known: Position): Promise<OthersWork[]> {
  return tx.query<OthersWork>(
    `select contact, is_undecided as "isUndecided" from unnest($1::uuid[]) as of(contact)
     cross join lateral (select ${IS_UNDECIDED} as is_undecided) u
     where is_undecided
        or exists (select from single_events e where e.contact = of.contact and e.position > $3 limit 1)
        or exists (select from settlements s where s.contact = of.contact and s.last > $3 limit 1)`,
    [uuidColumn(contacts), RUNNER_SUBSCRIPTION, known],
    "others_work",
  );
}
