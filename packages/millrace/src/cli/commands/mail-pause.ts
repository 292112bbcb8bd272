/** `millrace mail pause`: in the database, so that it works whether or not an engine answers. */
import { pauseMail, readMailSwitch } from "../../outreach/mail-switch.ts";
import { userName } from "../change-task.ts";
import type { Call } from "../command.ts";
import { withDatabase } from "../database.ts";
import { showSwitch } from "../mail-switch-text.ts";
import { openProject } from "../project.ts";

export async function run(call: Call<{ readonly reason?: string }>): Promise<void> {
  const state = await withDatabase(await openProject(call, false), async (db) => {
    await pauseMail(db, { by: userName(), now: Date.now(), reason: call.options.reason });
    return readMailSwitch(db);
  });
  showSwitch(call.terminal, state);
}
