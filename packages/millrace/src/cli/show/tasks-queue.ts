/** `millrace tasks queue`. */
import type { Shown } from "../shows.ts";
import { moment, table } from "../text.ts";

export function show({ terminal, result }: Shown<"queue">): void {
  const { tasks, counts } = result;
  const rows = tasks.map((task) => [
    String(task.id),
    task.saidYes ? "said yes" : "",
    task.kind,
    moment(task.dueAt),
    task.who?.score === null || task.who === null ? "" : String(task.who.score),
    task.worker ?? "",
    task.who?.name ?? task.who?.email ?? "",
    task.who?.company ?? "",
  ]);
  terminal.data(table(["ID", "", "KIND", "DUE (UTC)", "SCORE", "HELD BY", "WHO", "COMPANY"], rows));
  if (counts === null) return;
  const { open, mine, team, snoozed, overdue } = counts;
  terminal.say(
    `${open} open: ${mine} mine, ${team} not held, ${overdue} overdue; ${snoozed} put off. Next: millrace tasks claim <id>`,
  );
}
