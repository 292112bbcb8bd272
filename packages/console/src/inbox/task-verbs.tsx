/** The verbs of one task as buttons: what can be done with it now, by whom. */

import { Menu } from "@base-ui/react/menu";
import { Popover } from "@base-ui/react/popover";
import { useState } from "react";
import { post } from "../api/client.ts";
import { useMay, useMe } from "../api/me.ts";
import type { Task } from "../api/types.ts";
import { useAct } from "../parts/act.ts";
import { PageLink } from "../parts/address.tsx";
import { Button } from "../parts/basics.tsx";
import { now } from "../parts/clock.ts";
import { TextField } from "../parts/text-field.tsx";
import { workerWords } from "../words/names.ts";
import { FinishForm } from "./finish-form.tsx";
import { snoozeChoices, useTaskActions } from "./use-task-verbs.ts";

export function TaskVerbs({ task, onFinished }: { readonly task: Task; readonly onFinished?: () => void }) {
  if (task.finishedAt !== null) return task.state === "FAILED" ? <MachineVerbs task={task} /> : null;
  if (task.kind === "review_draft") {
    return (
      <p className="acts">
        <PageLink to="/console/drafts" search={{ draft: String(task.id) }} className="button main">
          Read and decide
        </PageLink>
      </p>
    );
  }
  return task.isHuman ? <HumanVerbs task={task} onFinished={onFinished} /> : <MachineVerbs task={task} />;
}

function HumanVerbs({ task, onFinished }: { readonly task: Task; readonly onFinished?: (() => void) | undefined }) {
  const me = useMe();
  const { claim, release, isBusy } = useTaskActions();
  const [isFinishing, setFinishing] = useState(false);
  const isMine = task.worker === me;
  const isHeld = task.worker !== null && !isMine;
  return (
    <div className="verbs">
      <div className="acts">
        {isHeld && <span className="held">Held by {workerWords(task.worker ?? "")}</span>}
        {isMine && <span className="held mine">Yours</span>}
        {task.worker === null && (
          <Button look="main" data-verb="claim" shortcut="c" disabled={isBusy} onClick={() => void claim([task])}>
            Claim
          </Button>
        )}
        {!isHeld && (
          <Button look={isMine ? "main" : "plain"} data-verb="done" shortcut="d" onClick={() => setFinishing(true)}>
            Done…
          </Button>
        )}
        {!isHeld && <SnoozeMenu tasks={[task]} />}
        {isMine && (
          <Button data-verb="release" shortcut="r" disabled={isBusy} onClick={() => void release([task])}>
            Give back
          </Button>
        )}
        <HandOver task={task} />
      </div>
      {isFinishing && (
        <FinishForm
          tasks={[task]}
          onCancel={() => setFinishing(false)}
          onDone={() => {
            setFinishing(false);
            onFinished?.();
          }}
        />
      )}
    </div>
  );
}

/** To a colleague, by name: they hold it then. */
function HandOver({ task }: { readonly task: Task }) {
  const { handOver, isBusy } = useTaskActions();
  const [to, setTo] = useState("");
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger className="button plain">Hand over…</Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} className="floats">
          <Popover.Popup className="popover">
            <form
              className="note narrow"
              onSubmit={(event) => {
                event.preventDefault();
                void handOver([task], to.trim()).then((isDone) => isDone && setOpen(false));
              }}
            >
              <TextField label="To whom" value={to} onChange={setTo} required maxLength={100} autoComplete="off" />
              <Button type="submit" look="main" disabled={isBusy}>
                Hand over
              </Button>
            </form>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

export function SnoozeMenu({ tasks, onDone }: { readonly tasks: readonly Task[]; readonly onDone?: () => void }) {
  const { snooze } = useTaskActions();
  return (
    <Menu.Root>
      <Menu.Trigger className="button plain" data-verb="snooze" aria-keyshortcuts="s">
        Snooze
        <kbd>s</kbd>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} className="floats">
          <Menu.Popup className="menu">
            {snoozeChoices(now()).map(({ words, untilMs }) => (
              <Menu.Item
                key={words}
                className="menu-item"
                onClick={() => void snooze(tasks, untilMs, words).then((isDone) => isDone && onDone?.())}
              >
                {words.charAt(0).toUpperCase() + words.slice(1)}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** Work of agents: tried again, or called off with a reason. */
function MachineVerbs({ task }: { readonly task: Task }) {
  const { run, isBusy } = useAct();
  const [reason, setReason] = useState<string>();
  const topics = ["tasks", "task", "why", "overview"] as const;
  const may = useMay();
  const mayRetry = may("retryTask") && (task.state === "FAILED" || task.state === "WAITING");
  const mayCancel = may("cancelTask") && task.finishedAt === null;
  return (
    <div className="verbs">
      <div className="acts">
        {mayRetry && (
          <Button
            disabled={isBusy}
            onClick={() =>
              void run(() => post("/api/tasks/{id}/retry", { path: { id: task.id } }), {
                said: "It is tried again.",
                topics,
              })
            }
          >
            Try again
          </Button>
        )}
        {mayCancel && reason === undefined && <Button onClick={() => setReason("")}>Call off…</Button>}
      </div>
      {reason !== undefined && (
        <form
          className="note"
          onSubmit={(event) => {
            event.preventDefault();
            const body = { reason: reason.trim() };
            void run(() => post("/api/tasks/{id}/cancel", { path: { id: task.id }, body }), {
              said: "Called off.",
              topics,
            });
            setReason(undefined);
          }}
        >
          <TextField
            label="Why? Everyone who asks sees it"
            // It was asked for with the click before.
            autoFocus
            required
            value={reason}
            onChange={setReason}
            maxLength={500}
          />
          <div className="acts">
            <Button type="submit" look="danger">
              Call off
            </Button>
            <Button onClick={() => setReason(undefined)}>Not yet</Button>
          </div>
        </form>
      )}
    </div>
  );
}
