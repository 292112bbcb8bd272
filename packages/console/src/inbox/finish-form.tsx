/** Ending work: what came of it, by one of the usual outcomes (a digit chooses) or in one's own words. */
import { type KeyboardEvent, useId, useRef } from "react";
import type { Task } from "../api/types.ts";
import { Button } from "../parts/basics.tsx";
import { outcomesOf } from "../words/tasks.ts";
import { plural } from "../words/time.ts";
import { useTaskActions } from "./use-task-verbs.ts";

export function FinishForm({
  tasks,
  onDone,
  onCancel,
}: {
  readonly tasks: readonly Task[];
  readonly onDone: () => void;
  readonly onCancel: () => void;
}) {
  const { complete } = useTaskActions();
  const form = useRef<HTMLFormElement>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const outcomes = outcomesOf(tasks[0]?.kind ?? "");

  const finish = (text: string) => {
    complete(tasks, text);
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      onCancel();
    }
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) form.current?.requestSubmit();
    // A digit is an outcome as long as nothing was written.
    const outcome = outcomes[Number(event.key) - 1];
    if (outcome !== undefined && note.current?.value === "") {
      event.preventDefault();
      finish(outcome);
    }
  };

  return (
    <form
      ref={form}
      className="note finish"
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        finish(note.current?.value ?? "");
      }}
    >
      <label htmlFor={id}>What came of it?</label>
      <div className="outcomes">
        {outcomes.map((outcome, i) => (
          <Button key={outcome} shortcut={String(i + 1)} onClick={() => finish(outcome)}>
            {outcome}
          </Button>
        ))}
      </div>
      <textarea
        id={id}
        ref={note}
        rows={2}
        maxLength={2_000}
        placeholder="Or in your words: called; demo on Tuesday at ten."
        // biome-ignore lint/a11y/noAutofocus: it was asked for with the click or key before.
        autoFocus
      />
      <div className="acts">
        <Button type="submit" look="main" shortcut="Ctrl ⏎">
          {tasks.length === 1 ? "Mark as done" : `Mark ${plural(tasks.length, "task")} as done`}
        </Button>
        <Button onClick={onCancel}>Not yet</Button>
      </div>
    </form>
  );
}
