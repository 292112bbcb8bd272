/** What all parts of an engine share, made from its config. Called by create-engine.ts. */
import { type Clock, systemClock } from "../base/clock.ts";
import { loadSecret } from "../base/secret-file.ts";
import type { EmbeddingOptions, MillraceConfig } from "../config/config.ts";
import type { ConfigInForce } from "../config/config-schema.ts";
import { type Suppressions, suppressions } from "../contacts/suppression.ts";
import { ClockWatch } from "../db/clock-watch.ts";
import type { Database } from "../db/database.ts";
import { WakeUps } from "../db/wake.ts";
import { templateNames } from "../email/compose/default-templates.ts";
import type { EventCatalogue } from "../events/catalogue.ts";
import { type MonitorRules, monitorRules } from "../monitor/monitor-settings.ts";
import { RestoreGuard } from "../restore/restore-guard.ts";
import type { TaskCatalogue } from "../tasks/catalogue.ts";
import { Circuits } from "../tasks/circuits.ts";
import type { WorkRules } from "../tasks/finish.ts";
import { workRulesOf } from "./work-rules.ts";
import { WorkflowRegistry } from "./workflow-registry.ts";

export interface EngineBase {
  /** As it was given. */
  readonly config: MillraceConfig;
  /** Every setting with its value in force. */
  readonly inForce: ConfigInForce;
  /** Those of the engine: `inForce.engine`. */
  readonly settings: ConfigInForce["engine"];
  /** Where the keys and an embedded database are; undefined: a server is used, and nothing is kept in files. */
  readonly dataFolder: string | undefined;
  readonly keys: Keys;
  /** Where a decision that takes too long is written down. */
  readonly timeoutFile: string;
  readonly db: Database;
  readonly clock: Clock;
  readonly wakeUps: WakeUps;
  readonly events: EventCatalogue;
  readonly tasks: TaskCatalogue;
  readonly work: WorkRules;
  readonly circuits: Circuits;
  readonly clockWatch: ClockWatch;
  readonly monitorRules: MonitorRules;
  readonly suppressions: Suppressions;
  readonly restoreGuard: RestoreGuard;
  readonly workflows: WorkflowRegistry;
  readonly onError: (error: unknown, where: string) => void;
}

interface Beneath {
  /** The embedded cluster's folder; undefined: a server. */
  readonly cluster: string | undefined;
  /** Called with what an operator should know although all goes on. */
  readonly say: (text: string) => void;
}

/** Secrets of this installation. */
export interface Keys {
  /** Signs the links in letters; every process that sends or answers them needs the same. */
  readonly links: string;
  /** undefined: this process has no data folder. Without a lasting one no one can be erased: an erased person could not be recognised. */
  readonly suppressions: string | undefined;
}

/** @throws MillraceError invalid_config, invalid_workflow. */
export function engineBase(
  config: MillraceConfig,
  { clock = systemClock }: EmbeddingOptions,
  given: Pick<EngineBase, "inForce" | "db" | "dataFolder" | "keys" | "timeoutFile" | "onError"> & Beneath,
): EngineBase {
  const { inForce, db, dataFolder, keys, timeoutFile, onError } = given;
  const settings = inForce.engine;
  const work = workRulesOf(inForce);
  const events = work.catalogue;
  const tasks = work.tasks.catalogue;
  const clockWatch = new ClockWatch(db, clock);
  return {
    config,
    inForce,
    settings,
    dataFolder,
    keys,
    timeoutFile,
    db,
    // Where the process's clock is off, what is recorded all the same has the right time.
    clock: clockWatch,
    wakeUps: new WakeUps(settings.wakeUps),
    events,
    tasks,
    work,
    circuits: new Circuits(db),
    clockWatch,
    monitorRules: monitorRules(inForce.monitor || undefined),
    suppressions: suppressions(db, keys.suppressions),
    restoreGuard: new RestoreGuard({ clock: clockWatch, work, dataFolder, cluster: given.cluster, say: given.say }),
    workflows: new WorkflowRegistry(config, { events, tasks, templates: templateNames(config.templates) }),
    onError,
  };
}

/** Reads the secrets, or makes them. @param dataFolder undefined: links are signed for this process alone. */
export async function loadKeys(dataFolder: string | undefined): Promise<Keys> {
  return {
    links: await loadSecret(dataFolder, { name: "link-key", prefix: "ml_", what: "a key for links" }),
    suppressions:
      dataFolder === undefined
        ? undefined
        : await loadSecret(dataFolder, { name: "suppression-key", prefix: "ms_", what: "a key for suppressions" }),
  };
}
