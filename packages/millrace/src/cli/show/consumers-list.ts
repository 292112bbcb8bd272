/** `millrace consumers list`. */
import type { Shown } from "../shows.ts";
import { moment, table } from "../text.ts";

/** A buffer stands still on purpose: what it gathers waits for its flush. */
function behindOf(name: string, behind: number): string {
  if (name.startsWith("batch:")) return "gathers";
  return behind > 10_000 ? "over 10,000" : String(behind);
}

export function show({ terminal, result }: Shown<"consumers">): void {
  const { consumers, subscribers } = result;
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

export function document({ result, engine }: Shown<"consumers">): unknown {
  return { engine: engine ?? null, ...result };
}
