/** `millrace contacts erased`: with --json a line for each, which `contacts erase --from` applies after a restore. */
import type { Shown } from "../shows.ts";

export function show({ terminal, result }: Shown<"erasures">): void {
  for (const entry of result.erasures)
    terminal.data(`${entry.erasedAt}  ${"contact" in entry ? entry.contact : `${entry.kind} ${entry.hash}`}`);
  if (result.erasures.length === 0) terminal.say("No contact was erased.");
}

export function lines({ result }: Shown<"erasures">): readonly unknown[] {
  return result.erasures;
}
