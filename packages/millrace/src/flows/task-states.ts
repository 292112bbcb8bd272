/**
 * Flow 3: what becomes of tasks that fail for good, get stuck or are overdue, and what follows one that is done. Retries and leases are
 * the queue's own doing.
 */
import type { EventOf } from "../events/event.ts";
import { byName, name } from "../settings/setting.ts";
import { type Facts, when } from "../workflows/condition.ts";
import {
  alert,
  alt,
  branch,
  on,
  onCompleted,
  opt,
  otherwise,
  stop,
  type TaskKindName,
  task,
  workflow,
} from "../workflows/workflow.ts";

/** How people are asked and alerted: what fails of it must not raise an alert that fails in turn. */
const ASKS_PEOPLE: readonly string[] = ["send_alert", "deliver_alert", "manual_review"];
const endsLoop = "an alert that fails raises no alert";

const isAboutPeople = when<"task_failed">("is itself an alert", ({ event }) => ASKS_PEOPLE.includes(event.data.kind));
const isGivenUp = when<"task_failed">(
  "retries are spent or useless",
  ({ event }) => event.data.retry === "spent" || event.data.retry === "never",
  { endsLoop },
);
const isOwnWork = when<"task_timeout">("is no alert itself", ({ event }) => !ASKS_PEOPLE.includes(event.data.kind), {
  endsLoop,
});

const isEscalated = when<"task_overdue">("was overdue before", ({ event }) => event.data.level > 1);

type AboutTask = Facts<EventOf<"task_failed"> | EventOf<"task_timeout">>;

/** Each attempt that is given up is told of, also when several tasks of one lead fail. */
const aboutTask = {
  once: ({ event }: AboutTask) => `task:${event.data.task}:${event.data.attempt}`,
  values: ({ event }: AboutTask) => ({ ...event.data }),
};
const aboutOverdue = {
  once: ({ event }: Facts<EventOf<"task_overdue">>) =>
    `task:${event.data.task}:${event.data.level}:${event.data.dueAt}`,
  values: ({ event }: Facts<EventOf<"task_overdue">>) => ({
    ...event.data,
    due: new Date(event.data.dueAt).toISOString(),
  }),
};
const itsRole = { about: "the role of the task", of: ({ event }: Facts<EventOf<"task_overdue">>) => event.data.role };

export interface TaskStateSettings {
  /** Who hears of an overdue task that was escalated. */
  readonly escalateTo: string;
  /** What is asked for when a task of a kind is done, by kind. */
  readonly followUps: Readonly<Partial<Record<TaskKindName, TaskKindName>>>;
}

export const followUpSettings = byName(name("the name of a task kind", "requalify_lead")).default({
  manual_data_review: "requalify_lead",
});

export function taskStates({ followUps, escalateTo }: TaskStateSettings) {
  return workflow(
    "task_states",
    { source: "flow 3", about: "Work the engine gave up on goes to a person, and somebody is told." },
    [
      on(
        "task_failed",
        alt(
          branch("will be tried again", whenNotGivenUp, stop("the queue tries it again")),
          branch("alerting failed", isAboutPeople, task("manual_review", { payload: reviewOf })),
          branch(
            "given up",
            isGivenUp,
            task("manual_review", { payload: reviewOf }),
            alert("admin", "task_failed", aboutTask),
          ),
          otherwise(stop("nothing to do")),
        ),
      ),
      on("task_timeout", opt("work", isOwnWork, alert("admin", "task_timeout", aboutTask))),
      on(
        "task_overdue",
        alt(
          branch("escalated", isEscalated, alert(escalateTo, "task_overdue", aboutOverdue)),
          otherwise(alert(itsRole, "task_overdue", aboutOverdue)),
        ),
      ),
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
