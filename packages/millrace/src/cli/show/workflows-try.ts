/** `millrace workflows try`. */
import { reasonsOf } from "../reasons.ts";
import type { Shown } from "../shows.ts";
import { harmless } from "../text.ts";

export function show({ terminal, result }: Shown<"tryWorkflow">): void {
  terminal.say(`${result.type} (${result.event}):`);
  for (const { workflow, branch, outcomes, because } of result.decisions) {
    terminal.data(`${workflow}  ${branch || "(no branch)"}  ${JSON.stringify(outcomes)}`);
    for (const reason of reasonsOf(because)) terminal.data(`    ${harmless(reason)}`);
  }
  for (const error of result.errors) terminal.data(`error: ${error}`);
  terminal.say("Nothing was written.");
}
