/** `millrace dead-letters groups`. */
import type { Shown } from "../shows.ts";
import { moment, table } from "../text.ts";

export function show({ terminal, result }: Shown<"deadLetterGroups">): void {
  const { groups } = result;
  if (groups.length === 0) {
    terminal.say("Nothing is set aside.");
    return;
  }
  const rows = groups.map((group) => [
    String(group.count),
    group.subscription,
    moment(group.firstAt),
    moment(group.lastAt),
    group.cause,
  ]);
  terminal.data(table(["HOW MANY", "FOR", "FIRST (UTC)", "LAST (UTC)", "CAUSE"], rows));
  terminal.say("Next: millrace dead-letters retry --all --for <consumer> --cause <cause> --dry-run");
}
