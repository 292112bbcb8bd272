/**
 * The dispatcher: claims due tasks, most urgent first, gives them to their handlers outside of any transaction, and
 * writes the outcomes back in small batches. Woken by commits; the sweep is the safety net.
 */

import type { Clock } from "../base/clock.ts";
import { failpoint } from "../base/failpoint.ts";
import { processName } from "../base/process-name.ts";
import type { ContactRow } from "../contacts/store.ts";
import type { ClockWatch } from "../db/clock-watch.ts";
import type { Database } from "../db/database.ts";
import { PollLoop } from "../db/poll-loop.ts";
import type { WakeUps } from "../db/wake.ts";
import { traced } from "../logging/tracing.ts";
import { Abort } from "./abort.ts";
import { claimCanary } from "./canary.ts";
import type { Circuits } from "./circuits.ts";
import type { WorkRules } from "./finish.ts";
import type { CallTool, Outcome, QueuedHandler, TaskHandler, TaskInput, WorkContext } from "./handler.ts";
import { checkedOutcomes, failure } from "./outcome.ts";
import { PrefetchQueue } from "./prefetch-queue.ts";
import { type ClaimedTask, type ClaimRequest, claimTasks, renewLeases } from "./queue.ts";
import type { ResultDecider } from "./result-decider.ts";
import { ResultWriter } from "./result-writer.ts";
import { StepStore } from "./step-store.ts";
import { type DoStep, stepsOf } from "./steps.ts";
import { type Claimed, type Taking, takeTasks } from "./take.ts";

export interface DispatcherOptions {
  readonly db: Database;
  readonly wakeUps: WakeUps;
  readonly clock: Clock;
  readonly rules: WorkRules;
  readonly handlers: readonly TaskHandler[];
  /** Which agents are stopped. */
  readonly circuits: Circuits;
  /** A process whose clock is off claims nothing. */
  readonly clockWatch: ClockWatch;
  /** Decides at once what results lead to, where this process may. */
  readonly decider?: ResultDecider | undefined;
  /** What agents use tools of MCP servers by. */
  readonly callTools: CallTools;
  /** Silence after which a task is given to another worker. Default 60,000. */
  readonly leaseMs: number;
  readonly sweepMs: number;
  readonly onError: (error: unknown) => void;
}

/** Makes `callTool` of a call's context. */
export type CallTools = (use: {
  readonly agent: string;
  readonly tasks: readonly { readonly id: number; readonly attempt: number }[];
  readonly signal: AbortSignal;
  readonly step: DoStep;
}) => CallTool;

/** A call as it runs: the tasks it holds, and of those what is still worth doing. */
interface Running {
  readonly tasks: readonly ClaimedTask[];
  readonly inputs: readonly TaskInput[];
  readonly abort: Abort;
  readonly now: number;
}

/** Tasks that are given to a handler together. */
interface Call {
  readonly handler: TaskHandler;
  readonly tasks: readonly ClaimedTask[];
  readonly inputs: readonly TaskInput[];
  /** Whom they are about. */
  readonly contacts: readonly (ContactRow | undefined)[];
  readonly abort: Abort;
}

/** Pure handlers work in the caller's thread; a few at a time keep the event loop free. */
const PURE_BATCH = 100;
/** Tasks held for an agent that takes one a call; of one that takes more, it counts what it takes. */
const MAX_HELD = 400;
const MAX_HELD_IN_BATCHES = 100;
/** What stands in line for so long, because the calls before it take longer than they used to, is given back. */
const MAX_IN_LINE_MS = 1_000;

export class Dispatcher {
  readonly worker = processName();
  readonly #options: DispatcherOptions;
  readonly #looper: PollLoop;
  /** Calls under way and in line, by handler: they take up its room. */
  readonly #lines = new Map<TaskHandler, PrefetchQueue<Call>>();
  /** Calls whose tasks this worker holds: also those in line, and those whose results are still to be written. */
  readonly #held = new Set<Call>();
  readonly #calls = new Set<Promise<void>>();
  readonly #writer: ResultWriter;
  readonly #steps: StepStore;
  /**
   * Agents whose last claim found fewer tasks than there was room for, and when: there are no more until someone says so. A place that
   * comes free is no reason to ask again (of 1,000 claims for 7,600 tasks of 50 ms, some 870 found nothing).
   */
  readonly #dry = new Map<TaskHandler, number>();
  /** How often someone has said so. */
  #wakeUps = 0;
  #heartbeat: NodeJS.Timeout | undefined;
  #lineWatch: NodeJS.Timeout | undefined;
  #forget: (() => void) | undefined;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#looper = new PollLoop({ turn: () => this.#turn(), sweepMs: options.sweepMs, onError: options.onError });
    const hasWorkInLine = () => [...this.#lines.values()].some((line) => !line.isEmpty);
    this.#writer = new ResultWriter({ ...options, hasWorkInLine });
    this.#steps = new StepStore(options.db, options.wakeUps);
    for (const handler of options.handlers) this.#lines.set(handler, new PrefetchQueue(mostCalls(handler)));
  }

  start(): void {
    this.#forget = this.#options.wakeUps.on("tasks", () => this.trigger());
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
    this.#writer.stop();
    clearTimeout(timer);
    clearInterval(this.#heartbeat);
  }

  /** There may be tasks. */
  trigger(): void {
    this.#wakeUps += 1;
    this.#dry.clear();
    this.#looper.trigger();
  }

  get isIdle(): boolean {
    return this.#looper.isIdle && this.#held.size === 0 && this.#writer.isIdle;
  }

  async #drain(): Promise<void> {
    while (this.#calls.size > 0) await Promise.allSettled(this.#calls);
    await this.#writer.rested();
  }

  async #turn(): Promise<boolean> {
    if (await this.#options.clockWatch.isOff()) return false;
    await this.#options.circuits.refresh();
    if (this.#writer.isFull) return false;
    const wishes = this.#wishes();
    const wakeUps = this.#wakeUps;
    const claimed = await this.#claim(wishes);
    if (wakeUps === this.#wakeUps) this.#noteDry(wishes, claimed);
    const claims = [claimed, ...(await this.#claimCanaries())];
    for (const { tasks, contacts } of claims) {
      this.#writer.expect(tasks);
      for (const handler of this.#options.handlers) {
        const mine = tasks.filter((task) => handler.kinds.includes(task.kind));
        for (const part of partsOf(mine, batchSizeOf(handler))) {
          const about = part.map((task) => contacts.get(task.contact ?? ""));
          const inputs = part.map((task, i) => ({ ...task, contact: about[i]?.contact }));
          this.#standInLine({ handler, tasks: part, inputs, contacts: about, abort: new Abort() });
        }
      }
    }
    return claims.some(({ tasks }) => tasks.length > 0);
  }

  #noteDry(wishes: readonly ClaimRequest[], { tasks }: Claimed): void {
    for (const [i, handler] of this.#options.handlers.entries()) {
      const limit = wishes.find((wish) => wish.handler === i)?.limit;
      if (limit === undefined) continue;
      const found = tasks.filter((task) => handler.kinds.includes(task.kind)).length;
      if (found < limit) this.#dry.set(handler, performance.now());
    }
  }

  /** Until the next sweep at the latest: a wake-up is only a hint, and may be lost. */
  #isDry(handler: TaskHandler): boolean {
    const since = this.#dry.get(handler);
    return since !== undefined && performance.now() - since < this.#options.sweepMs / 2;
  }

  /** How many of each kind there is room for. */
  #wishes(): ClaimRequest[] {
    return this.#options.handlers.flatMap((handler, i) => {
      if (this.#options.circuits.isStopped(handler.name) || this.#isDry(handler)) return [];
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

  async #claim(wishes: readonly ClaimRequest[]): Promise<Claimed> {
    if (wishes.length === 0) return { tasks: [], contacts: new Map() };
    failpoint("before-claim");
    const claimed = await this.#take((db, now) => claimTasks(db, this.worker, wishes, this.#options.leaseMs, now));
    if (claimed.tasks.length > 0) failpoint("after-claim");
    return claimed;
  }

  /** One task of each stopped agent whose pause is over. */
  async #claimCanaries(): Promise<Claimed[]> {
    const { db, handlers, circuits, clock, leaseMs } = this.#options;
    const claimed: Claimed[] = [];
    for (const { name, kinds } of handlers.filter((handler) => circuits.wantsCanary(handler.name, clock.now()))) {
      const timeoutMs = kinds.map((kind) => this.#timeoutOf(kind));
      const canary = { agent: name, kinds, timeoutMs, worker: this.worker, leaseMs };
      claimed.push(await this.#take((_, now) => db.transaction((tx) => claimCanary(tx, { ...canary, now }))));
      circuits.forget();
    }
    return claimed;
  }

  #take(claim: Taking["claim"]): Promise<Claimed> {
    const { db, clock } = this.#options;
    return takeTasks({ db, clock, claim });
  }

  #lineOf(handler: TaskHandler): PrefetchQueue<Call> {
    const line = this.#lines.get(handler);
    if (line === undefined) throw new Error(`${handler.name} is no handler of this dispatcher.`);
    return line;
  }

  #standInLine(call: Call): void {
    this.#held.add(call);
    const line = this.#lineOf(call.handler);
    line.add(call, performance.now());
    this.#beginNext(call.handler);
    if (!line.isEmpty) this.#lineWatch ??= setTimeout(() => this.#watchLines(), MAX_IN_LINE_MS);
  }

  #beginNext(handler: TaskHandler): void {
    const line = this.#lineOf(handler);
    const concurrency = this.#concurrencyOf(handler);
    for (let call = line.next(concurrency); call !== undefined; call = line.next(concurrency)) {
      if (!call.abort.isAborted) {
        this.#begin(call, line);
        continue;
      }
      // Its lease was lost before its turn came.
      line.underWay.delete(call);
      this.#giveBack([call]);
    }
  }

  #begin(call: Call, line: PrefetchQueue<Call>): void {
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
        this.#looper.trigger();
        return this.#conclude(call, outcomes);
      })
      .finally(() => this.#calls.delete(running));
    this.#calls.add(running);
  }

  /** Lets the outcomes be written. Resolves when they are. */
  async #conclude(call: Call, outcomes: readonly Outcome[]): Promise<void> {
    const results = call.tasks.map((task, i) => {
      const outcome = outcomes[i] ?? failure("no outcome");
      return { task, handler: call.handler.name, outcome, contact: call.contacts[i] };
    });
    await this.#writer.write(results);
    this.#held.delete(call);
    this.#looper.trigger();
  }

  #watchLines(): void {
    const before = performance.now() - MAX_IN_LINE_MS;
    const lines = [...this.#lines.values()];
    for (const line of lines) this.#giveBack(line.leave(before));
    const isEmpty = lines.every((line) => line.isEmpty);
    this.#lineWatch = isEmpty ? undefined : setTimeout(() => this.#watchLines(), MAX_IN_LINE_MS / 4);
  }

  /** Their turn did not come here: they wait for anyone again, and the attempt does not count. */
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
    const given = fresh.length === 0 ? [] : await this.#call(handler, { tasks, inputs: fresh, abort, now });
    let at = 0;
    return isFresh.map((fit) => (fit ? (given[at++] ?? failure("no outcome")) : STALE));
  }

  async #call(handler: TaskHandler, { tasks, inputs, abort, now }: Running): Promise<readonly Outcome[]> {
    const { rules } = this.#options;
    try {
      const attributes = { "millrace.agent": handler.name, "millrace.tasks": inputs.map(({ id }) => id) };
      failpoint("before-agent");
      const given = await traced(`run ${inputs[0]?.kind}`, { attributes }, async () =>
        handler.isPure
          ? handler.run(inputs, { now })
          : handler.run(inputs, this.#context(handler.name, { tasks, now, abort })),
      );
      failpoint("after-agent");
      return checkedOutcomes(handler.name, given, inputs.length, rules.catalogue);
    } catch (error) {
      return inputs.map(() => failure(error));
    }
  }

  #context(agent: string, { tasks, now, abort }: Pick<Running, "tasks" | "now" | "abort">): WorkContext {
    const { db, clock, rules, callTools } = this.#options;
    const step = stepsOf(db, tasks, { clock, writer: this.#steps, catalogue: rules.catalogue, handler: agent });
    let calling: CallTool | undefined;
    return {
      now,
      get signal() {
        return abort.signal;
      },
      step,
      callTool: (...call) => {
        calling ??= callTools({ agent, tasks, signal: abort.signal, step });
        return calling(...call);
      },
    };
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
  if (handler.isPure) return 0;
  const batchSize = batchSizeOf(handler);
  return batchSize === 1 ? MAX_HELD : Math.floor(MAX_HELD_IN_BATCHES / batchSize);
}

function batchSizeOf(handler: TaskHandler): number {
  return handler.isPure ? PURE_BATCH : (handler.batchSize ?? 1);
}

function partsOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
