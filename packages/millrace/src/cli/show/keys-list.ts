/** `millrace keys list`. */
import type { Shown } from "../shows.ts";
import { counted, moment, table } from "../text.ts";

export function show({ terminal, result }: Shown<"apiKeys">): void {
  const rows = result.keys.map(({ name, scopes, kinds, actsFor, createdBy, expiresAt }) => [
    name,
    scopes.join(","),
    kinds.length === 0 ? "every kind" : kinds.join(","),
    actsFor ?? "",
    createdBy,
    moment(expiresAt),
  ]);
  terminal.data(table(["NAME", "SCOPES", "KINDS", "FOR", "MADE BY", "UNTIL (UTC)"], rows));
  terminal.say(`${counted(rows.length, "key")}, beside the engine's own in the data folder's file api-key.`);
}
