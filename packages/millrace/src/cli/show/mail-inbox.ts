/** `millrace mail inbox`. */
import type { Shown } from "../shows.ts";
import { counted, moment, table } from "../text.ts";

export function show({ terminal, result }: Shown<"inbox">): void {
  const { inbox } = result;
  const rows = inbox.map((mail) => [
    String(mail.id),
    moment(mail.receivedAt),
    mail.state,
    mail.from,
    mail.subject,
    mail.why,
    mail.event === null ? "" : String(mail.event),
  ]);
  terminal.data(table(["ID", "AT (UTC)", "STATE", "FROM", "SUBJECT", "WHY", "EVENT"], rows));
  terminal.say(`${counted(inbox.length, "message")}.`);
}
