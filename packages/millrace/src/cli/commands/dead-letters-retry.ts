/** `millrace dead-letters retry <id>`, or `--all`: what was set aside is decided or taken again. */
import type { Engine } from "../../engine.ts";
import { messageOf } from "../../errors.ts";
import { listDeadLetters } from "../../read/dead-letters.ts";
import type { Call } from "../command.ts";
import { CliError, EXIT } from "../exit-codes.ts";
import { parseId } from "../parse.ts";
import { openProject } from "../project.ts";
import { withEngine } from "../with-engine.ts";

interface Options {
  readonly all?: boolean;
}

const MOST = 500;

export async function run(call: Call<Options>): Promise<void> {
  const { terminal, words, options } = call;
  const loaded = await openProject(call);
  const results = await withEngine(loaded, async (engine) => {
    const ids = options.all ? await openLetters(engine) : [idOf(words[0])];
    const results: { id: number; error: string | undefined }[] = [];
    for (const id of ids) {
      const error = await engine.retryDeadLetter(id).then(() => undefined, messageOf);
      results.push({ id, error });
    }
    return results;
  });
  const failed = results.filter((result) => result.error !== undefined);
  if (terminal.isJson) terminal.document({ retried: results });
  else {
    for (const { id, error } of failed) terminal.say(`${id}: ${error}`);
    terminal.say(`${results.length - failed.length} of ${results.length} taken.`);
  }
  if (failed.length > 0) process.exitCode = EXIT.failure;
}

async function openLetters(engine: Engine): Promise<number[]> {
  const letters = await listDeadLetters(engine.db, { resolved: false, limit: MOST });
  // Oldest first: later ones may build on them.
  return letters.map((letter) => letter.id).reverse();
}

function idOf(word: string | undefined): number {
  if (word !== undefined) return parseId("a dead letter", word);
  throw new CliError("usage", "Which one?", "give its id, or --all; `millrace dead-letters list` shows them.");
}
