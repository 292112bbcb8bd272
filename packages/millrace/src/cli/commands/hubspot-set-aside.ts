/** `millrace hubspot set-aside`: what HubSpot sent and nobody could read, with the reason. */
import { listSetAside } from "../../crm/hubspot/in/incoming-rows.ts";
import type { Call } from "../command.ts";
import { withDatabase } from "../database.ts";
import { openProject } from "../project.ts";
import { counted, moment, table } from "../text.ts";

export async function run(call: Call<{ readonly limit: number }>): Promise<void> {
  const { terminal, options } = call;
  const setAside = await withDatabase(await openProject(call, false), (db) => listSetAside(db, options.limit));
  if (terminal.isJson) return terminal.document({ setAside });
  if (setAside.length === 0) return terminal.say("Everything HubSpot sent could be read.");
  const rows = setAside.map(({ id, receivedAt, error, raw }) => [
    String(id),
    moment(receivedAt),
    error,
    raw.length > 80 ? `${raw.slice(0, 80)}…` : raw,
  ]);
  terminal.data(table(["ID", "AT (UTC)", "ERROR", "AS IT CAME"], rows));
  terminal.say(`${counted(setAside.length, "event")} set aside. With --json they are shown whole.`);
}
