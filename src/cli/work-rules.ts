/** How work is done and written back, as the engine has it (engine.ts), for commands that work without one. */
import type { MillraceConfig } from "../config.ts";
import { EventCatalogue } from "../events/catalogue.ts";
import { checkedBusinessHours, defaultBusinessHours } from "../tasks/business-hours.ts";
import { missionTaskKinds, TaskCatalogue } from "../tasks/catalogue.ts";
import type { WorkRules } from "../tasks/finish.ts";
import { DEFAULT_AGING_MS } from "../tasks/queue.ts";
import { defaultRetryPolicy } from "../tasks/retry.ts";
import { TaskIds } from "../tasks/task-ids.ts";

export function workRulesOf(config: MillraceConfig): WorkRules {
  return {
    catalogue: new EventCatalogue(config.events),
    tasks: {
      catalogue: new TaskCatalogue({ ...missionTaskKinds, ...config.tasks }),
      businessHours: checkedBusinessHours(config.businessHours ?? defaultBusinessHours),
    },
    retry: { ...defaultRetryPolicy, ...config.engine?.retry },
    agingMs: config.engine?.agingMs ?? DEFAULT_AGING_MS,
    taskIds: new TaskIds(),
    maxDepth: config.engine?.maxDepth ?? 12,
  };
}
