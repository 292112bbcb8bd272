/** `millrace dead-letters list`. */
import { listDeadLetters } from "../../read/dead-letters.ts";
import type { Call } from "../command.ts";
import { withDatabase } from "../database.ts";
import { openProject } from "../project.ts";
import { counted, moment, table } from "../text.ts";

interface Options {
  readonly all?: boolean;
  readonly limit: number;
}

export async function run(call: Call<Options>): Promise<void> {
  const { terminal, options } = call;
  const deadLetters = await withDatabase(await openProject(call, false), (db) =>
    listDeadLetters(db, { resolved: options.all === true, limit: options.limit }),
  );
  if (terminal.isJson) return terminal.document({ deadLetters });
  if (deadLetters.length === 0) return terminal.say("Nothing is set aside.");
  const rows = deadLetters.map((letter) => [
    String(letter.id),
    moment(letter.createdAt),
    letter.subscription,
    `${letter.type} (${letter.event})`,
    String(letter.attempts),
    letter.resolution ?? letter.error,
  ]);
  terminal.data(table(["ID", "AT (UTC)", "FOR", "EVENT", "ATTEMPTS", "ERROR"], rows));
  terminal.say(`${counted(deadLetters.length, "dead letter")}. Next: millrace dead-letters retry <id>, or --all`);
}
