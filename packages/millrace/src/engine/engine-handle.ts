/** The engine in use, all of it within reach: its parts started in order, its doors, its parts stopped in reverse. Made by open-engine.ts; a program that embeds Millrace sees engine.ts only. */
import type { EmbeddedPostgres } from "@millrace/embedded-postgres";
import { actions } from "../actions/table.ts";
import type { Clock } from "../base/clock.ts";
import { MillraceError } from "../base/errors.ts";
import type { MillraceConfig } from "../config/config.ts";
import type { Consumer } from "../consumers/consumer.ts";
import { isBehind } from "../consumers/rebuild.ts";
import type { Incoming } from "../crm/hubspot/inbound/incoming.ts";
import type { ClockWatch } from "../db/clock-watch.ts";
import { type Database, serverVersion } from "../db/database.ts";
import type { WakeUps } from "../db/wake.ts";
import { type DecisionTimeout, reasonOf } from "../decider/decision-timeout.ts";
import { startWatchdog } from "../decider/watchdog.ts";
import type { MailChannel } from "../email/mail-channel.ts";
import type { Actor } from "../events/actor.ts";
import type { EventCatalogue } from "../events/catalogue.ts";
import type { Appended, NewEvent } from "../events/event.ts";
import { type LogReader, logReader } from "../events/log-reader.ts";
import { Subscription, type SubscriptionOptions } from "../events/subscription.ts";
import { putIntoBulkLane } from "../intake/bulk-lane.ts";
import type { Monitor } from "../monitor/monitor.ts";
import type { AgentWords, Changed, EngineContext } from "../operations/context.ts";
import { functionsOf } from "../operations/surface.ts";
import { queries } from "../queries/table.ts";
import type { TaskCatalogue } from "../tasks/catalogue.ts";
import type { Circuits } from "../tasks/circuits.ts";
import type { WorkRules } from "../tasks/finish.ts";
import type { TaskHandler } from "../tasks/handler.ts";
import type { ResultDecider } from "../tasks/result-decider.ts";
import type { Workflow } from "../workflows/workflow.ts";
import { liftStops } from "../workflows/workflow-stops.ts";
import { resumeIncoming } from "./apply-decision-timeout.ts";
import type { Actions, Queries } from "./engine.ts";
import type { EngineBase } from "./engine-base.ts";
import type { EngineComponents } from "./engine-components.ts";
import { hasWorkDue } from "./pending-work.ts";

const IDLE_POLL_MS = 5;
const DEFAULT_CONCURRENCY = 4;
/** No one waits for a consumer: what comes within this time is taken together. */
const CONSUMER_REST_MS = 250;

/** The database beneath an engine. */
export interface Foundation {
  /** undefined: a server's. */
  readonly embedded: EmbeddedPostgres | undefined;
  readonly closeDatabase: () => Promise<void>;
}

export class EngineHandle {
  readonly config: MillraceConfig;
  readonly db: Database;
  readonly clock: Clock;
  readonly events: EventCatalogue;
  readonly tasks: TaskCatalogue;
  readonly handlers: readonly TaskHandler[];
  readonly wakeUps: WakeUps;
  /** The log, for those who follow it. */
  readonly log: LogReader;
  readonly work: WorkRules;
  readonly embedded: EmbeddedPostgres | undefined;
  readonly mail: MailChannel;
  readonly actions: Actions;
  readonly queries: Queries;
  /** Which agents are stopped. */
  readonly circuits: Circuits;
  /** Decides what results of tasks lead to. */
  readonly results: ResultDecider;
  /** Watches over everything, in one process; undefined where it is switched off or another role's. */
  readonly monitor: Monitor | undefined;
  /** What builds something from the log beside the workflows. */
  readonly consumers: readonly Consumer[];
  readonly #base: EngineBase;
  readonly #parts: EngineComponents;
  readonly #closeDatabase: () => Promise<void>;
  readonly #subscriptions: Subscription[] = [];
  #stopping: Promise<void> | undefined;
  #endWatch: () => void = () => {};

  constructor(base: EngineBase, parts: EngineComponents, { embedded, closeDatabase }: Foundation) {
    this.config = base.config;
    this.db = base.db;
    this.clock = base.clock;
    this.events = base.events;
    this.tasks = base.tasks;
    this.handlers = parts.handlers;
    this.wakeUps = base.wakeUps;
    this.log = logReader(base.db, base.wakeUps);
    this.work = base.work;
    this.embedded = embedded;
    this.mail = parts.mail;
    this.circuits = base.circuits;
    this.results = parts.results;
    this.monitor = parts.deciders?.monitor;
    this.consumers = parts.consumers;
    this.#base = base;
    this.#parts = parts;
    this.#closeDatabase = closeDatabase;
    const contextFor = (by: Actor) => this.contextFor(by);
    this.actions = functionsOf(actions, contextFor) as Actions;
    this.queries = functionsOf(queries, contextFor) as Queries;
  }

  /** What an operation is given. @param by who asks for it. */
  contextFor(by: Actor): EngineContext {
    const { deciding, erasure, webhooksOut: subscribers } = this.#parts;
    return {
      db: this.db,
      clock: this.clock,
      wakeUps: this.wakeUps,
      by,
      config: this.config,
      work: this.work,
      agents: this.handlers.map(agentWords),
      consumers: this.consumers,
      monitorEveryMs: this.monitorEveryMs,
      changed: (what) => this.#changed(what),
      workflows: this.workflows,
      deciding,
      erasure,
      subscribers,
    };
  }

  async start(): Promise<void> {
    const { maintenance, deciders, dispatcher, mail, taskMirror, hubspot, lateRows } = this.#parts;
    await this.#base.suppressions.refresh();
    await this.wakeUps.listen(this.db);
    await this.#readStops();
    const { decisionLimitMs } = this.#base.settings;
    if (decisionLimitMs > 0)
      this.#endWatch = startWatchdog(decisionLimitMs, (error) => this.#base.onError(error, "watchdog"));
    // A command's engine does nothing by itself: it lives for one request, and states nothing of what it finds on the way.
    const hasRole = deciders !== undefined || dispatcher !== undefined;
    if (hasRole) maintenance.start();
    await deciders?.runner.start();
    dispatcher?.start();
    await deciders?.batching.start();
    deciders?.bulkLane.start();
    if (deciders !== undefined) await this.#startConsumers();
    if (hasRole) mail.start();
    await this.monitor?.start();
    if (dispatcher !== undefined) taskMirror?.start();
    if (deciders === undefined) return;
    hubspot?.start();
    lateRows.start();
  }

  /**
   * Appends events from outside; all or none. Resolves when they are durable: a crash at any later moment loses nothing.
   * @throws MillraceError unknown_event_type, invalid_event, invalid_contact, idempotency_conflict (nothing recorded), or engine_stopped.
   */
  async append(events: readonly NewEvent[]): Promise<readonly Appended[]> {
    if (this.#stopping !== undefined) throw stopped();
    const appended = await this.#parts.ingest.append(events);
    for (const { position } of appended) this.#base.restoreGuard.saw(position);
    return appended;
  }

  /**
   * Takes events that no one waits for, e.g. of an import: they enter the log, in order, while no live event is waiting.
   * Resolves when they are durable. A thousand at a time is a good size.
   * @returns how many were taken; those that wait already are not counted.
   * @throws MillraceError unknown_event_type, invalid_event (nothing was taken), or engine_stopped.
   */
  async appendBulk(events: readonly NewEvent[]): Promise<number> {
    if (this.#stopping !== undefined) throw stopped();
    if (events.length === 0) return 0;
    return putIntoBulkLane(this.db, this.wakeUps, events, this.events, this.clock.now());
  }

  /** Resolves when nothing that is due is left: no event undecided, no task an agent could do, no timer. */
  async idle(): Promise<void> {
    const { ingest, maintenance, deciders, dispatcher, hubspot, handlers } = this.#parts;
    while (this.#stopping === undefined) {
      await ingest.drain();
      if ((deciders?.runner.isIdle ?? true) && (dispatcher?.isIdle ?? true)) {
        await maintenance.turnNow();
        await deciders?.batching.turnNow();
        const isHeard = !(deciders !== undefined && (await hubspot?.isWaiting()));
        const now = this.clock.now();
        if (isHeard && !(await hasWorkDue(this.db, this.circuits.kindsAtWork(handlers, now), now))) return;
        deciders?.runner.trigger();
        dispatcher?.trigger();
        deciders?.bulkLane.trigger();
        hubspot?.trigger();
      }
      await new Promise((resolve) => setTimeout(resolve, IDLE_POLL_MS));
    }
  }

  /** Resolves when every consumer of this process, and every subscriber outside, has all that is in the log. */
  async caughtUp(): Promise<void> {
    const consumers = [...this.#subscriptions, ...this.#parts.webhooksOut];
    const names = consumers.map((consumer) => consumer.name);
    while (this.#stopping === undefined && (await isBehind(this.db, names))) {
      for (const consumer of consumers) consumer.trigger();
      await new Promise((resolve) => setTimeout(resolve, IDLE_POLL_MS));
    }
  }

  /** Erases what work under way has left of erased contacts; done every few seconds by itself. @returns of how many. */
  eraseLateRows(): Promise<number> {
    return this.#parts.lateRows.turnNow();
  }

  /** Adds a consumer of the log with a place of its own; it goes on where it stopped. */
  async subscribe(options: SubscriptionOptions): Promise<Subscription> {
    const subscription = new Subscription(this.db, this.wakeUps, options, (error) =>
      this.#base.onError(error, `subscription ${options.name}`),
    );
    this.#subscriptions.push(subscription);
    await subscription.start();
    return subscription;
  }

  /** Of the PostgreSQL beneath it: "18.4". */
  serverVersion(): Promise<string> {
    return serverVersion(this.db);
  }

  /** How often the monitor turns; undefined: it is switched off. */
  get clockWatch(): ClockWatch {
    return this.#base.clockWatch;
  }

  /** Since when the oldest of what came in waits to be recorded, in milliseconds; 0: nothing waits. */
  get oldestArrivalMs(): number {
    return this.#parts.ingest.oldestWaitMs;
  }

  get monitorEveryMs(): number | undefined {
    return this.#base.inForce.monitor === false ? undefined : this.#base.monitorRules.everyMs;
  }

  /** What HubSpot tells comes in by this; undefined without one in the config. */
  get hubspot(): Incoming | undefined {
    return this.#parts.hubspot;
  }

  get workflows(): readonly Workflow[] {
    return this.#base.workflows.set.all;
  }

  /**
   * Puts other workflows of the user's own in place, between two batches.
   * @throws MillraceError invalid_workflow when one of them has an error; what runs keeps running.
   */
  replaceWorkflows(own: readonly Workflow[]): void {
    this.#base.workflows.replaceOwn(own);
    // What a helper in another file does is not in a workflow's version: after a change all are asked again.
    void liftStops(this.db)
      .then(() => this.#readStops())
      .catch((error: unknown) => this.#base.onError(error, "workflows"));
  }

  /** @throws MillraceError invalid_workflow, as `replaceWorkflows` would; nothing is put in place. */
  checkWorkflows(own: readonly Workflow[]): void {
    this.#base.workflows.check(own);
  }

  /** Puts what the process before had accepted and could not write into the log; called once, at the start. */
  resumeAfter(timeout: DecisionTimeout, file: string): Promise<void> {
    this.#base.onError(new Error(reasonOf(timeout)), `workflow ${timeout.under.workflow}`);
    return resumeIncoming(timeout, file, (arrivals) => this.#parts.ingest.resume(arrivals));
  }

  #readStops(): Promise<void> {
    return this.#base.workflows.readStops(this.db);
  }

  /** Takes no more, lets the work under way end and be written, closes everything. Calling it twice is fine. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #changed(what: Changed): Promise<void> {
    if (what === "agents") {
      // A pause that was answered holds in this process: what comes in next is decided by it.
      this.circuits.forget();
      await this.circuits.refresh();
    }
    if (what === "mail") await this.mail.look();
    if (what === "workflows") await this.#readStops();
    if (what === "consumers") for (const subscription of this.#subscriptions) subscription.trigger();
  }

  async #startConsumers(): Promise<void> {
    for (const consumer of this.consumers) {
      const { name, types, from, take } = consumer;
      await this.subscribe({ name, types, from, take, restMs: CONSUMER_REST_MS });
    }
    for (const webhook of this.#parts.webhooksOut) await webhook.start();
  }

  async #stopAll(): Promise<void> {
    const { ingest, maintenance, deciders, dispatcher, webhooksOut, mail, ...parts } = this.#parts;
    await ingest.drain();
    await this.monitor?.stop();
    await parts.lateRows.stop();
    await maintenance.stop();
    await this.#base.restoreGuard.note(this.db);
    await parts.taskMirror?.stop();
    await parts.hubspot?.stop();
    await deciders?.bulkLane.stop();
    await deciders?.batching.stop();
    await Promise.all([...this.#subscriptions, ...webhooksOut].map((consumer) => consumer.stop()));
    await deciders?.runner.stop();
    await dispatcher?.stop(this.#base.settings.drainMs);
    await this.wakeUps.stop();
    await mail.stop();
    await parts.close();
    this.#endWatch();
    await this.#closeDatabase();
  }
}

function agentWords({ name, kinds, isPure, ...handler }: TaskHandler): AgentWords {
  const concurrency = "concurrency" in handler ? handler.concurrency : undefined;
  return { name, kinds, isPure, concurrency: isPure ? undefined : (concurrency ?? DEFAULT_CONCURRENCY) };
}

function stopped(): MillraceError {
  return new MillraceError("engine_stopped", { saw: "The engine has been stopped.", next: "create a new one." });
}
