/** `millrace tasks complete <id>`. */
import type { Json } from "../../events/event.ts";
import { completeByPerson } from "../../tasks/people.ts";
import { changeTask, type PersonOptions } from "../change-task.ts";
import type { Call } from "../command.ts";
import { parseJson } from "../parse.ts";

export function run(call: Call<PersonOptions & { readonly result: string }>): Promise<void> {
  const result = parseJson("--result", call.options.result) as Json;
  return changeTask(call, "Completed", ({ tx, id, person, now }) => completeByPerson(tx, id, person, result, now));
}
