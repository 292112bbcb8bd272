/** The inbox as its address asks for it: whose work, of which role, in the order in which it should be done. */
import { useQuery } from "@tanstack/react-query";
import { useMe } from "../api/me.ts";
import { QUEUE_VIEWS, type QueueView, queueQuery } from "../api/queries.ts";
import type { QueuedTask } from "../api/types.ts";
import { useAddress } from "../parts/address.tsx";
import { useFinishing } from "./finishing.ts";

export const VIEW_WORDS: Readonly<Record<QueueView, string>> = {
  open: "Everyone’s",
  mine: "Mine",
  team: "Not taken",
  snoozed: "Snoozed",
};

export function useInbox() {
  const [search] = useAddress();
  const me = useMe();
  const finishing = useFinishing();
  const view = QUEUE_VIEWS.find((one) => one === search.view) ?? "open";
  const { role, kind, band, q } = search;
  const query = useQuery(queueQuery({ view, role, kind, band, q }));
  // Which roles and kinds there are to choose from, whatever is chosen.
  const all = useQuery(queueQuery({ view })).data?.tasks ?? [];
  return {
    query,
    view,
    me,
    counts: query.data?.counts ?? undefined,
    isFiltered: [role, kind, band, q].some((one) => one !== undefined) || view !== "open",
    roles: [...new Set(all.map(roleOf))].sort(),
    kinds: [...new Set(all.map((task) => task.kind))].sort(),
    tasks: (query.data?.tasks ?? []).filter(({ id }) => !finishing.has(id)),
  };
}

/** "person:customer_success" → "customer_success" */
export function roleOf(task: QueuedTask): string {
  return task.doneBy.replace(/^person:/, "");
}
