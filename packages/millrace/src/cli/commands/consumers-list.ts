/** `millrace consumers list`. */
import { standings } from "../../consumers/rebuild.ts";
import { listSubscribers } from "../../read/subscribers.ts";
import type { Call } from "../command.ts";
import { withDatabase } from "../database.ts";
import { openProject } from "../project.ts";
import { moment, table } from "../text.ts";

/** A buffer stands still on purpose: what it gathers waits for its flush. */
function behindOf(name: string, behind: number): string {
  if (name.startsWith("batch:")) return "gathers";
  return behind > 10_000 ? "over 10,000" : String(behind);
}

export async function run(call: Call): Promise<void> {
  const { terminal } = call;
  const { consumers, subscribers } = await withDatabase(await openProject(call, false), async (db) => ({
    consumers: await standings(db),
    subscribers: await listSubscribers(db),
  }));
  if (terminal.isJson) return terminal.document({ consumers, subscribers });
  const rows = consumers.map(({ name, position, behind, deadLetters, movedAt }) => [
    name,
    String(position),
    behindOf(name, behind),
    String(deadLetters),
    moment(movedAt),
  ]);
  terminal.data(table(["CONSUMER", "AT", "BEHIND", "SET ASIDE", "MOVED (UTC)"], rows));
  for (const { name, delivered, lastError, disabledAt, nextAt } of subscribers) {
    const state =
      disabledAt !== null ? "gone" : lastError === null ? "ok" : `${lastError}; next ${moment(nextAt ?? 0)}`;
    terminal.say(`Subscriber ${name}: ${delivered} delivered, ${state}.`);
  }
  if (consumers.some((consumer) => consumer.deadLetters > 0)) terminal.say("Next: millrace dead-letters list");
}
