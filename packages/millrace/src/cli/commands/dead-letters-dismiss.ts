/** `millrace dead-letters dismiss <id>`. */

import { userName } from "../change-task.ts";
import type { Call } from "../command.ts";
import { parseId } from "../parse.ts";
import { openProject } from "../project.ts";
import { withEngine } from "../with-engine.ts";

interface Options {
  readonly reason: string;
}

export async function run(call: Call<Options>): Promise<void> {
  const { terminal, words, options } = call;
  const id = parseId("a dead letter", words[0]);
  await withEngine(await openProject(call), (engine) =>
    engine.dismissDeadLetter(id, `${options.reason} (${userName()})`),
  );
  if (terminal.isJson) return terminal.document({ id, dismissed: true });
  terminal.say(`Put away: ${id}.`);
}
