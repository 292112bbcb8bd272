/** `millrace consumers rebuild`: what it built is emptied; a running engine fills it again from the log. */
import type { Shown } from "../shows.ts";

export function show({ terminal, result }: Shown<"rebuildConsumer">): void {
  terminal.say(`Emptied. A running engine builds ${result.name} again from the log. Next: millrace consumers list`);
}
