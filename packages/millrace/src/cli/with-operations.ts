/** The operations of a project, for a command: on its database alone, or with an engine that decides and does nothing by itself. */
import { type OperationName, operations } from "../actions/operations.ts";
import { systemClock } from "../base/clock.ts";
import type { MillraceConfig } from "../config/config.ts";
import { consumersOf } from "../consumers/built-in.ts";
import type { Database } from "../db/database.ts";
import { WakeUps } from "../db/wake.ts";
import { workRules } from "../engine/work-rules.ts";
import type { Actor } from "../events/actor.ts";
import type { LoadedConfig } from "../load-config/load-config.ts";
import { monitorRules } from "../monitor/monitor-settings.ts";
import type { DatabaseContext } from "../operations/context.ts";
import type { InputOf, ResultOf } from "../operations/operation.ts";
import { ask } from "../operations/surface.ts";
import { agentsOf } from "./agent-names.ts";
import { withDatabase } from "./database.ts";
import { withEngine } from "./with-engine.ts";

type Operations = typeof operations;

/** Asks one operation by its name. */
export type Ask = <Name extends OperationName>(
  name: Name,
  input: InputOf<Operations[Name]>,
) => Promise<ResultOf<Operations[Name]>>;

export interface OperationsOptions {
  /** "engine" for operations that decide. */
  readonly needs: "database" | "engine";
  readonly by: Actor;
}

/** Opens what is needed, does the work, closes everything whatever comes. */
export function withOperations<Result>(
  loaded: LoadedConfig,
  { needs, by }: OperationsOptions,
  work: (ask: Ask) => Promise<Result>,
): Promise<Result> {
  if (needs === "engine") return withEngine(loaded, (engine) => work(askWith((who) => engine.contextFor(who), by)));
  return withDatabase(loaded, (db) => work(askWith((who) => contextOf(loaded.config, db, who), by)));
}

function askWith(contextFor: (by: Actor) => DatabaseContext, by: Actor): Ask {
  const asked: (name: OperationName, input: unknown) => Promise<unknown> = (name, input) =>
    ask(operations[name], contextFor, input, by);
  // The table ties each name to its input and answer; here they are any of them.
  return asked as unknown as Ask;
}

function contextOf(config: MillraceConfig, db: Database, by: Actor): DatabaseContext {
  const { monitor } = config;
  return {
    db,
    clock: systemClock,
    wakeUps: new WakeUps(),
    by,
    config,
    work: workRules(config),
    agents: [...agentsOf(config)].map(([name, kinds]) => ({ name, kinds, isPure: false, concurrency: undefined })),
    consumers: consumersOf(config),
    monitorEveryMs: monitor === false ? undefined : monitorRules(monitor).everyMs,
    // A process that is about to end remembers nothing.
    changed: async () => {},
  };
}
