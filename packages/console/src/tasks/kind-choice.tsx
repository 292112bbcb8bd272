/** Which kind of task: those that agents do, and those of people. */
import { useQuery } from "@tanstack/react-query";
import { agentsQuery, queueQuery } from "../api/queries.ts";
import { useAddress } from "../parts/address.tsx";
import { Choice } from "../parts/filters.tsx";
import { taskName } from "../words/tasks.ts";

export function KindChoice() {
  const [{ kind }] = useAddress();
  const agents = useQuery(agentsQuery).data?.agents ?? [];
  const people = useQuery(queueQuery()).data?.tasks ?? [];
  const kinds = new Set([
    ...agents.flatMap((agent) => agent.kinds.map((one) => one.kind)),
    ...people.map((task) => task.kind),
    ...(kind === undefined ? [] : [kind]),
  ]);
  const options = [...kinds].map((one) => [one, taskName(one)] as const).sort((a, b) => a[1].localeCompare(b[1]));
  return <Choice label="Kind" name="kind" options={[["", "All"], ...options]} />;
}
