/** Builds every room of an engine from what they share; nothing runs yet. Called by create-engine.ts; engine.ts starts and stops them. */
import type { EmbeddingOptions } from "../config/config.ts";
import { consumersOf } from "../consumers/built-in.ts";
import type { Consumer } from "../consumers/consumer.ts";
import { WebhookOut } from "../consumers/webhook-out.ts";
import type { Queryable } from "../db/database.ts";
import { ChainWidths } from "../decider/chain-widths.ts";
import { RUNNER_SUBSCRIPTION } from "../decider/cursor.ts";
import { intakeDecider } from "../decider/decide-at-intake.ts";
import { resultDecider } from "../decider/decide-results.ts";
import { DecisionGuard } from "../decider/decision-guard.ts";
import { LogTurns } from "../decider/log-turns.ts";
import { Runner, type RunnerOptions } from "../decider/runner.ts";
import { Templates } from "../email/compose/templates.ts";
import { type MailChannel, type MailChannelOptions, mailChannel } from "../email/mail-channel.ts";
import { Batching } from "../events/batching.ts";
import { BulkLane } from "../intake/bulk-lane.ts";
import { Ingest } from "../intake/ingest.ts";
import { Monitor } from "../monitor/monitor.ts";
import type { ErasureParts } from "../privacy/erase-contact.ts";
import { type LateRows, lateRows } from "../privacy/late-rows.ts";
import { Dispatcher, type DispatcherOptions } from "../tasks/dispatcher.ts";
import type { TaskHandler } from "../tasks/handler.ts";
import type { ResultDecider } from "../tasks/result-decider.ts";
import { type BuiltIn, builtInAgents } from "./built-in-agents.ts";
import type { EngineBase } from "./engine-base.ts";
import { assignKinds, pureByKind } from "./handler-registry.ts";
import { Maintenance } from "./maintenance.ts";
import { hasUndecidedEvents } from "./pending-work.ts";

export interface EngineComponents extends Omit<BuiltIn, "handlers"> {
  /** All agents, each kind of task in one hand. */
  readonly handlers: readonly TaskHandler[];
  readonly mail: MailChannel;
  readonly ingest: Ingest;
  /** Decides what results of tasks lead to. */
  readonly results: ResultDecider;
  /** How events are decided, by the runner and in replays. */
  readonly deciding: RunnerOptions;
  readonly maintenance: Maintenance;
  /** What builds something from the log beside the workflows. */
  readonly consumers: readonly Consumer[];
  readonly webhooksOut: readonly WebhookOut[];
  readonly erasure: ErasureParts;
  readonly lateRows: LateRows;
  /** undefined where this process has another role. */
  readonly dispatcher: Dispatcher | undefined;
  readonly deciders: Deciders | undefined;
}

/** What only a process with the role "engine" has. */
export interface Deciders {
  readonly runner: Runner;
  readonly bulkLane: BulkLane;
  readonly batching: Batching;
  /** Watches over everything; undefined where it is switched off. */
  readonly monitor: Monitor | undefined;
}

/** @throws MillraceError invalid_config. */
export function engineComponents(
  base: EngineBase,
  { roles = ["engine", "worker"] }: EmbeddingOptions,
): EngineComponents {
  const { inForce, db, wakeUps, events, clock, tasks } = base;
  const isEngine = roles.includes("engine");
  const erasure = erasureParts(base);
  const templates = new Templates(inForce.templates);
  const mail = newMailChannel(base, templates, {
    mayFetch: isEngine,
    append: (arrivals) => ingest.append(arrivals),
    ownPeople: async () => (await channels.hubspot?.ownerAddresses()) ?? [],
  });
  const { handlers: builtIn, ...channels } = builtInAgents(base, { templates, mail, erasure }, () => handlers);
  const handlers = assignKinds([...builtIn, ...inForce.agents], tasks);
  const guard = new DecisionGuard({ recordFile: base.timeoutFile, arrivals: () => ingest.openArrivals });
  const deciding = howToDecide(base, handlers, guard);
  const deciders = isEngine ? newDeciders(base, handlers, deciding) : undefined;
  const turns = new LogTurns();
  const ingest = new Ingest(db, wakeUps, events, clock, deciders && intakeDecider(deciders.runner, deciding, turns));
  // Whoever did the work decides what follows. The leader knows of stopped workflows; another process asks.
  const look = async (from: Queryable) => {
    if (deciders?.runner.leads !== true) await base.workflows.readStops(from);
  };
  const results = resultDecider({ options: deciding, work: base.work, turns, look });
  return {
    ...channels,
    handlers,
    mail,
    ingest,
    results,
    deciding,
    maintenance: newMaintenance(base),
    consumers: consumersOf(inForce),
    webhooksOut: newWebhooksOut(base),
    erasure,
    lateRows: lateRows({ ...erasure, clock, onError: at(base, "late rows of erased contacts") }),
    dispatcher: roles.includes("worker")
      ? newDispatcher(base, { handlers, decider: results, callTools: channels.callTools })
      : undefined,
    deciders,
  };
}

/** Names the part in which an error was survived. */
function at({ onError }: EngineBase, where: string): (error: unknown) => void {
  return (error) => onError(error, where);
}

function erasureParts({ db, wakeUps, work: rules, suppressions, inForce }: EngineBase): ErasureParts {
  const erasesThere = inForce.hubspot ? inForce.hubspot.eraseThere : false;
  return { db, wakeUps, rules, suppressions, erasesThere };
}

function newMailChannel(
  { inForce, db, clock, keys, suppressions, settings, onError }: EngineBase,
  templates: Templates,
  from: Pick<MailChannelOptions, "mayFetch" | "append" | "ownPeople">,
): MailChannel {
  return mailChannel({
    db,
    clock,
    settings: inForce.mail,
    publicUrl: inForce.gateway.publicUrl,
    linkKey: keys.links,
    suppressions,
    templates,
    ...from,
    sweepMs: settings.sweepMs,
    onError,
  });
}

function howToDecide(base: EngineBase, handlers: readonly TaskHandler[], guard: DecisionGuard): RunnerOptions {
  const { db, wakeUps, clock, work, settings, workflows, events: catalogue, circuits } = base;
  const { retry, maxDepth, agingMs, taskIds } = work;
  const { batchSize, sweepMs, maxEvents } = settings;
  const { pack } = base.inForce;
  const pureHandlers = pureByKind(handlers);
  const widths = new ChainWidths();
  return {
    db,
    wakeUps,
    clock,
    taskIds,
    agingMs,
    widths,
    clockWatch: base.clockWatch,
    batchSize,
    sweepMs,
    rules: () => ({
      workflows: workflows.set,
      catalogue,
      tasks: work.tasks,
      // A stopped agent's tasks are queued instead, and wait.
      pureHandlers: circuits.withoutStopped(pureHandlers),
      retry,
      bands: pack === false ? undefined : pack.bands,
      maxDepth,
      maxEvents,
      widths,
      guard: settings.decisionLimitMs === 0 ? undefined : guard,
    }),
    onLead: () => workflows.readStops(db),
    onError: at(base, "runner"),
  };
}

function newDeciders(base: EngineBase, handlers: readonly TaskHandler[], deciding: RunnerOptions): Deciders {
  const { inForce, db, wakeUps, clock, events: catalogue, settings, workflows } = base;
  return {
    runner: new Runner(deciding),
    bulkLane: new BulkLane({
      db,
      wakeUps,
      catalogue,
      clock,
      batchSize: settings.bulkBatchSize,
      sweepMs: settings.sweepMs,
      isBusy: () => hasUndecidedEvents(db),
      onError: at(base, "bulk lane"),
    }),
    batching: new Batching({
      db,
      wakeUps,
      clock,
      rules: () => workflows.set.batches,
      onError: at(base, "batching"),
    }),
    monitor: inForce.monitor === false ? undefined : newMonitor(base, handlers),
  };
}

function newMonitor(base: EngineBase, handlers: readonly TaskHandler[]): Monitor {
  const { db, wakeUps, clock, monitorRules: rules, dataFolder } = base;
  const agents = handlers.flatMap(({ name, kinds, isPure }) => kinds.map((kind) => ({ kind, agent: name, isPure })));
  const onError = at(base, "monitor");
  return new Monitor({ db, wakeUps, clock, rules, agents, runner: RUNNER_SUBSCRIPTION, dataFolder, onError });
}

function newMaintenance(base: EngineBase): Maintenance {
  const { inForce, db, wakeUps, clock, work, circuits, monitorRules, settings } = base;
  return new Maintenance({
    db,
    wakeUps,
    clock,
    rules: work,
    circuits,
    clockWatch: base.clockWatch,
    circuitRules: monitorRules,
    retention: inForce.retention,
    restoreGuard: base.restoreGuard,
    monitorEveryMs: inForce.monitor === false ? undefined : monitorRules.everyMs,
    sweepMs: settings.sweepMs,
    onError: at(base, "maintenance"),
  });
}

function newWebhooksOut(base: EngineBase): WebhookOut[] {
  const { inForce, db, wakeUps, clock, settings } = base;
  return Object.entries(inForce.subscribers).map(([name, subscriber]) => {
    const onError = at(base, `subscriber ${name}`);
    return new WebhookOut({ db, wakeUps, clock, name, subscriber, sweepMs: settings.sweepMs, onError });
  });
}

function newDispatcher(
  base: EngineBase,
  parts: Pick<DispatcherOptions, "handlers" | "decider" | "callTools">,
): Dispatcher {
  const { db, wakeUps, clock, work, circuits, settings } = base;
  return new Dispatcher({
    db,
    wakeUps,
    clock,
    rules: work,
    ...parts,
    circuits,
    clockWatch: base.clockWatch,
    leaseMs: settings.leaseMs,
    sweepMs: settings.sweepMs,
    onError: at(base, "dispatcher"),
  });
}
