/** `millrace agents pause`: in the database, so that it works whether or not an engine answers. */
import { pauseAgent } from "../../tasks/circuits.ts";
import { checkedAgent } from "../agent-names.ts";
import { userName } from "../change-task.ts";
import type { Call } from "../command.ts";
import { withDatabase } from "../database.ts";
import { openProject } from "../project.ts";

export async function run(call: Call<{ readonly reason?: string }>): Promise<void> {
  const { terminal, options, words } = call;
  const loaded = await openProject(call, false);
  const agent = await withDatabase(loaded, async (db) => {
    const name = await checkedAgent(db, loaded.config, words[0]);
    await pauseAgent(db, { agent: name, by: userName(), reason: options.reason, now: Date.now() });
    return name;
  });
  if (terminal.isJson) return terminal.document({ agent, state: "stopped" });
  terminal.data(`${agent} is stopped. Its tasks wait and use up no attempt.`);
  terminal.say(`Next: millrace agents resume ${agent}`);
}
