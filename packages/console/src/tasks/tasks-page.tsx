/** Tasks of agents and people: what is open, what failed and why; tried again or called off, one or all of a filter. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useMay } from "../api/me.ts";
import { type TaskFilter, tasksQuery } from "../api/queries.ts";
import type { Task } from "../api/types.ts";
import { ContactLink, OpenLink, useAddress } from "../parts/address.tsx";
import { Button, Chip, When } from "../parts/basics.tsx";
import { commandOf, csvAddress } from "../parts/copy.ts";
import { Tabs } from "../parts/filters.tsx";
import { useHeldList } from "../parts/held-list.ts";
import { Page } from "../parts/page.tsx";
import { useRowKeys } from "../parts/row-keys.ts";
import { SavedViews } from "../parts/saved-views.tsx";
import { Answered, Empty } from "../parts/states.tsx";
import { VirtualList } from "../parts/virtual-list.tsx";
import { personWords, workerWords } from "../words/names.ts";
import { PRIORITIES, TASK_STATES } from "../words/states.ts";
import { taskName } from "../words/tasks.ts";
import { FilterVerbs } from "./filter-verbs.tsx";
import { KindChoice } from "./kind-choice.tsx";

const TABS = [
  { value: "", words: "Open" },
  { value: "FAILED", words: "Failed" },
  { value: "COMPLETED", words: "Done" },
  { value: "CANCELLED", words: "Called off" },
];

const machineRow = (task: Task) => <MachineRow task={task} />;
const rowHeight = () => 40;

export function TasksPage() {
  const [{ state, kind }, change] = useAddress();
  const may = useMay();
  const filter: TaskFilter = { state: (state ?? "open") as TaskFilter["state"], kind };
  const query = useInfiniteQuery(tasksQuery(filter));
  const tasks = useMemo(() => query.data?.pages.flatMap((page) => page.tasks) ?? [], [query.data]);
  const view = `${state}:${kind}`;
  const held = useHeldList(tasks, ({ id }) => id, view);
  const selected = useRowKeys(held.rows.length, (index) => change({ open: `task:${held.rows[index]?.id}` }), view);
  return (
    <Page
      title="Tasks"
      about="the work of agents and people"
      actions={<SavedViews screen="tasks" />}
      command={commandOf("tasks list", { state: (state ?? "open").toLowerCase(), kind })}
      csv={csvAddress("/api/tasks.csv", { state: filter.state, kind })}
    >
      <div className="filters">
        <Tabs label="State" name="state" tabs={TABS} current={state ?? ""} preset="" />
        <KindChoice />
        {held.fresh > 0 && (
          <Button look="quiet" className="pill" onClick={held.release}>
            {held.fresh} new
          </Button>
        )}
        {may("retryTasks") && <FilterVerbs state={state} kind={kind} />}
      </div>
      <Answered query={query} rows={8}>
        {() =>
          held.rows.length === 0 ? (
            <Empty>{state === "FAILED" ? "Nothing has failed." : "There is no such task."}</Empty>
          ) : (
            <VirtualList
              rows={held.rows}
              keyOf={({ id }) => id}
              height={rowHeight}
              label="Tasks"
              pages={query}
              holders={held.holders}
              selected={selected}
            >
              {machineRow}
            </VirtualList>
          )
        }
      </Answered>
    </Page>
  );
}

function MachineRow({ task }: { readonly task: Task }) {
  const state = TASK_STATES[task.state];
  return (
    <p className="row line">
      <Chip tone={state.tone}>{state.word}</Chip>
      <span className="name">
        <OpenLink kind="task" id={task.id}>
          {taskName(task.kind)}
        </OpenLink>
      </span>
      <span className="about cut">
        {task.contact !== null && <ContactLink id={task.contact}>{personWords(task.who)}</ContactLink>}
      </span>
      {task.error !== null && <span className="bad cut">{task.error}</span>}
      <span className="spring" />
      {task.priority === "URGENT" && <Chip tone="warn">{PRIORITIES.URGENT}</Chip>}
      {task.worker !== null && <span className="about">{workerWords(task.worker)}</span>}
      {task.finishedAt === null ? <When at={task.dueAt} kind="due" /> : <When at={task.finishedAt} />}
    </p>
  );
}
