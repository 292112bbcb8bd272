/** `millrace tasks retry <id>`: an open task at once, a failed one as a new task. */

import type { MillraceConfig } from "../../config.ts";
import { EventCatalogue } from "../../events/catalogue.ts";
import { checkedBusinessHours, defaultBusinessHours } from "../../tasks/business-hours.ts";
import { missionTaskKinds, TaskCatalogue } from "../../tasks/catalogue.ts";
import type { WorkRules } from "../../tasks/finish.ts";
import { retryTask } from "../../tasks/people.ts";
import { DEFAULT_AGING_MS } from "../../tasks/queue.ts";
import { defaultRetryPolicy } from "../../tasks/retry.ts";
import { TaskIds } from "../../tasks/task-ids.ts";
import { changeTask, type PersonOptions } from "../change-task.ts";
import type { Call } from "../command.ts";
import { openProject } from "../project.ts";

export async function run(call: Call<PersonOptions>): Promise<void> {
  const { config } = await openProject(call, false);
  const rules = workRulesOf(config);
  return changeTask(call, "Tried again", ({ tx, id, person, now }) => retryTask(tx, id, person, now, rules));
}

/** As the engine has them (engine.ts); here without an engine. */
function workRulesOf(config: MillraceConfig): WorkRules {
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
