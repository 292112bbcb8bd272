/** `millrace hubspot set-aside`. */
import type { Shown } from "../shows.ts";
import { counted, moment, table } from "../text.ts";

export function show({ terminal, result }: Shown<"crmSetAside">): void {
  const { setAside } = result;
  if (setAside.length === 0) {
    terminal.say("Everything HubSpot sent could be read.");
    return;
  }
  const rows = setAside.map(({ id, receivedAt, error, raw }) => [
    String(id),
    moment(receivedAt),
    error,
    raw.length > 80 ? `${raw.slice(0, 80)}…` : raw,
  ]);
  terminal.data(table(["ID", "AT (UTC)", "ERROR", "AS IT CAME"], rows));
  terminal.say(`${counted(setAside.length, "event")} set aside. With --json they are shown whole.`);
}
