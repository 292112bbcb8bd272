/** `millrace workflows counts`. */
import type { Shown } from "../shows.ts";
import { table } from "../text.ts";

export function show({ terminal, result }: Shown<"workflowCounts">): void {
  const rows = result.workflows.flatMap(({ workflow, branches }) =>
    branches.map(({ branch, hour, day, all }) => [workflow, branch, String(hour), String(day), String(all)]),
  );
  terminal.data(table(["WORKFLOW", "BRANCH", "HOUR", "DAY", "EVER"], rows));
  if (result.behind > 0) terminal.say(`${result.behind} events are not counted yet.`);
}
