/** `millrace mail resume`. */
import { readMailSwitch, resumeMail } from "../../outreach/mail-switch.ts";
import { userName } from "../change-task.ts";
import type { Call } from "../command.ts";
import { withDatabase } from "../database.ts";
import { showSwitch } from "../mail-switch-text.ts";
import { openProject } from "../project.ts";

export async function run(call: Call): Promise<void> {
  const state = await withDatabase(await openProject(call, false), async (db) => {
    await resumeMail(db, { by: userName(), now: Date.now() });
    return readMailSwitch(db);
  });
  showSwitch(call.terminal, state);
}
