/** `millrace agents servers`. */
import type { Shown } from "../shows.ts";
import { counted, table } from "../text.ts";

export function show({ terminal, result }: Shown<"mcpServers">): void {
  const { servers } = result;
  const rows = servers.map(({ name, state, error, since, changed }) => [
    name,
    state,
    since === null ? "" : new Date(since).toISOString(),
    changed.join(", "),
    (error ?? "").slice(0, 80),
  ]);
  if (rows.length > 0) terminal.data(table(["SERVER", "STATE", "SINCE", "CHANGED TOOLS", "WHY"], rows));
  terminal.say(`${counted(servers.length, "server")} that agents have used.`);
}
