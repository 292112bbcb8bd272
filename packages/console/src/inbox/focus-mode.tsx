/** Focus mode: one task at a time, and after each the next. */
import type { UseQueryResult } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { QueuedTask } from "../api/types.ts";
import { useAddress } from "../parts/address.tsx";
import { Button, IconButton } from "../parts/basics.tsx";
import { useKeys } from "../parts/keys.ts";
import { Loading, Trouble } from "../parts/states.tsx";
import { TaskDetail } from "./task-detail.tsx";

export function FocusMode({
  tasks,
  index,
  onStep,
  query,
}: {
  readonly tasks: readonly QueuedTask[];
  readonly index: number;
  readonly onStep: (by: number) => void;
  readonly query: UseQueryResult<unknown>;
}) {
  const [, change] = useAddress();
  const task = tasks[index];
  const place = useRef<HTMLDivElement>(null);
  const id = task?.id;
  // The next task has the focus, so that its first words are read and its keys work.
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each task anew.
  useEffect(() => {
    // A task higher than the window would be scrolled to its middle, past how far one is and the way out.
    place.current?.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }, [id]);
  useEffect(() => {
    if (id !== undefined) change({ task: String(id) }, "replace");
  }, [id, change]);
  useKeys({ n: () => onStep(1), p: () => onStep(-1) });
  return (
    <div className="focus-mode">
      <header className="focus-head">
        <h1>{task === undefined ? "Focus" : `${index + 1} of ${tasks.length}`}</h1>
        <progress max={Math.max(1, tasks.length)} value={index + 1} aria-label="How far" />
        <span className="acts">
          <IconButton icon="back" label="Previous (k)" onClick={() => onStep(-1)} />
          <IconButton icon="next" label="Next (j)" onClick={() => onStep(1)} />
          <Button shortcut="Esc" onClick={() => change({ focus: undefined })}>
            Leave focus
          </Button>
        </span>
      </header>
      {query.isError && <Trouble error={query.error} again={() => void query.refetch()} />}
      {query.isPending && <Loading rows={5} />}
      <section ref={place} tabIndex={-1} className="focus-task" aria-label="This task">
        {task !== undefined && <TaskDetail key={task.id} task={task} />}
        {task === undefined && query.data !== undefined && (
          <p className="empty">All done. New work comes in by itself; you may leave this open.</p>
        )}
      </section>
    </div>
  );
}
