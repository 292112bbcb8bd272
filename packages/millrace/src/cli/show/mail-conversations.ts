/** `millrace mail conversations`. */
import type { Shown } from "../shows.ts";
import { counted, moment, table } from "../text.ts";

export function show({ terminal, result }: Shown<"conversations">): void {
  const rows = result.conversations.map((one) => [
    moment(one.repliedAt),
    one.who?.name ?? one.who?.email ?? one.contact,
    one.who?.company ?? "",
    one.reading === null ? "not read" : `${one.reading.class}${one.reading.sure ? "" : " (unsure)"}`,
    one.isAnswered ? "answered" : "",
    one.excerpt.replace(/\s+/g, " ").slice(0, 80),
  ]);
  terminal.data(table(["AT (UTC)", "WHO", "COMPANY", "READ AS", "", "TEXT"], rows));
  terminal.say(`${counted(rows.length, "conversation")}. Next: millrace mail conversation <who>`);
}
