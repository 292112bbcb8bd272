/** `millrace tasks show <id>`: one task, and the events that led to it. */
import type { Shown } from "../shows.ts";
import { harmless, list, moment, short } from "../text.ts";
import { chainText } from "../why-text.ts";

export async function show({ terminal, result: why, ask }: Shown<"explainTask">): Promise<void> {
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
      ["held by", task.worker ?? ""],
      ["attempt", String(task.attempt)],
      ["who", who],
      ["payload", short(task.payload, 400)],
      ["result", short(task.result, 400)],
      ["error", task.error ?? "none"],
      ["asked for by", task.requestedBy],
    ]),
  );
  const { summary } = await ask("task", { id: task.id });
  for (const { text, events } of summary?.sentences ?? [])
    terminal.data(harmless(`${text} (${events.map((position) => `#${position}`).join(", ")})`));
  terminal.data(`Because:\n${chainText(why, terminal)}`);
}
