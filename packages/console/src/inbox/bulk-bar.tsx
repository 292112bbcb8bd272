/** What can be done with the selected tasks together. */
import { useState } from "react";
import type { Task } from "../api/types.ts";
import { Button } from "../parts/basics.tsx";
import { plural } from "../words/time.ts";
import { FinishForm } from "./finish-form.tsx";
import { SnoozeMenu } from "./task-verbs.tsx";
import { useTaskActions } from "./use-task-verbs.ts";

export function BulkBar({ tasks, onDone }: { readonly tasks: readonly Task[]; readonly onDone: () => void }) {
  const { claim, release, isBusy } = useTaskActions();
  const [isFinishing, setFinishing] = useState(false);
  const after = (isDone: boolean) => {
    // What failed stays selected, and says why.
    if (isDone) onDone();
  };
  return (
    <section className="bulk" aria-label="Selected tasks">
      <div className="acts">
        <b>{plural(tasks.length, "task")} selected</b>
        <Button disabled={isBusy} onClick={() => void claim(tasks).then(after)}>
          Claim
        </Button>
        <Button onClick={() => setFinishing(true)}>Done…</Button>
        <SnoozeMenu tasks={tasks} onDone={onDone} />
        <Button disabled={isBusy} onClick={() => void release(tasks).then(after)}>
          Give back
        </Button>
        <Button look="quiet" onClick={onDone}>
          Clear selection
        </Button>
      </div>
      {isFinishing && (
        <FinishForm
          tasks={tasks}
          onCancel={() => setFinishing(false)}
          onDone={() => {
            setFinishing(false);
            onDone();
          }}
        />
      )}
    </section>
  );
}
