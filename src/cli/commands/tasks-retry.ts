/** `millrace tasks retry <id>`: an open task at once, a failed one as a new task. */
import { retryTask } from "../../tasks/people.ts";
import { changeTask, type PersonOptions } from "../change-task.ts";
import type { Call } from "../command.ts";
import { openProject } from "../project.ts";
import { workRulesOf } from "../work-rules.ts";

export async function run(call: Call<PersonOptions>): Promise<void> {
  const { config } = await openProject(call, false);
  const rules = workRulesOf(config);
  return changeTask(call, "Tried again", ({ tx, id, person, now }) => retryTask(tx, id, person, now, rules));
}
