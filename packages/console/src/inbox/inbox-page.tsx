/** The inbox: work that waits for people, with all that is needed to do it beside the list. */
import { useEffect, useState } from "react";
import type { QueuedTask } from "../api/types.ts";
import { useAddress } from "../parts/address.tsx";
import { Button } from "../parts/basics.tsx";
import { commandOf, csvAddress } from "../parts/copy.ts";
import { useHeldList } from "../parts/held-list.ts";
import { useKeys } from "../parts/keys.ts";
import { Page } from "../parts/page.tsx";
import { Empty, Loading, Trouble } from "../parts/states.tsx";
import { plural } from "../words/time.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { FocusMode } from "./focus-mode.tsx";
import { InboxFilters } from "./inbox-filters.tsx";
import { TaskDetail } from "./task-detail.tsx";
import { TaskItem } from "./task-item.tsx";
import { useInbox } from "./use-inbox.ts";
import { verbKeys } from "./verb-keys.ts";

export function InboxPage() {
  const [search, change] = useAddress();
  const inbox = useInbox();
  const held = useHeldList(
    inbox.tasks,
    ({ id }) => id,
    [inbox.view, search.role, search.kind, search.band, search.q].join(),
  );
  const [picked, setPicked] = useState<ReadonlySet<number>>(new Set());
  const tasks = held.rows;
  const found = tasks.findIndex(({ id }) => String(id) === search.task);
  // Beside the list there is room for one: the most pressing, until another is chosen.
  const index = search.task === undefined && tasks.length > 0 ? 0 : found;
  const current = tasks[index];
  const isFocus = search.focus !== undefined;
  useNext(tasks, found, search.task);

  const select = (task: QueuedTask | undefined, how: "push" | "replace" = "replace") =>
    change({ task: task === undefined ? undefined : String(task.id) }, how);
  const step = (by: number) => select(tasks[Math.min(tasks.length - 1, Math.max(0, found < 0 ? 0 : found + by))]);
  const toggle = (id: number) => {
    const next = new Set(picked);
    if (!next.delete(id)) next.add(id);
    setPicked(next);
  };
  useKeys(
    {
      j: () => step(1),
      k: () => step(-1),
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      f: () => change({ focus: isFocus ? undefined : "yes" }),
      x: () => current && toggle(current.id),
      w: () => current && change({ open: `task:${current.id}` }),
      Escape: () => (isFocus ? change({ focus: undefined }) : picked.size > 0 ? setPicked(new Set()) : undefined),
      ...verbKeys,
    },
    true,
  );

  if (isFocus) return <FocusMode tasks={tasks} index={Math.max(0, index)} onStep={step} query={inbox.query} />;
  const filter = { role: search.role, kind: search.kind, band: search.band, q: search.q };
  // Beside an empty list an empty card would only be something to wonder about.
  const isEmpty = inbox.query.data !== undefined && tasks.length === 0;
  const chosen = tasks.filter(({ id }) => picked.has(id));
  return (
    <Page
      title="Inbox"
      about={inbox.query.data === undefined ? undefined : `${plural(tasks.length, "task")}, the most pressing first`}
      className="split-page"
      csv={csvAddress("/api/queue.csv", { view: inbox.view, ...filter })}
      command={commandOf("tasks queue", {
        view: search.view,
        role: filter.role,
        kind: filter.kind,
        band: filter.band,
        search: filter.q,
      })}
      actions={
        <Button look="main" shortcut="f" disabled={tasks.length === 0} onClick={() => change({ focus: "yes" })}>
          Focus
        </Button>
      }
    >
      <InboxFilters inbox={inbox} />
      {chosen.length > 0 && <BulkBar tasks={chosen} onDone={() => setPicked(new Set())} />}
      {inbox.query.isError && <Trouble error={inbox.query.error} again={() => void inbox.query.refetch()} />}
      <div className={`split${isEmpty ? " alone" : search.task === undefined ? "" : " has-detail"}`}>
        <div className="split-list" {...held.holders}>
          {held.fresh > 0 && (
            <Button look="quiet" className="pill" onClick={held.release}>
              {held.fresh} new
            </Button>
          )}
          {inbox.query.isPending && <Loading rows={6} />}
          {isEmpty && <NothingToDo isFiltered={inbox.isFiltered} />}
          <ul className="rows" aria-label="Tasks">
            {tasks.map((task) => (
              <TaskItem
                key={task.id}
                task={task}
                me={inbox.me}
                isCurrent={task === current}
                isPicked={picked.has(task.id)}
                onPick={() => toggle(task.id)}
              />
            ))}
          </ul>
        </div>
        {!isEmpty && (
          <div className="split-detail">
            {current === undefined ? (
              <p className="empty">Choose a task, or press j.</p>
            ) : (
              <TaskDetail key={current.id} task={current} onBack={() => select(undefined)} />
            )}
          </div>
        )}
      </div>
    </Page>
  );
}

/** The task that was shown is gone, done or snoozed: the one that has taken its place in the list is shown, and has the focus. */
function useNext(tasks: readonly QueuedTask[], index: number, task: string | undefined): void {
  const [, change] = useAddress();
  const [lastIndex, setLastIndex] = useState(-1);
  useEffect(() => {
    if (index >= 0) setLastIndex(index);
  }, [index]);
  const isGone = task !== undefined && index < 0 && lastIndex >= 0;
  useEffect(() => {
    if (!isGone) return;
    const next = tasks[Math.min(lastIndex, tasks.length - 1)];
    change({ task: next === undefined ? undefined : String(next.id) }, "replace");
    requestAnimationFrame(() => {
      const row = next === undefined ? null : document.querySelector<HTMLElement>(`[data-task="${next.id}"] a`);
      // In focus mode there is no row, and each task begins at its top (focus-mode.tsx).
      if (row !== null) row.focus();
      else
        (document.querySelector<HTMLElement>(".focus-task") ?? document.querySelector("h1"))?.focus({
          preventScroll: true,
        });
    });
  }, [isGone, lastIndex, tasks, change]);
}

function NothingToDo({ isFiltered }: { readonly isFiltered: boolean }) {
  const [, change] = useAddress();
  if (isFiltered) {
    return (
      <p className="empty">
        Nothing matches these filters.{" "}
        <Button
          look="quiet"
          onClick={() => change({ view: undefined, role: undefined, kind: undefined, band: undefined, q: undefined })}
        >
          Show all
        </Button>
      </p>
    );
  }
  return (
    <Empty>
      No work is waiting. A hot lead brings the next task: <a href="/forms/demo">send one as a CTO</a>.
    </Empty>
  );
}
