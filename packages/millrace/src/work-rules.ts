/** How work is done and written back, by the config: of an engine (engine-base.ts), and of commands that work without one. */
import type { EngineSettings, MillraceConfig } from "./config.ts";
import { EventCatalogue } from "./events/catalogue.ts";
import { checkedBusinessHours, defaultBusinessHours } from "./tasks/business-hours.ts";
import { missionTaskKinds, TaskCatalogue } from "./tasks/catalogue.ts";
import type { WorkRules } from "./tasks/finish.ts";
import { DEFAULT_AGING_MS } from "./tasks/queue.ts";
import { defaultRetryPolicy } from "./tasks/retry.ts";
import { TaskIds } from "./tasks/task-ids.ts";

const DEFAULTS = {
  leaseMs: 60_000,
  agingMs: DEFAULT_AGING_MS,
  maxDepth: 12,
  maxEvents: 300,
  batchSize: 500,
  bulkBatchSize: 100,
  sweepMs: 2_000,
  wakeUps: true,
};

/** `config.engine` with its defaults. A setting that is there and undefined counts as one that is not there. */
export type EngineSettingsInForce = EngineSettings & typeof DEFAULTS;

export function engineSettings({ engine = {} }: MillraceConfig): EngineSettingsInForce {
  const given: EngineSettings = Object.fromEntries(Object.entries(engine).filter(([, value]) => value !== undefined));
  return { ...DEFAULTS, ...given };
}

/** @throws MillraceError invalid_config. */
export function workRules(config: MillraceConfig): WorkRules {
  const { agingMs, maxDepth, retry } = engineSettings(config);
  const catalogue = new EventCatalogue(config.events);
  return {
    catalogue,
    tasks: {
      catalogue: new TaskCatalogue({ ...missionTaskKinds, ...config.tasks }),
      businessHours: checkedBusinessHours(config.businessHours ?? defaultBusinessHours),
    },
    retry: { ...defaultRetryPolicy, ...retry },
    agingMs,
    taskIds: new TaskIds(),
    maxDepth,
  };
}
