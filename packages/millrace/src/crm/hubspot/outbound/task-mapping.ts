/**
 * How a task of a person looks in HubSpot. Pure. HubSpot's task knows neither URGENT nor FAILED nor CANCELLED: the
 * nearest of its own values is shown, and ours stands beside it in properties of ours. Called by task-mirror.ts.
 */
import type { PropertyValue } from "../../../events/define-event.ts";
import type { TaskKind } from "../../../tasks/catalogue.ts";
import { PRIORITIES, type TaskState } from "../../../tasks/task.ts";
import { escaped } from "./activities.ts";
import { textOf } from "./contact-mapping.ts";

/** The unique property by which a mirrored task is found again. */
export const TASK_KEY = "millrace_task_id";

export interface MirroredTask {
  readonly id: number;
  readonly kind: string;
  readonly contact: string | null;
  readonly state: TaskState;
  /** As rows hold it: 0 for URGENT. */
  readonly priority: number;
  readonly dueAt: number;
  readonly payload: unknown;
  readonly error: string | null;
  readonly worker: string | null;
  /** Of the contact. */
  readonly properties: Readonly<Record<string, PropertyValue>> | null;
}

/** How a state of ours appears as `hs_task_status`. */
export const SHOWN_STATUS: Readonly<Record<TaskState, string>> = {
  NOT_STARTED: "NOT_STARTED",
  // For a person, waiting is not having begun; HubSpot's WAITING means that someone else must move first.
  WAITING: "NOT_STARTED",
  IN_PROGRESS: "IN_PROGRESS",
  COMPLETED: "COMPLETED",
  CANCELLED: "COMPLETED",
  FAILED: "WAITING",
};

export function shownTask(
  task: MirroredTask,
  kind: TaskKind | undefined,
  owners: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const priority = PRIORITIES[task.priority] ?? "MEDIUM";
  const role = kind?.doneBy.replace(/^person:/, "") ?? "";
  const owner = owners[task.worker ?? ""] ?? owners[role];
  const about = kind?.about ?? task.kind;
  return {
    hs_timestamp: new Date(task.dueAt).toISOString(),
    hs_task_subject: [about.replace(/\.$/, ""), whoOf(task)]
      .filter((part) => part !== "")
      .join(": ")
      .slice(0, 250),
    hs_task_body: bodyOf(task, about),
    hs_task_status: SHOWN_STATUS[task.state],
    hs_task_priority: priority === "URGENT" ? "HIGH" : priority,
    hs_task_type: "TODO",
    millrace_priority: priority,
    millrace_status: task.state,
    millrace_kind: task.kind,
    ...(owner === undefined ? {} : { hubspot_owner_id: owner }),
  };
}

function whoOf({ properties }: MirroredTask): string {
  const name = [textOf(properties?.firstname), textOf(properties?.lastname)].filter((part) => part !== "").join(" ");
  const company = textOf(properties?.company);
  if (name === "") return company === "" ? textOf(properties?.email) : company;
  return company === "" ? name : `${name} (${company})`;
}

function bodyOf({ state, error, payload }: MirroredTask, about: string): string {
  const reason = (payload as { reason?: unknown } | null)?.reason;
  const lines = [
    about,
    ...(typeof reason === "string" ? [reason] : []),
    ...(state === "FAILED" ? [`This task failed: ${error ?? "no reason was given"}`] : []),
    ...(state === "CANCELLED" ? [`Called off: ${error ?? "no reason was given"}`] : []),
  ];
  return lines.map((line) => `<p>${escaped(line.slice(0, 2_000))}</p>`).join("");
}
