/** `millrace tasks claim <id>`. */
import { claimForPerson } from "../../tasks/people.ts";
import { changeTask, type PersonOptions } from "../change-task.ts";
import type { Call } from "../command.ts";

export function run(call: Call<PersonOptions>): Promise<void> {
  return changeTask(call, "Claimed", ({ tx, id, person, now }) => claimForPerson(tx, id, person, now));
}
