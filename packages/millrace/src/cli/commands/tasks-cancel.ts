/** `millrace tasks cancel <id>`. */
import { cancelByPerson } from "../../tasks/people.ts";
import { changeTask, type PersonOptions } from "../change-task.ts";
import type { Call } from "../command.ts";

export function run(call: Call<PersonOptions & { readonly reason: string }>): Promise<void> {
  return changeTask(call, "Called off", ({ tx, id, person, now }) =>
    cancelByPerson(tx, id, person, call.options.reason, now),
  );
}
