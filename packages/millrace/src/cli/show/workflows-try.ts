/** `millrace workflows try`. */
import type { Shown } from "../shows.ts";

export function show({ terminal, result }: Shown<"tryWorkflow">): void {
  terminal.say(`${result.type} (${result.event}):`);
  for (const { workflow, branch, outcomes, because } of result.decisions) {
    terminal.data(`${workflow}  ${branch || "(no branch)"}  ${JSON.stringify(outcomes)}`);
    if (because !== undefined) terminal.data(`    ${because}`);
  }
  for (const error of result.errors) terminal.data(`error: ${error}`);
  terminal.say("Nothing was written.");
}
