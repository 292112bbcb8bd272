/** `millrace tasks list`. */
import { didYouMean } from "../../errors.ts";
import { listTasks, type TaskFilter } from "../../read/tasks.ts";
import { TASK_STATES } from "../../tasks/task.ts";
import type { Call } from "../command.ts";
import { contactFilter } from "../contact-of.ts";
import { withDatabase } from "../database.ts";
import { CliError } from "../exit-codes.ts";
import { openProject } from "../project.ts";
import { counted, moment, table } from "../text.ts";

interface Options {
  readonly state: string;
  readonly kind?: string;
  readonly contact?: string;
  readonly limit: number;
  readonly since?: number;
}

const STATES: readonly TaskFilter["state"][] = ["open", "finished", ...TASK_STATES];

export async function run(call: Call<Options>): Promise<void> {
  const { terminal, options } = call;
  const state = parseState(options.state);
  const kinds = options.kind === undefined ? undefined : [options.kind];
  const found = await withDatabase(await openProject(call, false), async (db) =>
    listTasks(db, { state, kinds, contact: await contactFilter(db, options.contact), limit: options.limit }),
  );
  const tasks = found.filter((task) => task.createdAt >= (options.since ?? 0));
  if (terminal.isJson) return terminal.document({ tasks });
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
    `${counted(tasks.length, "task")}${tasks.length === options.limit ? " (--limit shows more)" : ""}. Next: millrace tasks show <id>`,
  );
}

function parseState(text: string): TaskFilter["state"] {
  const state = STATES.find((known) => known.toLowerCase() === text.toLowerCase());
  if (state !== undefined) return state;
  const names = STATES.map((known) => known.toLowerCase());
  throw new CliError(
    "usage",
    `--state "${text}" is no state.${didYouMean(text.toLowerCase(), names)}`,
    `write one of ${names.join(", ")}.`,
  );
}
