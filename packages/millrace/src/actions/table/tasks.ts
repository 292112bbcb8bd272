/** What is done with tasks: by the person who works on one, and with many at once. */
import { EVERYONE, OPERATORS, SELLERS } from "../../access/roles.ts";
import { words } from "../../operations/operation.ts";
import { taskFilterOptions } from "../../operations/task-options.ts";
import { TASK_ERRORS } from "./shared.ts";

const taskVerb = { tag: "tasks", effect: "change", roles: EVERYONE, errors: TASK_ERRORS } as const;

export const taskActions = {
  claimTask: words({
    ...taskVerb,
    summary: "Take a task that waits for a person; no other person can complete it then.",
    example: { id: 1001 },
    answers: "The task is held by who asked.",
    tool: { isIdempotent: true },
    http: { method: "POST", path: "/api/tasks/:id/claim" },
    cli: [{ command: "tasks claim", args: ["id"], examples: ["tasks claim 1001", "tasks claim 1001 --as grace"] }],
    load: async () => (await import("../claim-task.ts")).claimTask,
  }),
  releaseTask: words({
    ...taskVerb,
    summary: "Give a task back.",
    example: { id: 1001 },
    answers: "The task waits for a person.",
    tool: {},
    http: { method: "POST", path: "/api/tasks/:id/release" },
    cli: [{ command: "tasks release", args: ["id"], examples: ["tasks release 1001"] }],
    load: async () => (await import("../release-task.ts")).releaseTask,
  }),
  handOverTask: words({
    ...taskVerb,
    summary: "Give a task to another person, who holds it then. What a third person holds is theirs to give.",
    example: { id: 1001, to: "grace" },
    answers: "The task is held by that person.",
    http: { method: "POST", path: "/api/tasks/:id/hand-over" },
    cli: [{ command: "tasks hand-over", args: ["id", "to"], examples: ["tasks hand-over 1001 grace"] }],
    load: async () => (await import("../hand-over-task.ts")).handOverTask,
  }),
  completeTask: words({
    ...taskVerb,
    summary: "Say that a task is done, and what came of it.",
    example: { id: 1001, result: { note: "called" } },
    answers: "The task is done.",
    tool: {
      about: "`result` is shown to people: say what was done and what came of it.",
      isIdempotent: true,
    },
    http: { method: "POST", path: "/api/tasks/:id/complete" },
    cli: [
      {
        command: "tasks complete",
        args: ["id"],
        options: { result: { flags: "--result <json>", about: "what came of it (default: null)", as: "json" } },
        examples: ["tasks complete 1001", `tasks complete 1001 --result '{"meeting":"2026-03-04T10:00"}'`],
      },
    ],
    load: async () => (await import("../complete-task.ts")).completeTask,
  }),
  snoozeTask: words({
    ...taskVerb,
    summary: "Give a task back and move its due time.",
    example: { id: 1001, untilMs: 1_800_000_000_000 },
    answers: "The task is due then.",
    tool: {},
    http: { method: "POST", path: "/api/tasks/:id/snooze" },
    cli: [
      {
        command: "tasks snooze",
        args: ["id"],
        options: {
          untilMs: { flags: "--until <time>", about: "in e.g. 30m, 2h, 7d, or at 2026-03-02T09:00", as: "future" },
        },
        examples: ["tasks snooze 1001 --until 2d", "tasks snooze 1001 --until 2026-03-09T09:00"],
      },
    ],
    load: async () => (await import("../snooze-task.ts")).snoozeTask,
  }),
  cancelTask: words({
    ...taskVerb,
    roles: SELLERS,
    summary: "Cancel a task, or with a filter all it means, counted first.",
    example: { id: 1001, reason: "a test of ours" },
    answers: "The task is cancelled.",
    tool: { isIdempotent: true },
    http: { method: "POST", path: "/api/tasks/:id/cancel" },
    cli: [
      {
        command: "tasks cancel",
        args: ["id"],
        options: { reason: { flags: "--reason <text>", about: "why", preset: "cancelled by hand" } },
        examples: ['tasks cancel 1001 --reason "a test of ours"'],
      },
    ],
    load: async () => (await import("../cancel-task.ts")).cancelTask,
  }),
  retryTask: words({
    ...taskVerb,
    roles: OPERATORS,
    summary: "Try work again that waits or has failed; with a filter all it means, counted first.",
    example: { id: 1001 },
    answers: "It will run.",
    tool: {},
    http: { method: "POST", path: "/api/tasks/:id/retry" },
    cli: [{ command: "tasks retry", args: ["id"], examples: ["tasks retry 1001"] }],
    load: async () => (await import("../retry-task.ts")).retryTask,
  }),
  cancelTasks: words({
    roles: OPERATORS,
    summary: "Cancel all open tasks a filter means. Counts them only, unless `dryRun` is false.",
    tag: "tasks",
    effect: "destructive",
    example: { kind: "send_outreach", reason: "the campaign is over", dryRun: true },
    answers: "How many are meant, and what became of each.",
    errors: ["unknown_task_kind", "not_found"],
    tool: {},
    http: { method: "POST", path: "/api/tasks/cancel" },
    cli: [
      {
        command: "tasks cancel",
        options: {
          state: { flags: "--state <state>", about: "open (default), not_started, in_progress or waiting", as: "word" },
          ...taskFilterOptions,
          reason: { flags: "--reason <text>", about: "why", preset: "cancelled by hand" },
          dryRun: { flags: "--yes", about: "do it; without it, they are only counted", sets: false },
        },
        examples: ["tasks cancel --kind send_outreach --older-than 7d", "tasks cancel --kind send_outreach --yes"],
      },
    ],
    load: async () => (await import("../cancel-tasks.ts")).cancelTasks,
  }),
  retryTasks: words({
    roles: OPERATORS,
    summary:
      "Try all tasks again that a filter means: failed ones, or with `state` others. Counts them only, unless `dryRun` is false.",
    tag: "tasks",
    effect: "destructive",
    example: { kind: "enrich_data", state: "FAILED", dryRun: true },
    answers: "How many are meant, and what became of each.",
    errors: ["unknown_task_kind", "not_found"],
    tool: {},
    http: { method: "POST", path: "/api/tasks/retry" },
    cli: [
      {
        command: "tasks retry",
        options: {
          state: { flags: "--state <state>", about: "failed (default), cancelled or waiting", as: "word" },
          ...taskFilterOptions,
          dryRun: { flags: "--yes", about: "do it; without it, they are only counted", sets: false },
        },
        examples: ["tasks retry --kind enrich_data", "tasks retry --kind enrich_data --since 2h --yes"],
      },
    ],
    load: async () => (await import("../retry-tasks.ts")).retryTasks,
  }),
} as const;
