/** `millrace agents resume`: in the database, so that it works whether or not an engine answers. */
import { resumeAgent } from "../../tasks/circuits.ts";
import { checkedAgent } from "../agent-names.ts";
import { userName } from "../change-task.ts";
import type { Call } from "../command.ts";
import { withDatabase } from "../database.ts";
import { openProject } from "../project.ts";

export async function run(call: Call): Promise<void> {
  const { terminal, words } = call;
  const loaded = await openProject(call, false);
  const { agent, wasStopped } = await withDatabase(loaded, async (db) => {
    const name = await checkedAgent(db, loaded.config, words[0]);
    return { agent: name, wasStopped: await resumeAgent(db, { agent: name, by: userName(), now: Date.now() }) };
  });
  if (terminal.isJson) return terminal.document({ agent, state: "working", wasStopped });
  terminal.data(wasStopped ? `${agent} works again.` : `${agent} was not stopped.`);
}
