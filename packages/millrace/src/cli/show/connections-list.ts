/** `millrace connections list`: what the engine talks to, where, and the last error met with each. */
import type { Shown } from "../shows.ts";
import { moment, short, table } from "../text.ts";

type Listed = Shown<"connections">;

export function show({ terminal, result }: Listed): void {
  const rows = result.connections.map(({ name, isSet, where, lastError, lastErrorAt }) => [
    name,
    isSet ? "set" : "not set",
    where ?? "",
    lastError === null ? "none" : short(lastError, 80),
    moment(lastErrorAt),
  ]);
  terminal.data(table(["CONNECTION", "STATE", "WHERE", "LAST ERROR", "AT (UTC)"], rows));
  const [first] = result.connections.filter(({ isSet }) => isSet);
  if (first !== undefined) terminal.say(`Next: millrace connections test ${first.name}`);
}

export function document({ result, engine }: Listed): unknown {
  return { engine: engine ?? null, ...result };
}
