/** Which part of the inbox is shown: whose, of which role and kind, and a search. */

import { QUEUE_VIEWS } from "../api/queries.ts";
import { Choice, SearchField, Tabs } from "../parts/filters.tsx";
import { capital, humanly } from "../words/names.ts";
import { BANDS } from "../words/states.ts";
import { taskName } from "../words/tasks.ts";
import { type useInbox, VIEW_WORDS } from "./use-inbox.ts";

export function InboxFilters({ inbox }: { readonly inbox: ReturnType<typeof useInbox> }) {
  return (
    <div className="filters">
      <Tabs
        label="Whose tasks"
        name="view"
        current={inbox.view}
        tabs={QUEUE_VIEWS.map((view) => ({ value: view, words: VIEW_WORDS[view], count: inbox.counts?.[view] }))}
        preset="open"
      />
      <Choice
        label="Role"
        name="role"
        options={[["", "All"], ...inbox.roles.map((role) => [role, capital(humanly(role))] as const)]}
      />
      <Choice
        label="Kind"
        name="kind"
        options={[["", "All"], ...inbox.kinds.map((kind) => [kind, taskName(kind)] as const)]}
      />
      <Choice
        label="Band"
        name="band"
        options={[["", "All"], ...BANDS.map((band) => [band, capital(band)] as const)]}
      />
      <SearchField label="Search tasks" />
    </div>
  );
}
