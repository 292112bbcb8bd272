/** Tasks, and the queue of people. */
import { words } from "../../operations/operation.ts";
import { taskFilterOptions } from "../../operations/task-options.ts";
import { contact, limit, one, read } from "./options.ts";

export const taskQueries = {
  tasks: words({
    ...read,
    summary: "Tasks: open ones in the order of work, finished ones newest first.",
    tag: "tasks",
    example: { state: "open", role: "sales", limit: 20 },
    answers: "Tasks.",
    errors: ["unknown_task_kind", "not_found"],
    tool: {
      about: "What waits for people: `human` true, or `role`; claim_task takes one, complete_task finishes it.",
      page: { list: "tasks", field: "before", by: "id" },
    },
    http: { method: "GET", path: "/api/tasks" },
    cli: [
      {
        command: "tasks list",
        about: "Open tasks in the order of work; with --state, others.",
        options: {
          state: {
            flags: "--state <state>",
            about: "open, finished, not_started, in_progress, waiting, completed, failed, cancelled",
            as: "word",
            preset: "open",
          },
          ...taskFilterOptions,
          human: { flags: "--human", about: "only those a person has to finish" },
          limit,
        },
        examples: ["tasks list", "tasks list --kind hot_lead_review", "tasks list --state failed --since 1d"],
      },
    ],
    load: async () => (await import("../tasks.ts")).tasks,
  }),
  queue: words({
    ...read,
    summary:
      "What waits for people, in the order it should be done: who said yes first, then what is due first, then the higher score.",
    tag: "tasks",
    example: { view: "mine", role: "sales", limit: 20 },
    answers: "Tasks of people, and how many each view has.",
    errors: ["unknown_task_kind", "not_found"],
    http: { method: "GET", path: "/api/queue" },
    cli: [
      {
        command: "tasks queue",
        options: {
          view: { flags: "--view <view>", about: "open (default), mine, team or snoozed", as: "word" },
          person: { flags: "--person <name>", about: "whose view `mine` is (default: yours)" },
          role: { flags: "--role <role>", about: "only what people with this role do, e.g. sales" },
          kind: { flags: "--kind <kind>", about: "only tasks of this kind" },
          band: { flags: "--band <band>", about: "only of contacts in this score band" },
          q: { flags: "--search <words>", about: "words of what is known of the contact" },
          contact,
          dueFrom: {
            flags: "--due-from <time>",
            about: "due from then on, e.g. 2d (in two days) or 2026-03-02",
            as: "future",
          },
          dueUntil: {
            flags: "--due-until <time>",
            about: "due before then, e.g. 0m (overdue), 4h or 2026-03-02",
            as: "future",
          },
          limit,
        },
        examples: ["tasks queue", "tasks queue --view mine --as grace", "tasks queue --role sales --band hot"],
      },
    ],
    load: async () => (await import("../queue.ts")).queue,
  }),
  task: words({
    ...one,
    summary: "One task, open or finished.",
    tag: "tasks",
    example: { id: 1001 },
    answers: "The task.",
    tool: {},
    http: { method: "GET", path: "/api/tasks/:id" },
    load: async () => (await import("../task.ts")).task,
  }),
} as const;
