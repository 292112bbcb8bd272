/** `millrace emails outbox`. */
import type { Shown } from "../shows.ts";
import { moment, table } from "../text.ts";

export function show({ terminal, result }: Shown<"outbox">): void {
  const { emails, counts, mail } = result;
  const rows = emails.map((email) => [
    String(email.id),
    email.state,
    moment(email.sentAt ?? email.notBefore ?? email.createdAt),
    email.template ?? "",
    email.recipient ?? "",
    email.subject ?? "",
    email.reason ?? "",
  ]);
  terminal.data(table(["ID", "STATE", "AT (UTC)", "TEMPLATE", "TO", "SUBJECT", "WHY"], rows));
  const { planned, held, sent, sending, unknown } = counts;
  terminal.say(
    `${planned} planned, ${sending} leaving, ${unknown} unknown; in 24 hours ${sent} sent and ${held} held back.${mail.isPaused ? ` Mail is paused: ${mail.reason}` : ""}`,
  );
}
