/** What `tasks claim|release|complete|retry|cancel` share: the task's id, the person's name, one transaction, a wake-up. */
import { userInfo } from "node:os";
import type { Database, Tx } from "../db/database.ts";
import { WakeUps } from "../db/wake.ts";
import { findTask } from "../read/tasks.ts";
import type { Call } from "./command.ts";
import { withDatabase } from "./database.ts";
import { parseId } from "./parse.ts";
import { openProject } from "./project.ts";

export interface PersonOptions {
  readonly as?: string;
}

export interface Change {
  readonly tx: Tx;
  readonly db: Database;
  readonly id: number;
  readonly person: string;
  readonly now: number;
}

/**
 * Changes the task the call names, and shows it as it is then.
 * @param verb what was done, for a person: "claimed".
 * @param change does it; returns the id of another task when that is the one to show.
 */
export async function changeTask(
  call: Call<PersonOptions>,
  verb: string,
  change: (given: Change) => Promise<unknown>,
): Promise<void> {
  const id = parseId("a task", call.words[0]);
  const person = call.options.as ?? userName();
  await withDatabase(await openProject(call, false), async (db) => {
    const wakeUps = new WakeUps();
    const shown = await db.transaction(async (tx) => {
      const other = await change({ tx, db, id, person, now: Date.now() });
      await wakeUps.remote(tx, "events");
      await wakeUps.remote(tx, "tasks");
      return typeof other === "number" ? other : id;
    });
    const task = await findTask(db, shown);
    if (call.terminal.isJson) return call.terminal.document(task);
    call.terminal.data(`${shown}  ${task?.kind}  ${task?.state}`);
    call.terminal.say(`${verb} by ${person}. Next: millrace tasks show ${shown}`);
  });
}

/** A container may run as a user without a name. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "operator";
  }
}
