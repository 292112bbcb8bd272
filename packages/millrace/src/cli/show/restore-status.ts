/** `millrace restore status|hold`: what is held, and what waits. */
import type { Shown } from "../shows.ts";
import { counted, moment } from "../text.ts";

export function show({ terminal, result: { restore, emails } }: Shown<"restore" | "holdRestore">): void {
  if (restore === null) {
    terminal.data("Nothing is held.");
    return;
  }
  const upTo = restore.lastMissing === null ? "" : `, up to ${restore.lastMissing} at least`;
  terminal.data(`Held since ${moment(restore.foundAt)}: ${restore.detail}`);
  terminal.data(`Events behind position ${restore.newest}${upTo} may be missing.`);
  terminal.data(`${counted(emails, "e-mail")} asked for before may have left meanwhile.`);
  terminal.say("Next: millrace restore confirm --emails send, or --emails cancel where they have left.");
}
