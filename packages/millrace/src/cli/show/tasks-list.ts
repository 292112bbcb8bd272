/** `millrace tasks list`. */
import type { Shown } from "../shows.ts";
import { counted, moment, table } from "../text.ts";

export function show({ terminal, input, result }: Shown<"tasks">): void {
  const { tasks } = result;
  const rows = tasks.map((task) => [
    String(task.id),
    task.kind,
    task.state,
    task.priority,
    moment(task.dueAt),
    task.worker ?? "",
    task.who?.name ?? task.who?.email ?? "",
    task.error ?? "",
  ]);
  terminal.data(table(["ID", "KIND", "STATE", "PRIORITY", "DUE (UTC)", "HELD BY", "WHO", "ERROR"], rows));
  terminal.say(
    `${counted(tasks.length, "task")}${tasks.length === input.limit ? " (--limit shows more)" : ""}. Next: millrace tasks show <id>`,
  );
}
