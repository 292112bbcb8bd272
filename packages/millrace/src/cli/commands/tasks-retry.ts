/** `millrace tasks retry <id>`: an open task at once, a failed one as a new task. */
import { retryTask } from "../../tasks/people.ts";
import { workRules } from "../../work-rules.ts";
import { changeTask, type PersonOptions } from "../change-task.ts";
import type { Call } from "../command.ts";
import { openProject } from "../project.ts";

export async function run(call: Call<PersonOptions>): Promise<void> {
  const { config } = await openProject(call, false);
  const rules = workRules(config);
  return changeTask(call, "Tried again", ({ tx, id, person, now }) => retryTask(tx, id, person, now, rules));
}
