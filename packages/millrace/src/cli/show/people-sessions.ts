/** `millrace people sessions`. */
import type { Shown } from "../shows.ts";
import { counted, moment, table } from "../text.ts";

export function show({ terminal, result }: Shown<"sessions">): void {
  const rows = result.sessions.map((one) => [
    String(one.id),
    one.person,
    moment(one.createdAt),
    moment(one.expiresAt),
    one.via,
    one.browser ?? "",
  ]);
  terminal.data(table(["ID", "PERSON", "SINCE (UTC)", "ENDS (UTC)", "BY", "BROWSER"], rows));
  terminal.say(`${counted(rows.length, "session")}. Next: millrace people end-sessions --session <id>`);
}
