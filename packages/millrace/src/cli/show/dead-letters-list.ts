/** `millrace dead-letters list`. */
import type { Shown } from "../shows.ts";
import { counted, moment, table } from "../text.ts";

export function show({ terminal, result }: Shown<"deadLetters">): void {
  const { deadLetters } = result;
  if (deadLetters.length === 0) {
    terminal.say("Nothing is set aside.");
    return;
  }
  const rows = deadLetters.map((deadLetter) => [
    String(deadLetter.id),
    moment(deadLetter.createdAt),
    deadLetter.subscription,
    `${deadLetter.type} (${deadLetter.event})`,
    String(deadLetter.attempts),
    deadLetter.resolution ?? deadLetter.error,
  ]);
  terminal.data(table(["ID", "AT (UTC)", "FOR", "EVENT", "ATTEMPTS", "ERROR"], rows));
  terminal.say(`${counted(deadLetters.length, "dead letter")}. Next: millrace dead-letters retry <id>, or --all`);
}
