/** What became of a task that was claimed, given back, completed, cancelled or tried again; of many, how many. */
import type { BulkAnswer } from "../../actions/tasks-of-filter.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { Shown } from "../shows.ts";
import type { Terminal } from "../terminal.ts";
import { counted } from "../text.ts";

const DONE = {
  claimTask: "Claimed",
  releaseTask: "Given back",
  completeTask: "Completed",
  snoozeTask: "Snoozed",
  cancelTask: "Cancelled",
  handOverTask: "Handed over",
  retryTask: "Tried again",
} as const;

type One = keyof typeof DONE;
type Changed = Shown<One | "cancelTasks" | "retryTasks">;

export async function show({ terminal, name, result, by, ask }: Changed): Promise<void> {
  if ("count" in result) return showMany(terminal, result);
  const task = await ask("task", { id: result.task });
  terminal.data(`${task.id}  ${task.kind}  ${task.state}`);
  terminal.say(`${DONE[name as One]} by ${by.name}. Next: millrace tasks show ${task.id}`);
}

function showMany(terminal: Terminal, { count, dryRun, tasks, failed }: BulkAnswer): void {
  for (const { task, error } of failed) terminal.say(`${task}: ${error}`);
  terminal.data(dryRun ? `${counted(count, "task")} meant.` : `${tasks.length} of ${counted(count, "task")} changed.`);
  if (dryRun) terminal.say("Nothing was done. Next: the same with --yes");
}

/** Of one task, the task as it is then. */
export async function document({ result, ask }: Changed): Promise<unknown> {
  return "count" in result ? result : ask("task", { id: result.task });
}

export function exitCode({ result }: Changed): ExitCode {
  return "failed" in result && result.failed.length > 0 ? EXIT.failure : EXIT.ok;
}
