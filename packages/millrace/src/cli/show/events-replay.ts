/** `millrace events replay <position>`: lets the workflows of this folder decide an event once more; a dry run unless --do. */
import { branchOf, reasonsOf } from "../reasons.ts";
import type { Shown } from "../shows.ts";
import { harmless } from "../text.ts";

export function document({ input, result }: Shown<"replayEvent">): unknown {
  return { ...result, dryRun: input.dryRun !== false };
}

export function show({ terminal, input, result: replayed }: Shown<"replayEvent">): void {
  const isDryRun = input.dryRun !== false;
  terminal.say(`${replayed.type} (${replayed.event}), as it was then:`);
  for (const { workflow, branch, outcomes, because } of replayed.decisions) {
    terminal.data(`${workflow}${branch === "" ? "" : `: ${branchOf(branch)}`}`);
    for (const outcome of outcomes as unknown[]) terminal.data(`  ${JSON.stringify(outcome)}`);
    for (const reason of reasonsOf(because)) terminal.data(`  ${harmless(reason)}`);
  }
  if (replayed.decisions.length === 0) terminal.say("No workflow waits for such an event.");
  for (const error of replayed.errors) terminal.say(`Error: ${error}`);
  if (isDryRun) terminal.say("Nothing was done. Next: the same with --do");
}
