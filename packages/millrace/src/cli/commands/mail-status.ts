/** `millrace mail status`. */
import { readMailSwitch } from "../../outreach/mail-switch.ts";
import type { Call } from "../command.ts";
import { withDatabase } from "../database.ts";
import { showSwitch } from "../mail-switch-text.ts";
import { openProject } from "../project.ts";

export async function run(call: Call): Promise<void> {
  showSwitch(call.terminal, await withDatabase(await openProject(call, false), readMailSwitch));
}
