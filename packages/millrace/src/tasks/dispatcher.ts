/**
 * The dispatcher: claims due tasks, most urgent first, gives them to their handlers outside of any transaction, and
 * writes the outcomes back in small batches. Woken by commits; the sweep is the safety net.
 */
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../clock.ts";
import { type Database, isRefused } from "../db/database.ts";
import { Looper } from "../db/looper.ts";
import type { WakeUps } from "../db/wake.ts";
import { messageOf } from "../errors.ts";
import { traced } from "../tracing.ts";
import { claimCanary } from "./canary.ts";
import type { Circuits } from "./circuits.ts";
import type { Result, WorkRules } from "./finish.ts";
import type { Outcome, QueuedHandler, TaskHandler, TaskInput } from "./handler.ts";
import { Line } from "./line.ts";
import { checkedOutcomes, failure } from "./outcome.ts";
import { type ClaimedTask, type ClaimWish, claimTasks, renewLeases } from "./queue.ts";
import { stepsOf } from "./steps.ts";
import { type Claimed, type Taking, takeTasks, writeBack } from "./take.ts";

export interface DispatcherOptions {
  readonly db: Database;
  readonly wakeUps: WakeUps;
  readonly clock: Clock;
  readonly rules: WorkRules;
  readonly handlers: readonly TaskHandler[];
  /** Which agents are stopped. */
  readonly circuits: Circuits;
  /** Silence after which a task is given to another worker. Default 60,000. */
  readonly leaseMs: number;
  readonly sweepMs: number;
  readonly onError: (error: unknown) => void;
}

/** A call as it runs: the tasks it holds, and of those what is still worth doing. */
interface Running {
  readonly tasks: readonly ClaimedTask[];
  readonly inputs: readonly TaskInput[];
  readonly signal: AbortSignal;
  readonly now: number;
}

/** Tasks that are given to a handler together. */
interface Call {
  readonly handler: TaskHandler;
  readonly tasks: readonly ClaimedTask[];
  readonly inputs: readonly TaskInput[];
  readonly abort: AbortController;
}

/** Pure handlers work in the caller's thread; a few at a time keep the event loop free. */
const PURE_BATCH = 100;
/** Results written together. While so many wait to be written, nothing more is claimed. */
const WRITE_BATCH = 500;
const LONGEST_WRITE_PAUSE_MS = 2_000;
/** Tasks claimed together, unless an agent takes more at a time: the log is locked meanwhile, some 0.1 ms for each. */
const MOST_CLAIMED = 100;
/** What stands in line for so long, because the calls before it take longer than they used to, is given back. */
const LONGEST_IN_LINE_MS = 1_000;

export class Dispatcher {
  readonly worker = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  readonly #options: DispatcherOptions;
  readonly #looper: Looper;
  /** Calls under way and in line, by handler: they take up its room. */
  readonly #lines = new Map<TaskHandler, Line<Call>>();
  /** Calls whose tasks this worker holds: also those in line, and those whose results are still to be written. */
  readonly #held = new Set<Call>();
  readonly #calls = new Set<Promise<void>>();
  #results: Result[] = [];
  #writing: Promise<void> | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #lineWatch: NodeJS.Timeout | undefined;
  #forget: (() => void) | undefined;
  #isStopped = false;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#looper = new Looper({ turn: () => this.#turn(), sweepMs: options.sweepMs, onError: options.onError });
    for (const handler of options.handlers) this.#lines.set(handler, new Line(mostCalls(handler)));
  }

  start(): void {
    this.#forget = this.#options.wakeUps.on("tasks", () => this.#looper.poke());
    // Three beats to a lease: one may be lost without losing the task.
    this.#heartbeat = setInterval(() => void this.#beat().catch(this.#options.onError), this.#options.leaseMs / 3);
    this.#looper.start();
  }

  /** Takes no more, lets the work under way end and be written (at most `patienceMs`), then aborts the rest. */
  async stop(patienceMs = 10_000): Promise<void> {
    this.#forget?.();
    await this.#looper.stop();
    for (const line of this.#lines.values()) this.#giveBack(line.leave());
    clearTimeout(this.#lineWatch);
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      for (const call of this.#held) call.abort.abort(new Error("The engine stops."));
      setTimeout(resolve, 500).unref();
    }, patienceMs);
    await Promise.race([this.#drain(), promise]);
    this.#isStopped = true;
    clearTimeout(timer);
    clearInterval(this.#heartbeat);
  }

  poke(): void {
    this.#looper.poke();
  }

  get isIdle(): boolean {
    return this.#looper.isIdle && this.#held.size === 0 && this.#results.length === 0 && this.#writing === undefined;
  }

  async #drain(): Promise<void> {
    while (this.#calls.size > 0 || this.#writing !== undefined) {
      await Promise.allSettled([...this.#calls, this.#writing]);
    }
  }

  async #turn(): Promise<boolean> {
    await this.#options.circuits.refresh();
    if (this.#results.length >= WRITE_BATCH) return false;
    const claims = [await this.#claim(this.#wishes()), ...(await this.#claimCanaries())];
    for (const { tasks, contacts } of claims) {
      for (const handler of this.#options.handlers) {
        const mine = tasks.filter((task) => handler.kinds.includes(task.kind));
        for (const part of partsOf(mine, batchSizeOf(handler))) {
          const inputs = part.map((task) => ({ ...task, contact: contacts.get(task.contact ?? "") }));
          this.#standInLine({ handler, tasks: part, inputs, abort: new AbortController() });
        }
      }
    }
    return claims.some(({ tasks }) => tasks.length > 0);
  }

  /** How many of each kind there is room for. */
  #wishes(): ClaimWish[] {
    return this.#options.handlers.flatMap((handler, i) => {
      if (this.#options.circuits.isStopped(handler.name)) return [];
      const free = this.#lineOf(handler).room(this.#concurrencyOf(handler));
      if (free <= 0) return [];
      const limit = free * batchSizeOf(handler);
      return handler.kinds.map((kind) => ({ handler: i, kind, limit, timeoutMs: this.#timeoutOf(kind) }));
    });
  }

  #timeoutOf(kind: string): number {
    return this.#options.rules.tasks.catalogue.find(kind)?.timeoutMs ?? 1_800_000;
  }

  /** What overload allows it (never less than it declares). */
  #concurrencyOf(handler: TaskHandler): number {
    return Math.max(concurrencyOf(handler), this.#options.circuits.concurrencyOf(handler.name) ?? 0);
  }

  async #claim(wishes: readonly ClaimWish[]): Promise<Claimed> {
    const kinds = wishes.map((wish) => wish.kind);
    return this.#take(kinds, (tx, now) => claimTasks(tx, this.worker, wishes, this.#options.leaseMs, now));
  }

  /** One task of each stopped agent whose pause is over. */
  async #claimCanaries(): Promise<Claimed[]> {
    const { handlers, circuits, clock, leaseMs } = this.#options;
    const claimed: Claimed[] = [];
    for (const { name, kinds } of handlers.filter((handler) => circuits.wantsCanary(handler.name, clock.now()))) {
      const timeoutMs = kinds.map((kind) => this.#timeoutOf(kind));
      const canary = { agent: name, kinds, timeoutMs, worker: this.worker, leaseMs };
      claimed.push(await this.#take(kinds, (tx, now) => claimCanary(tx, { ...canary, now })));
      circuits.forget();
    }
    return claimed;
  }

  #take(kinds: readonly string[], claim: Taking["claim"]): Promise<Claimed> {
    const { db, clock } = this.#options;
    return takeTasks({ db, clock, worker: this.worker, kinds, claim });
  }

  #lineOf(handler: TaskHandler): Line<Call> {
    const line = this.#lines.get(handler);
    if (line === undefined) throw new Error(`${handler.name} is no handler of this dispatcher.`);
    return line;
  }

  #standInLine(call: Call): void {
    this.#held.add(call);
    const line = this.#lineOf(call.handler);
    line.add(call, performance.now());
    this.#beginNext(call.handler);
    if (!line.isEmpty) this.#lineWatch ??= setTimeout(() => this.#watchLines(), LONGEST_IN_LINE_MS);
  }

  #beginNext(handler: TaskHandler): void {
    const line = this.#lineOf(handler);
    const concurrency = this.#concurrencyOf(handler);
    for (let call = line.next(concurrency); call !== undefined; call = line.next(concurrency)) {
      if (!call.abort.signal.aborted) {
        this.#begin(call, line);
        continue;
      }
      // Its lease was lost before its turn came.
      line.underWay.delete(call);
      this.#giveBack([call]);
    }
  }

  #begin(call: Call, line: Line<Call>): void {
    const begun = performance.now();
    const running = this.#run(call)
      .then((outcomes) => {
        // Its room is free; what it has found out is written while others work.
        line.ended(
          call,
          performance.now() - begun,
          outcomes.some(({ outcome }) => outcome === "failed"),
        );
        this.#beginNext(call.handler);
        this.#looper.poke();
        return this.#conclude(call, outcomes);
      })
      .finally(() => this.#calls.delete(running));
    this.#calls.add(running);
  }

  /** Lets the outcomes be written. Resolves when they are. */
  async #conclude(call: Call, outcomes: readonly Outcome[]): Promise<void> {
    for (const [i, task] of call.tasks.entries()) {
      this.#results.push({ task, handler: call.handler.name, outcome: outcomes[i] ?? failure("no outcome") });
    }
    this.#writing ??= this.#writeAll();
    await this.#writing.finally(() => this.#held.delete(call));
  }

  #watchLines(): void {
    const before = performance.now() - LONGEST_IN_LINE_MS;
    const lines = [...this.#lines.values()];
    for (const line of lines) this.#giveBack(line.leave(before));
    const isEmpty = lines.every((line) => line.isEmpty);
    this.#lineWatch = isEmpty ? undefined : setTimeout(() => this.#watchLines(), LONGEST_IN_LINE_MS / 4);
  }

  /** Their turn did not come here: they wait for anybody again, and the attempt does not count. */
  #giveBack(calls: readonly Call[]): void {
    for (const call of calls) {
      const concluded = this.#conclude(
        call,
        call.tasks.map(() => GIVEN_BACK),
      ).finally(() => this.#calls.delete(concluded));
      this.#calls.add(concluded);
    }
  }

  async #run({ handler, tasks, inputs, abort }: Call): Promise<readonly Outcome[]> {
    const now = this.#options.clock.now();
    const isFresh = tasks.map((task) => task.staleAt === null || task.staleAt >= now);
    const fresh = inputs.filter((_, i) => isFresh[i]);
    const given =
      fresh.length === 0 ? [] : await this.#call(handler, { tasks, inputs: fresh, signal: abort.signal, now });
    let at = 0;
    return isFresh.map((fit) => (fit ? (given[at++] ?? failure("no outcome")) : STALE));
  }

  async #call(handler: TaskHandler, { tasks, inputs, signal, now }: Running): Promise<readonly Outcome[]> {
    try {
      const attributes = { "millrace.agent": handler.name, "millrace.tasks": inputs.map(({ id }) => id) };
      const given = await traced(`run ${inputs[0]?.kind}`, { attributes }, async () =>
        handler.isPure
          ? handler.run(inputs, { now })
          : handler.run(inputs, { now, signal, step: stepsOf(this.#options.db, tasks) }),
      );
      return checkedOutcomes(handler.name, given, inputs.length, this.#options.rules.catalogue);
    } catch (error) {
      return inputs.map(() => failure(error));
    }
  }

  /** While one transaction commits, the next results gather. */
  async #writeAll(): Promise<void> {
    // Calls that ended together are written together.
    await new Promise(setImmediate);
    while (this.#results.length > 0) {
      const results = this.#results.splice(0, WRITE_BATCH);
      await this.#writeStubbornly(results);
    }
    this.#writing = undefined;
    this.#looper.poke();
  }

  /** The work is done, so its result outlasts a restart of the database; after a lease's time the work is done again. */
  async #writeStubbornly(results: readonly Result[]): Promise<void> {
    const begun = performance.now();
    for (let attempt = 1; !this.#isStopped; attempt++) {
      try {
        await this.#write(results);
        return;
      } catch (error) {
        this.#options.onError(error);
        if (isRefused(error)) return this.#writeApart(results, error);
        if (performance.now() - begun > this.#options.leaseMs) return;
        await sleep(Math.min(100 * attempt, LONGEST_WRITE_PAUSE_MS));
      }
    }
  }

  /** One result that no row can hold must not cost the others theirs: each is written alone, that one as a failure. */
  async #writeApart(results: readonly Result[], error: unknown): Promise<void> {
    if (results.length > 1) {
      for (const result of results) await this.#writeStubbornly([result]);
      return;
    }
    const instead = `Its result could not be written: ${messageOf(error)}`;
    const failed = results.map((result) => ({ ...result, outcome: { ...failure(instead), retry: "never" as const } }));
    await this.#write(failed).catch(this.#options.onError);
  }

  async #write(results: readonly Result[]): Promise<void> {
    await writeBack(this.#options, results);
  }

  async #beat(): Promise<void> {
    const calls = [...this.#held];
    const held = await renewLeases(
      this.#options.db,
      calls.flatMap((call) => call.tasks),
      this.#options.leaseMs,
    );
    for (const call of calls) {
      if (call.tasks.some((task) => !held.has(task.id))) call.abort.abort(new Error("The lease was lost."));
    }
  }
}

const GIVEN_BACK: Outcome = { outcome: "snoozed", forMs: 0, reason: "given back: its turn did not come in time" };
/** What is not begun, since its time has passed. */
export const STALE: Outcome = { outcome: "cancelled", reason: "stale: its time had passed before it could be done" };

function concurrencyOf(handler: TaskHandler): number {
  return handler.isPure ? 1 : ((handler as QueuedHandler).concurrency ?? 4);
}

/** Calls claimed together. Pure ones work in this thread: one behind the other they would hold up the rest. */
function mostCalls(handler: TaskHandler): number {
  return handler.isPure ? 0 : Math.floor(MOST_CLAIMED / batchSizeOf(handler));
}

function batchSizeOf(handler: TaskHandler): number {
  return handler.isPure ? PURE_BATCH : (handler.batchSize ?? 1);
}

function partsOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
