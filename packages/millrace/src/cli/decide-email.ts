/** What `emails arrived|resend` share. */
import { WakeUps } from "../db/wake.ts";
import { decideUnknownEmail, type Verdict } from "../tasks/unknown-emails.ts";
import { workRules } from "../work-rules.ts";
import { userName } from "./change-task.ts";
import type { Call } from "./command.ts";
import { withDatabase } from "./database.ts";
import { parseId } from "./parse.ts";
import { openProject } from "./project.ts";

export interface EmailPersonOptions {
  readonly as?: string;
}

export async function decideEmail(call: Call<EmailPersonOptions>, verdict: Verdict, said: string): Promise<void> {
  const id = parseId("an e-mail", call.words[0]);
  const person = call.options.as ?? userName();
  const loaded = await openProject(call, false);
  const task = await withDatabase(loaded, (db) => {
    const wakeUps = new WakeUps();
    return db.transaction(async (tx) => {
      const task = await decideUnknownEmail(tx, id, verdict, person, Date.now(), workRules(loaded.config));
      await wakeUps.remote(tx, "events");
      await wakeUps.remote(tx, "tasks");
      return task;
    });
  });
  if (call.terminal.isJson) return call.terminal.document({ id, verdict, task });
  call.terminal.say(`${said} by ${person}. Next: millrace tasks show ${task}`);
}
