/** `millrace events replay <position>`: lets the workflows of this folder decide an event once more; a dry run unless --do. */
import type { Call } from "../command.ts";
import { parseId } from "../parse.ts";
import { openProject } from "../project.ts";
import { withEngine } from "../with-engine.ts";

interface Options {
  readonly workflow?: string;
  readonly do?: boolean;
}

export async function run(call: Call<Options>): Promise<void> {
  const { terminal, words, options } = call;
  const event = parseId("an event", words[0]);
  const isDryRun = options.do !== true;
  const replayed = await withEngine(await openProject(call), (engine) =>
    engine.replay({ event, workflow: options.workflow, isDryRun }),
  );
  if (terminal.isJson) return terminal.document({ ...replayed, dryRun: isDryRun });
  terminal.say(`${replayed.type} (${replayed.event}), as it was then:`);
  for (const { workflow, branch, outcomes, because } of replayed.decisions) {
    terminal.data(`${workflow}${branch === "" ? "" : `: ${branch}`}`);
    for (const outcome of outcomes as unknown[]) terminal.data(`  ${JSON.stringify(outcome)}`);
    if (because !== undefined) terminal.data(`  not done: ${because}`);
  }
  if (replayed.decisions.length === 0) terminal.say("No workflow waits for such an event.");
  for (const error of replayed.errors) terminal.say(`Error: ${error}`);
  if (isDryRun) terminal.say("Nothing was done. Next: the same with --do");
}
