/** `millrace tasks show <id>`: one task, and the events that led to it. */
import { explainTask } from "../../read/why.ts";
import type { Call } from "../command.ts";
import { withDatabase } from "../database.ts";
import { parseId } from "../parse.ts";
import { openProject } from "../project.ts";
import { list, moment, short } from "../text.ts";
import { chainText } from "../why-text.ts";

export async function run(call: Call): Promise<void> {
  const { terminal } = call;
  const id = parseId("a task", call.words[0]);
  const why = await withDatabase(await openProject(call, false), (db) => explainTask(db, id));
  if (terminal.isJson) return terminal.document(why);
  if (why.subject.kind !== "task") return;
  const { task } = why.subject;
  const who = [task.who?.name, task.who?.jobtitle, task.who?.company, task.who?.email]
    .filter((part) => part)
    .join(", ");
  terminal.data(
    list([
      ["task", `${task.id} ${task.kind}`],
      ["state", task.state],
      ["priority", task.priority],
      ["due", `${moment(task.dueAt)} UTC`],
      ["held by", task.worker ?? "nobody"],
      ["attempt", String(task.attempt)],
      ["who", who === "" ? "nobody" : who],
      ["payload", short(task.payload, 400)],
      ["result", short(task.result, 400)],
      ["error", task.error ?? "none"],
      ["asked for by", task.requestedBy],
    ]),
  );
  terminal.data(`Because:\n${chainText(why, terminal)}`);
}
