/** `millrace alerts list`. */
import { listAlerts } from "../../read/alerts.ts";
import type { Call } from "../command.ts";
import { contactFilter } from "../contact-of.ts";
import { withDatabase } from "../database.ts";
import { openProject } from "../project.ts";
import { counted, moment, table } from "../text.ts";

interface Options {
  readonly unseen?: boolean;
  readonly contact?: string;
  readonly limit: number;
  readonly since?: number;
}

export async function run(call: Call<Options>): Promise<void> {
  const { terminal, options } = call;
  const found = await withDatabase(await openProject(call, false), async (db) =>
    listAlerts(db, { unseen: options.unseen, contact: await contactFilter(db, options.contact), limit: options.limit }),
  );
  const alerts = found.filter((alert) => alert.createdAt >= (options.since ?? 0));
  if (terminal.isJson) return terminal.document({ alerts });
  const rows = alerts.map((alert) => [
    String(alert.id),
    moment(alert.createdAt),
    alert.audience,
    alert.name,
    alert.seenBy ?? "",
    moment(alert.resolvedAt),
    alert.title,
  ]);
  terminal.data(table(["ID", "AT (UTC)", "TO", "NAME", "SEEN BY", "RESOLVED", "TITLE"], rows));
  terminal.say(`${counted(alerts.length, "alert")}.`);
}
