/** `millrace dead-letters dismiss`. */
import type { Shown } from "../shows.ts";

export function show({ terminal, result }: Shown<"dismissDeadLetter">): void {
  terminal.say(`Put away: ${result.id}.`);
}
