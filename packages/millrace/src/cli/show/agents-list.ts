/** `millrace agents list`. */
import type { Shown } from "../shows.ts";
import { counted, moment, table } from "../text.ts";

/** The kinds by their names alone. */
export function document({ result, engine }: Pick<Shown<"agents">, "result" | "engine">) {
  const agents = result.agents.map(({ name, kinds, ...agent }) => ({
    agent: name,
    ...agent,
    kinds: kinds.map(({ kind }) => kind),
  }));
  return { engine: engine ?? null, agents };
}

export function show({ terminal, result }: Shown<"agents">): void {
  const { agents } = document({ result });
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
