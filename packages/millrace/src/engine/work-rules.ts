/** How work is done and written back, by the config: of an engine (engine-base.ts), and of commands that work without one. */
import type { MillraceConfig } from "../config/config.ts";
import { type ConfigInForce, checkedConfig } from "../config/config-schema.ts";
import { EventCatalogue } from "../events/catalogue.ts";
import { missionTaskKinds, TaskCatalogue } from "../tasks/catalogue.ts";
import type { WorkRules } from "../tasks/finish.ts";
import { TaskIds } from "../tasks/task-ids.ts";

/** @throws MillraceError invalid_config. */
export function workRules(config: MillraceConfig): WorkRules {
  return workRulesOf(checkedConfig(config, { source: "The config" }));
}

/** The same of settings that have been checked. */
export function workRulesOf({ engine, businessHours, events, tasks }: ConfigInForce): WorkRules {
  const { agingMs, escalateAfterMs, maxDepth, retry } = engine;
  return {
    catalogue: new EventCatalogue(events),
    tasks: { catalogue: new TaskCatalogue({ ...missionTaskKinds, ...tasks }), businessHours },
    retry,
    agingMs,
    escalateAfterMs,
    taskIds: new TaskIds(),
    maxDepth,
  };
}
