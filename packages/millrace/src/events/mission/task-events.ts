/** Flow 3: what becomes of tasks. Read by mission-events.ts. */
import { z } from "zod";
import { event, jsonValue, text } from "../define-event.ts";
import { counted, name, task } from "./fields.ts";

const taskFact = { task, kind: name, attempt: counted };

export const taskEvents = {
  task_status_changed: event({
    flow: 3,
    internal: true,
    about: "Work on a task began, paused or was given back.",
    data: z.strictObject({ ...taskFact, from: name, to: name, by: name.optional(), reason: text(2_048).optional() }),
  }),
  task_completed: event({
    flow: 3,
    internal: true,
    about: "A task was done.",
    data: z.strictObject({ ...taskFact, by: name, result: jsonValue.optional() }),
  }),
  task_failed: event({
    flow: 3,
    internal: true,
    about: "An attempt at a task failed.",
    data: z.strictObject({
      ...taskFact,
      error: text(2_048),
      retry: z.enum(["scheduled", "waiting", "spent", "never"]),
      retryAt: z.number().optional(),
    }),
  }),
  task_timeout: event({
    flow: 3,
    internal: true,
    about: "An attempt ran past its time and was taken away.",
    data: z.strictObject({ ...taskFact, ranMs: counted }),
  }),
  task_overdue: event({
    flow: 3,
    internal: true,
    about: "A person's task is not done, and its due time is over.",
    data: z.strictObject({
      ...taskFact,
      /** Who is to do it: the role of the kind. */
      role: name,
      /** Milliseconds. */
      dueAt: z.number(),
      /** 1 when it became overdue, 2 when it was escalated. */
      level: counted,
    }),
  }),
  task_cancelled: event({
    flow: 3,
    internal: true,
    about: "A task was called off.",
    data: z.strictObject({ ...taskFact, reason: text(2_048) }),
  }),
  task_result_discarded: event({
    flow: 3,
    internal: true,
    about: "A worker finished a task it no longer held; its result changed nothing.",
    data: z.strictObject({ ...taskFact, by: name }),
  }),
  cascade_stopped: event({
    flow: 3,
    internal: true,
    about: "A chain of events grew too deep and was stopped.",
    data: z.strictObject({ depth: counted, path: z.array(name) }),
  }),
} as const;
