/** `millrace mail labels`. */
import type { Shown } from "../shows.ts";
import { counted, moment, table } from "../text.ts";

const LONGEST = 60;

export function show({ terminal, result }: Shown<"replyLabels">): void {
  const rows = result.labels.map(({ reply, readAt, by, was, class: is, text }) => [
    String(reply),
    moment(readAt),
    by,
    was ?? "not read",
    is,
    text.replace(/\s+/g, " ").slice(0, LONGEST),
  ]);
  terminal.data(table(["REPLY", "AT (UTC)", "BY", "WAS", "IS", "TEXT"], rows));
  terminal.say(`${counted(result.labels.length, "label")}.`);
}
