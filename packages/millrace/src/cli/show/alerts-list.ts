/** `millrace alerts list`. */
import type { Shown } from "../shows.ts";
import { counted, moment, table } from "../text.ts";

export function show({ terminal, result }: Shown<"alerts">): void {
  const { alerts } = result;
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
