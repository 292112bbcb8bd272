/** `millrace agents list`. */
import { readHealth } from "../../read/health.ts";
import { agentNames, agentsOf } from "../agent-names.ts";
import type { Call } from "../command.ts";
import { withDatabase } from "../database.ts";
import { openProject } from "../project.ts";
import { counted, moment, table } from "../text.ts";

export async function run(call: Call): Promise<void> {
  const { terminal } = call;
  const loaded = await openProject(call, false);
  const { agents: known } = await withDatabase(loaded, (db) => readHealth(db, undefined));
  const kindsOf = agentsOf(loaded.config);
  const agents = agentNames(loaded.config, known).map((name) => {
    const health = known.find(({ agent }) => agent === name);
    return {
      agent: name,
      state: "working",
      completed: 0,
      failed: 0,
      retryAt: null,
      reason: null,
      ...health,
      kinds: kindsOf.get(name) ?? [],
    };
  });
  if (terminal.isJson) return terminal.document({ agents });
  const rows = agents.map(({ agent, state, completed, failed, retryAt, reason, kinds }) => [
    agent,
    state,
    String(completed),
    String(failed),
    moment(retryAt),
    reason ?? kinds.join(", "),
  ]);
  terminal.data(table(["AGENT", "STATE", "DONE", "FAILED", "TRIED AT (UTC)", "WHY, OR WHAT IT DOES"], rows));
  terminal.say(`${counted(agents.length, "agent")}; attempts of the last minutes, as the monitor counts them.`);
}
