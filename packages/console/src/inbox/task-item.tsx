/** One task in the inbox's list: what, whom it is about, when it is due, who has it. */

import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { QueuedTask } from "../api/types.ts";
import type { Search } from "../parts/address.tsx";
import { Score, When } from "../parts/basics.tsx";
import { personWords, workerWords } from "../words/names.ts";
import { taskName } from "../words/tasks.ts";

export function TaskItem({
  task,
  me,
  isCurrent,
  isPicked,
  onPick,
}: {
  readonly task: QueuedTask;
  readonly me: string;
  readonly isCurrent: boolean;
  readonly isPicked: boolean;
  readonly onPick: () => void;
}) {
  const row = useRef<HTMLLIElement>(null);
  const { who, worker } = task;
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: "nearest" });
  }, [isCurrent]);
  const about = [who?.jobtitle, who?.company].filter(Boolean).join(", ");
  return (
    <li ref={row} data-task={task.id} className={`row task${isCurrent ? " current" : ""}${isPicked ? " picked" : ""}`}>
      <input
        type="checkbox"
        checked={isPicked}
        onChange={onPick}
        aria-label={`Select ${taskName(task.kind)}, ${personWords(who)}`}
      />
      <Link
        to="."
        search={((before: Search) => ({ ...before, task: String(task.id) })) as never}
        resetScroll={false}
        className="row-link"
        {...(isCurrent ? { "aria-current": "true" as const } : {})}
      >
        <span className="line">
          <span className="name">{who === null ? taskName(task.kind) : personWords(who)}</span>
          {who?.score != null && <Score score={who.score} band={task.band ?? undefined} />}
          <span className="spring" />
          <When at={task.dueAt} kind="due" />
        </span>
        <span className="line about">
          <b className={task.saidYes ? "kind yes" : "kind"}>{taskName(task.kind)}</b>
          <span className="cut">{about}</span>
          {worker !== null && (
            <span className="held">{worker === me ? "yours" : `held by ${workerWords(worker)}`}</span>
          )}
        </span>
      </Link>
    </li>
  );
}
