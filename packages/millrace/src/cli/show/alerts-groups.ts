/** `millrace alerts groups`. */
import type { Shown } from "../shows.ts";
import { counted, moment, table } from "../text.ts";

export function show({ terminal, result }: Shown<"alertGroups">): void {
  const rows = result.groups.map((group) => [
    group.audience,
    group.name,
    String(group.count),
    String(group.unseen),
    String(group.unresolved),
    moment(group.lastAt),
    group.isMuted ? "muted" : "",
    group.lastTitle,
  ]);
  terminal.data(table(["TO", "NAME", "ALERTS", "UNSEEN", "NOT OVER", "LAST (UTC)", "", "LATEST"], rows));
  for (const { audience, name, until, mutedBy, reason } of result.mutes) {
    const end = until === null ? "until it is lifted" : `until ${moment(until)}`;
    terminal.say(`${name} to ${audience} is muted by ${mutedBy} ${end}${reason === null ? "" : `: ${reason}`}`);
  }
  terminal.say(`${counted(rows.length, "group")}. Next: millrace alerts list --audience <name>`);
}
