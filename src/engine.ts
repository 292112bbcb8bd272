/**
 * The composition root: builds every room from the config, starts them in order, stops them in reverse.
 * The gateway, the CLI, the benchmark and a program that embeds Millrace all come through this door.
 */

import { dataEnricher } from "./agents/data-enricher/data-enricher.ts";
import { visitingEnricher } from "./agents/data-enricher/visiting-enricher.ts";
import { leadQualifier } from "./agents/lead-qualifier/lead-qualifier.ts";
import { outreachAgent } from "./agents/outreach-agent/outreach-agent.ts";
import { recoveryAgent } from "./agents/recovery-agent/recovery-agent.ts";
import { replyClassifier } from "./agents/reply-classifier/reply-classifier.ts";
import { alerter } from "./alerts/alerter.ts";
import { courier } from "./alerts/courier.ts";
import { type Clock, durationMs, systemClock } from "./clock.ts";
import type { EmbeddingOptions, MillraceConfig } from "./config.ts";
import { analytics } from "./consumers/analytics.ts";
import type { Consumer } from "./consumers/consumer.ts";
import { enrichmentPriority } from "./consumers/enrichment-priority.ts";
import { findDeadLetter, isBehind, noConsumer, rebuildConsumer, retakeEvent, stillFails } from "./consumers/rebuild.ts";
import { WebhookOut } from "./consumers/webhook-out.ts";
import { BulkLane, putIntoBulkLane } from "./contacts/bulk-lane.ts";
import type { Contact } from "./contacts/contact.ts";
import { Ingest } from "./contacts/ingest.ts";
import { type Suppressions, suppressions } from "./contacts/suppression.ts";
import { crmParts } from "./crm/crm.ts";
import { ofKnownAccount } from "./crm/hubspot/account.ts";
import { type Incoming, incoming } from "./crm/hubspot/in/incoming.ts";
import type { TaskMirror } from "./crm/hubspot/task-mirror.ts";
import { checkReachable, Database } from "./db/database.ts";
import { type EmbeddedPostgres, startEmbedded } from "./db/embedded.ts";
import { migrate } from "./db/migrate.ts";
import { WakeUps } from "./db/wake.ts";
import { type Erased, type ErasureParts, eraseContact } from "./erasure/erase-contact.ts";
import { eraser } from "./erasure/eraser.ts";
import { type Applied, applyErasures, type ErasureEntry } from "./erasure/erasure-list.ts";
import { type LateRows, lateRows } from "./erasure/late-rows.ts";
import { MillraceError, messageOf } from "./errors.ts";
import { Batching } from "./events/batching.ts";
import { EventCatalogue } from "./events/catalogue.ts";
import type { Appended, NewEvent } from "./events/event.ts";
import { resolveDeadLetter, Subscription, type SubscriptionOptions } from "./events/subscription.ts";
import { defaultPack } from "./flows/default-pack.ts";
import { assignKinds, pureByKind } from "./handlers.ts";
import { Maintenance } from "./maintenance.ts";
import { Monitor } from "./monitor/monitor.ts";
import { type MonitorRules, monitorRules } from "./monitor/monitor-settings.ts";
import { type MailChannel, mailChannel } from "./outreach/mail-channel.ts";
import { checkedSequences } from "./outreach/sequences.ts";
import { Templates, type TemplateValues } from "./outreach/templates.ts";
import { loadSecret } from "./secret-file.ts";
import { checkedBusinessHours, defaultBusinessHours } from "./tasks/business-hours.ts";
import { missionTaskKinds, TaskCatalogue } from "./tasks/catalogue.ts";
import { Circuits } from "./tasks/circuits.ts";
import { Dispatcher } from "./tasks/dispatcher.ts";
import type { WorkRules } from "./tasks/finish.ts";
import type { TaskHandler } from "./tasks/handler.ts";
import { DEFAULT_AGING_MS } from "./tasks/queue.ts";
import { defaultRetryPolicy } from "./tasks/retry.ts";
import { TaskIds } from "./tasks/task-ids.ts";
import { hasUndecidedEvents, hasWorkDue } from "./work-due.ts";
import { arrivalDecider } from "./workflows/decide-arrivals.ts";
import { type Finding, lintWorkflows } from "./workflows/lint.ts";
import { RUNNER_SUBSCRIPTION } from "./workflows/place.ts";
import { type Replayed, type ReplayWish, replayEvent } from "./workflows/replay.ts";
import { Runner, type RunnerOptions } from "./workflows/runner.ts";
import type { Workflow } from "./workflows/workflow.ts";
import { WorkflowSet } from "./workflows/workflow-set.ts";

const DEFAULT_LEASE_MS = 60_000;
const DEFAULT_SWEEP_MS = 2_000;
const IDLE_POLL_MS = 5;
const DEFAULT_BATCH = 500;
const DEFAULT_BULK_BATCH = 100;
const DEFAULT_MAX_EVENTS = 300;
/** Nobody waits for a consumer: what comes within this time is taken together. */
const CONSUMER_REST_MS = 250;

/**
 * Boots the database (embedded unless `databaseUrl` is set), migrates it and starts all parts.
 * Work that was under way when the last process ended goes on.
 * @throws MillraceError database_setup, database_locked, database_unavailable, migration_failed, invalid_config or invalid_workflow.
 * @example
 * const engine = await createEngine({ workflows: [mine] });
 * await engine.append([{ type: "form_submitted", data: { form: "demo", fields: { email: "ada@example.com" } } }]);
 * await engine.idle();
 * await engine.stop();
 */
export async function createEngine(config: MillraceConfig = {}, embedding: EmbeddingOptions = {}): Promise<Engine> {
  const embedded =
    config.databaseUrl === undefined
      ? await startEmbedded({ dataFolder: config.dataFolder ?? ".millrace" })
      : undefined;
  const url = config.databaseUrl ?? embedded?.url ?? "";
  const onError =
    embedding.onError ?? ((error: unknown, where: string) => console.error(`millrace: ${where}: ${messageOf(error)}`));
  const db = new Database({
    url,
    maxConnections: config.engine?.maxConnections,
    onError: (error) => onError(error, "database connection"),
  });
  let engine: Engine | undefined;
  try {
    await checkReachable(db);
    await migrate(db);
    // The embedded database has a data folder in any case; a server's engine without one signs for this process alone.
    const dataFolder = config.dataFolder ?? (embedded === undefined ? undefined : ".millrace");
    const keys = { links: await loadLinkKey(dataFolder), suppressions: await loadSuppressionKey(dataFolder) };
    engine = new Engine(config, embedding, db, embedded, keys, onError);
    await engine.start();
    return engine;
  } catch (error) {
    // What has begun to turn ends too: a loop left behind would turn on, without a database, for as long as the process lives.
    const ended = engine === undefined ? closeDatabase(db, embedded) : engine.stop();
    await ended.catch((failure: unknown) => onError(failure, "stop"));
    throw error;
  }
}

async function closeDatabase(db: Database, embedded: EmbeddedPostgres | undefined): Promise<void> {
  await db.close();
  await embedded?.stop();
}

export class Engine {
  readonly config: MillraceConfig;
  readonly db: Database;
  readonly clock: Clock;
  readonly events: EventCatalogue;
  readonly tasks: TaskCatalogue;
  readonly handlers: readonly TaskHandler[];
  readonly wakeUps: WakeUps;
  readonly work: WorkRules;
  readonly embedded: EmbeddedPostgres | undefined;
  readonly mail: MailChannel;
  /** Which agents are stopped. */
  readonly circuits: Circuits;
  /** Watches over everything, in one process; undefined where it is switched off or another role's. */
  readonly monitor: Monitor | undefined;
  readonly #ingest: Ingest;
  readonly #runner: Runner | undefined;
  readonly #dispatcher: Dispatcher | undefined;
  readonly #maintenance: Maintenance;
  readonly #batching: Batching | undefined;
  readonly #bulkLane: BulkLane | undefined;
  /** What builds something from the log beside the workflows. */
  readonly consumers: readonly Consumer[];
  readonly #subscriptions: Subscription[] = [];
  readonly #webhooksOut: readonly WebhookOut[];
  readonly #monitorRules: MonitorRules;
  readonly #suppressions: Suppressions;
  readonly #lateRows: LateRows;
  readonly #closers: (() => Promise<void>)[] = [];
  readonly #onError: (error: unknown, where: string) => void;
  #workflows: WorkflowSet;
  #taskMirror: TaskMirror | undefined;
  #hubspot: Incoming | undefined;
  readonly #isEngine: boolean;
  #stopping: Promise<void> | undefined;

  constructor(
    config: MillraceConfig,
    embedding: EmbeddingOptions,
    db: Database,
    embedded: EmbeddedPostgres | undefined,
    keys: Keys,
    onError: (error: unknown, where: string) => void,
  ) {
    this.config = config;
    this.db = db;
    this.embedded = embedded;
    this.#onError = onError;
    this.clock = embedding.clock ?? systemClock;
    this.events = new EventCatalogue(config.events);
    this.tasks = new TaskCatalogue({ ...missionTaskKinds, ...config.tasks });
    this.wakeUps = new WakeUps(config.engine?.wakeUps ?? true);
    this.#suppressions = suppressions(db, keys.suppressions);
    this.#workflows = this.#checked([...this.#pack(), ...(config.workflows ?? [])]);
    this.work = {
      catalogue: this.events,
      tasks: {
        catalogue: this.tasks,
        businessHours: checkedBusinessHours(config.businessHours ?? defaultBusinessHours),
      },
      retry: { ...defaultRetryPolicy, ...config.engine?.retry },
      agingMs: config.engine?.agingMs ?? DEFAULT_AGING_MS,
      taskIds: new TaskIds(),
      maxDepth: config.engine?.maxDepth ?? 12,
    };
    this.circuits = new Circuits(db);
    this.#monitorRules = monitorRules(config.monitor || undefined);
    const templates = new Templates(config.templates);
    const roles = embedding.roles ?? ["engine", "worker"];
    this.mail = this.#newMailChannel(templates, keys.links, roles.includes("engine"));
    this.handlers = assignKinds([...this.#builtInHandlers(templates), ...(config.agents ?? [])], this.tasks);
    this.#runner = roles.includes("engine") ? this.#newRunner() : undefined;
    const decider = this.#runner && arrivalDecider(this.#runner, this.#runnerOptions());
    this.#ingest = new Ingest(db, this.wakeUps, this.events, this.clock, decider);
    this.#dispatcher = roles.includes("worker") ? this.#newDispatcher() : undefined;
    this.consumers = [
      ...(config.pack === false ? [] : [enrichmentPriority, analytics(config.pack?.conversions)]),
      ...(config.consumers ?? []),
    ];
    this.#webhooksOut = this.#newWebhooksOut();
    this.#isEngine = roles.includes("engine");
    this.#bulkLane = roles.includes("engine") ? this.#newBulkLane() : undefined;
    this.#batching = roles.includes("engine") ? this.#newBatching() : undefined;
    this.#lateRows = lateRows({
      ...this.#erasureParts(),
      clock: this.clock,
      onError: (error) => onError(error, "late rows of erased contacts"),
    });
    this.monitor = roles.includes("engine") && config.monitor !== false ? this.#newMonitor() : undefined;
    this.#maintenance = new Maintenance({
      db,
      wakeUps: this.wakeUps,
      clock: this.clock,
      rules: this.work,
      circuits: this.circuits,
      circuitRules: this.#monitorRules,
      monitorEveryMs: this.monitorEveryMs,
      sweepMs: config.engine?.sweepMs ?? DEFAULT_SWEEP_MS,
      onError: (error) => onError(error, "maintenance"),
    });
  }

  async start(): Promise<void> {
    await this.#suppressions.refresh();
    await this.wakeUps.listen(this.db);
    this.#maintenance.start();
    await this.#runner?.start();
    this.#dispatcher?.start();
    await this.#batching?.start();
    this.#bulkLane?.start();
    if (this.#isEngine) await this.#startConsumers();
    this.mail.start();
    await this.monitor?.start();
    if (this.#dispatcher !== undefined) this.#taskMirror?.start();
    if (this.#isEngine) this.#hubspot?.start();
    if (this.#isEngine) this.#lateRows.start();
  }

  /**
   * Appends events from outside; all or none. Resolves when they are durable: a crash at any later moment loses nothing.
   * @throws MillraceError unknown_event_type, invalid_event, invalid_contact, idempotency_conflict (nothing recorded), or engine_stopped.
   */
  async append(events: readonly NewEvent[]): Promise<readonly Appended[]> {
    if (this.#stopping !== undefined) throw stopped();
    return this.#ingest.append(events);
  }

  /**
   * Takes events that nobody waits for, e.g. of an import: they enter the log, in order, while no live event is waiting.
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
    while (this.#stopping === undefined) {
      await this.#ingest.drain();
      if ((this.#runner?.isIdle ?? true) && (this.#dispatcher?.isIdle ?? true)) {
        await this.#maintenance.turnNow();
        await this.#batching?.turnNow();
        const isHeard = !(this.#isEngine && (await this.#hubspot?.isWaiting()));
        if (
          isHeard &&
          !(await hasWorkDue(this.db, this.circuits.kindsAtWork(this.handlers, this.clock.now()), this.clock.now()))
        )
          return;
        this.#runner?.poke();
        this.#dispatcher?.poke();
        this.#bulkLane?.poke();
        this.#hubspot?.poke();
      }
      await new Promise((resolve) => setTimeout(resolve, IDLE_POLL_MS));
    }
  }

  /** Resolves when every consumer of this process, and every subscriber outside, has all that is in the log. */
  async caughtUp(): Promise<void> {
    const names = [...this.#subscriptions, ...this.#webhooksOut].map((consumer) => consumer.name);
    while (this.#stopping === undefined && (await isBehind(this.db, names))) {
      for (const consumer of [...this.#subscriptions, ...this.#webhooksOut]) consumer.poke();
      await new Promise((resolve) => setTimeout(resolve, IDLE_POLL_MS));
    }
  }

  /**
   * Empties what a consumer has built and lets it read the log from the start. Nothing outside happens again.
   * @throws MillraceError not_found, or invalid_request for a consumer that cannot be rebuilt.
   */
  async rebuild(name: string): Promise<void> {
    await rebuildConsumer(this.db, this.consumers, name);
    for (const subscription of this.#subscriptions) subscription.poke();
  }

  /**
   * Lets workflows decide an event once more, as it was then; every gate holds. With `isDryRun` nothing is done.
   * @throws MillraceError not_found, unknown_workflow.
   */
  replay(wish: ReplayWish): Promise<Replayed> {
    return replayEvent(this.#runnerOptions(), wish);
  }

  /**
   * Tries again what was set aside: the workflow decides it again, or the consumer takes it again.
   * @throws MillraceError not_found, or invalid_workflow when it fails still.
   */
  async retryDeadLetter(id: number): Promise<void> {
    const letter = await findDeadLetter(this.db, id);
    if (letter.subscription.startsWith("workflow:")) {
      const workflow = letter.subscription.slice("workflow:".length);
      const { errors } = await this.replay({
        event: letter.event,
        workflow: workflow === "all" ? undefined : workflow,
      });
      if (errors.length > 0) throw stillFails(errors);
      if (workflow === "all") await resolveDeadLetter(this.db, letter.subscription, letter.event, "decided again");
      return;
    }
    const consumer = this.consumers.find((one) => one.name === letter.subscription);
    if (consumer === undefined) throw noConsumer(letter.subscription);
    await retakeEvent(this.db, consumer, letter.event).catch((error: unknown) => {
      throw stillFails([messageOf(error)]);
    });
  }

  /** Puts a dead letter away for good, with the person's reason. @throws MillraceError not_found. */
  async dismissDeadLetter(id: number, reason: string): Promise<void> {
    const letter = await findDeadLetter(this.db, id);
    await resolveDeadLetter(this.db, letter.subscription, letter.event, `dismissed: ${reason}`);
  }

  /**
   * Erases everything known of a contact, for good; of an erased one, what has come in since.
   * @param by who does it: "person:ada".
   * @throws MillraceError not_found; invalid_config without a data folder (nothing was erased).
   */
  erase(contact: string, by: string): Promise<Erased> {
    const wish = { contact, actor: by, because: "asked", now: this.clock.now() } as const;
    return eraseContact(this.#erasureParts(), wish);
  }

  /** Applies a list of erasures to a database that was restored from an older backup. @throws MillraceError invalid_config. */
  eraseAgain(entries: readonly ErasureEntry[], by: string): Promise<Applied> {
    return applyErasures(this.#erasureParts(), entries, { actor: by, now: this.clock.now() });
  }

  /** Erases what work under way has left of erased contacts; done every few seconds by itself. @returns of how many. */
  eraseLateRows(): Promise<number> {
    return this.#lateRows.turnNow();
  }

  /** Adds a consumer of the log with a place of its own; it goes on where it stopped. */
  async subscribe(options: SubscriptionOptions): Promise<Subscription> {
    const subscription = new Subscription(this.db, this.wakeUps, options, (error) =>
      this.#onError(error, `subscription ${options.name}`),
    );
    this.#subscriptions.push(subscription);
    await subscription.start();
    return subscription;
  }

  /** How often the monitor turns; undefined: it is switched off. */
  get monitorEveryMs(): number | undefined {
    return this.config.monitor === false ? undefined : this.#monitorRules.everyMs;
  }

  /** What HubSpot tells comes in by this; undefined without one in the config. */
  get hubspot(): Incoming | undefined {
    return this.#hubspot;
  }

  get workflows(): readonly Workflow[] {
    return this.#workflows.all;
  }

  /**
   * Puts other workflows of the user's own in place, between two batches.
   * @throws MillraceError invalid_workflow when one of them has an error; what runs keeps running.
   */
  replaceWorkflows(own: readonly Workflow[]): void {
    this.#workflows = this.#checked([...this.#pack(), ...own]);
  }

  /** Takes no more, lets the work under way end and be written, closes everything. Calling it twice is fine. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #startConsumers(): Promise<void> {
    for (const consumer of this.consumers) {
      const { name, types, from, take } = consumer;
      await this.subscribe({ name, types, from, take, restMs: CONSUMER_REST_MS });
    }
    for (const webhook of this.#webhooksOut) await webhook.start();
  }

  #newWebhooksOut(): WebhookOut[] {
    return Object.entries(this.config.subscribers ?? {}).map(
      ([name, subscriber]) =>
        new WebhookOut({
          db: this.db,
          wakeUps: this.wakeUps,
          clock: this.clock,
          name,
          subscriber,
          sweepMs: this.config.engine?.sweepMs ?? DEFAULT_SWEEP_MS,
          onError: (error) => this.#onError(error, `subscriber ${name}`),
        }),
    );
  }

  async #stopAll(): Promise<void> {
    await this.#ingest.drain();
    await this.monitor?.stop();
    await this.#lateRows.stop();
    await this.#maintenance.stop();
    await this.#taskMirror?.stop();
    await this.#hubspot?.stop();
    await this.#bulkLane?.stop();
    await this.#batching?.stop();
    await Promise.all([...this.#subscriptions, ...this.#webhooksOut].map((consumer) => consumer.stop()));
    await this.#runner?.stop();
    await this.#dispatcher?.stop(this.config.engine?.drainMs);
    await this.wakeUps.stop();
    await this.mail.stop();
    for (const close of this.#closers) await close();
    await closeDatabase(this.db, this.embedded);
  }

  #pack(): Workflow[] {
    const { pack, hubspot } = this.config;
    return pack === false ? [] : defaultPack(pack, { crm: Boolean(hubspot) });
  }

  #checked(workflows: readonly Workflow[]): WorkflowSet {
    const errors = lintWorkflows(workflows, { events: this.events, tasks: this.tasks }).filter(
      (finding) => finding.level === "error",
    );
    if (errors.length > 0) throw invalidWorkflows(errors);
    return new WorkflowSet(workflows);
  }

  #builtInHandlers(templates: Templates): TaskHandler[] {
    const { config } = this;
    const bands = config.pack === false ? undefined : config.pack?.bands;
    const sequences = checkedSequences(config.pack === false ? {} : config.pack?.sequences);
    const alerts = courier(config.alerts ?? {}, config.mail ?? {});
    this.#closers.push(() => alerts.close());
    return [
      leadQualifier({ bands }),
      this.#enricher(),
      outreachAgent({ templates, sequences }),
      replyClassifier(config.replies),
      alerter({
        channelsOf: alerts.channelsOf,
        textOf: (name, contact, values) => alertText(templates, name, contact, values),
      }),
      alerts.handler,
      this.mail.mailer,
      eraser(this.#erasureParts()),
      recoveryAgent({
        db: this.db,
        wakeUps: this.wakeUps,
        circuits: this.circuits,
        work: this.work,
        rules: this.#monitorRules,
        agents: () => this.handlers,
      }),
      ...this.#crm(),
    ];
  }

  /** Nothing is asked outside of the machine unless the config says so. */
  #enricher(): TaskHandler {
    const { enrichment = {} } = this.config;
    if (!enrichment.websites && enrichment.profiles === undefined) {
      const { freshFor, chain } = enrichment;
      return dataEnricher({ freshForMs: freshFor && durationMs(freshFor), chain });
    }
    const enricher = visitingEnricher(enrichment, this.clock);
    this.#closers.push(() => enricher.close());
    return enricher.handler;
  }

  #erasureParts(): ErasureParts {
    const { db, wakeUps, work: rules, config } = this;
    const erasesThere = config.hubspot ? config.hubspot.eraseThere === true : false;
    return { db, wakeUps, rules, suppressions: this.#suppressions, erasesThere };
  }

  /** Nothing of it runs unless a CRM is configured. */
  #crm(): TaskHandler[] {
    if (!this.config.hubspot) return [];
    const onError = (error: unknown) => this.#onError(error, "task mirror");
    const parts = { db: this.db, wakeUps: this.wakeUps, clock: this.clock, kinds: this.tasks.all(), onError };
    const { api, settings, checkAccount, handlers, mirror } = crmParts(this.config.hubspot, parts);
    this.#taskMirror = mirror;
    this.#closers.push(() => api.close());
    this.#hubspot = incoming({
      db: this.db,
      wakeUps: this.wakeUps,
      catalogue: this.events,
      clock: this.clock,
      api: ofKnownAccount(api, checkAccount),
      settings,
      suppressions: this.#suppressions,
      sweepMs: this.config.engine?.sweepMs ?? DEFAULT_SWEEP_MS,
      isBusy: () => hasUndecidedEvents(this.db, this.config.engine?.batchSize ?? DEFAULT_BATCH),
      onError: this.#onError,
    });
    return [...handlers];
  }

  #newMailChannel(templates: Templates, linkKey: string, mayFetch: boolean): MailChannel {
    const { config, db, clock } = this;
    return mailChannel({
      db,
      clock,
      settings: config.mail ?? {},
      publicUrl: config.gateway?.publicUrl,
      linkKey,
      suppressions: this.#suppressions,
      mayFetch,
      templates,
      append: (events) => this.#ingest.append(events),
      sweepMs: config.engine?.sweepMs ?? DEFAULT_SWEEP_MS,
      onError: this.#onError,
    });
  }

  #newRunner(): Runner {
    return new Runner(this.#runnerOptions());
  }

  #runnerOptions(): RunnerOptions {
    const pureHandlers = pureByKind(this.handlers);
    return {
      db: this.db,
      wakeUps: this.wakeUps,
      clock: this.clock,
      taskIds: this.work.taskIds,
      agingMs: this.work.agingMs,
      batchSize: this.config.engine?.batchSize ?? DEFAULT_BATCH,
      sweepMs: this.config.engine?.sweepMs ?? DEFAULT_SWEEP_MS,
      rules: () => ({
        workflows: this.#workflows,
        catalogue: this.events,
        tasks: this.work.tasks,
        // A stopped agent's tasks are queued instead, and wait.
        pureHandlers: this.circuits.withoutStopped(pureHandlers),
        retry: this.work.retry,
        maxDepth: this.work.maxDepth,
        maxEvents: this.config.engine?.maxEvents ?? DEFAULT_MAX_EVENTS,
      }),
      onError: (error) => this.#onError(error, "runner"),
    };
  }

  #newMonitor(): Monitor {
    return new Monitor({
      db: this.db,
      wakeUps: this.wakeUps,
      clock: this.clock,
      rules: this.#monitorRules,
      agents: this.handlers.flatMap(({ name, kinds, isPure }) => kinds.map((kind) => ({ kind, agent: name, isPure }))),
      runner: RUNNER_SUBSCRIPTION,
      dataFolder: this.config.dataFolder ?? (this.embedded === undefined ? undefined : ".millrace"),
      onError: (error) => this.#onError(error, "monitor"),
    });
  }

  #newBulkLane(): BulkLane {
    return new BulkLane({
      db: this.db,
      wakeUps: this.wakeUps,
      catalogue: this.events,
      clock: this.clock,
      batchSize: this.config.engine?.bulkBatchSize ?? DEFAULT_BULK_BATCH,
      sweepMs: this.config.engine?.sweepMs ?? DEFAULT_SWEEP_MS,
      isBusy: () => hasUndecidedEvents(this.db),
      onError: (error) => this.#onError(error, "bulk lane"),
    });
  }

  #newBatching(): Batching {
    return new Batching({
      db: this.db,
      wakeUps: this.wakeUps,
      clock: this.clock,
      rules: () => this.#workflows.batches,
      onError: (error) => this.#onError(error, "batching"),
    });
  }

  #newDispatcher(): Dispatcher {
    return new Dispatcher({
      db: this.db,
      wakeUps: this.wakeUps,
      clock: this.clock,
      rules: this.work,
      handlers: this.handlers,
      circuits: this.circuits,
      leaseMs: this.config.engine?.leaseMs ?? DEFAULT_LEASE_MS,
      sweepMs: this.config.engine?.sweepMs ?? DEFAULT_SWEEP_MS,
      onError: (error) => this.#onError(error, "dispatcher"),
    });
  }
}

/** Signs the links in letters; every process that sends or answers them needs the same. */
function loadLinkKey(dataFolder: string | undefined): Promise<string> {
  return loadSecret(dataFolder, { name: "link-key", prefix: "ml_", what: "a key for links" });
}

/** Without a lasting one nobody can be erased: an erased person could not be recognised. */
async function loadSuppressionKey(dataFolder: string | undefined): Promise<string | undefined> {
  if (dataFolder === undefined) return undefined;
  return loadSecret(dataFolder, { name: "suppression-key", prefix: "ms_", what: "a key for suppressions" });
}

/** Secrets of this installation. */
interface Keys {
  readonly links: string;
  /** undefined: this process has no data folder. */
  readonly suppressions: string | undefined;
}

function alertText(templates: Templates, name: string, contact: Contact | undefined, values: TemplateValues) {
  if (!templates.has(name)) return undefined;
  const { subject, text } = templates.render(name, contact, values);
  return { title: subject, text };
}

function invalidWorkflows(errors: readonly Finding[]): MillraceError {
  const lines = errors.map((finding) => `${finding.at}  ${finding.code}  ${finding.message}`);
  return new MillraceError("invalid_workflow", {
    saw: `${errors.length === 1 ? "A workflow has an error" : `Workflows have ${errors.length} errors`}:\n  ${lines.join("\n  ")}\n`,
    next: "correct the lines named above; what runs keeps running.",
    field: "workflows",
  });
}

function stopped(): MillraceError {
  return new MillraceError("engine_stopped", { saw: "The engine has been stopped.", next: "create a new one." });
}
