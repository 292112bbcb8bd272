/** `millrace emails list`. */
import type { Shown } from "../shows.ts";
import { counted, moment, table } from "../text.ts";

export function show({ terminal, result }: Shown<"emails">): void {
  const { emails } = result;
  const rows = emails.map((email) => [
    String(email.id),
    moment(email.createdAt),
    email.state,
    email.template,
    email.recipient,
    email.subject,
    email.reason ?? "",
  ]);
  terminal.data(table(["ID", "AT (UTC)", "STATE", "TEMPLATE", "TO", "SUBJECT", "REASON"], rows));
  terminal.say(`${counted(emails.length, "e-mail")}.`);
}
