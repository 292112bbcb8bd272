/** `millrace alerts seen`. */
import type { Shown } from "../shows.ts";
import { harmless } from "../text.ts";

export function show({ terminal, result }: Shown<"seeAlert">): void {
  terminal.data(`${result.id}  ${harmless(result.title)}`);
  terminal.say(`Seen by ${harmless(result.seenBy ?? "")}.`);
}
