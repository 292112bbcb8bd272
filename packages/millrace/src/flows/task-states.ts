/**
 * Flow 3: what becomes of tasks that fail for good or get stuck, and what follows one that is done. Retries and leases are
 * the queue's own doing.
 */
import { byName, name } from "../settings/setting.ts";
import { when } from "../workflows/condition.ts";
import {
  alert,
  alt,
  branch,
  on,
  onCompleted,
  otherwise,
  stop,
  type TaskKindName,
  task,
  workflow,
} from "../workflows/workflow.ts";

const isGivenUp = when<"task_failed">(
  "retries are spent or useless",
  ({ event }) => event.data.retry === "spent" || event.data.retry === "never",
);
/** A review that fails, or the alert about it, must not ask for another review. */
const isAboutPeople = when<"task_failed">("is itself an alert", ({ event }) =>
  ["send_alert", "deliver_alert", "manual_review"].includes(event.data.kind),
);

export interface TaskStateSettings {
  /** What is asked for when a task of a kind is done, by kind. */
  readonly followUps: Readonly<Partial<Record<TaskKindName, TaskKindName>>>;
}

export const followUpSettings = byName(name("the name of a task kind", "requalify_lead")).default({
  manual_data_review: "requalify_lead",
});

export function taskStates({ followUps }: TaskStateSettings) {
  return workflow(
    "task_states",
    { source: "flow 3", about: "Work the engine gave up on goes to a person, and somebody is told." },
    [
      on(
        "task_failed",
        alt(
          branch("will be tried again", whenNotGivenUp, stop("the queue tries it again")),
          branch("alerting failed", isAboutPeople, task("manual_review", { payload: reviewOf })),
          branch("given up", isGivenUp, task("manual_review", { payload: reviewOf }), alert("admin", "task_failed")),
          otherwise(stop("nothing to do")),
        ),
      ),
      on("task_timeout", alert("admin", "task_timeout")),
      ...Object.entries(followUps).map(([done, next]) =>
        onCompleted(done as TaskKindName, task(next, { payload: ({ event }) => ({ after: event.data.task }) })),
      ),
    ],
  );
}

const whenNotGivenUp = when<"task_failed">(
  "will be tried again",
  ({ event }) => event.data.retry === "scheduled" || event.data.retry === "waiting",
);

function reviewOf({ event }: { event: { data: { task: number; kind: string; error: string } } }) {
  return { reason: `${event.data.kind} (task ${event.data.task}) failed: ${event.data.error}`, task: event.data.task };
}
