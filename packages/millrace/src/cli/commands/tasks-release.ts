/** `millrace tasks release <id>`. */
import { releaseTask } from "../../tasks/people.ts";
import { changeTask, type PersonOptions } from "../change-task.ts";
import type { Call } from "../command.ts";

export function run(call: Call<PersonOptions>): Promise<void> {
  return changeTask(call, "Given back", ({ tx, id, person, now }) => releaseTask(tx, id, person, now));
}
