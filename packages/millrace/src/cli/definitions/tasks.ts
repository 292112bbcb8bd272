/** Commands about work. Those that change a task say whose hand it was: `--as`, by default the user of this machine. */
import type { CommandDefinition, OptionDefinition } from "../command.ts";
import { contactOption, limitOption, sinceOption } from "./reading.ts";

const asOption: OptionDefinition = { flags: "--as <person>", about: "whose hand it is (default: your user name)" };

export const taskCommands: readonly CommandDefinition[] = [
  {
    name: "tasks list",
    about: "Open tasks in the order of work; with --state, others.",
    examples: ["tasks list", "tasks list --kind hot_lead_review", "tasks list --state failed --since 1d"],
    options: [
      {
        flags: "--state <state>",
        about: "open, finished, not_started, in_progress, waiting, completed, failed, cancelled",
        default: "open",
      },
      { flags: "--kind <kind>", about: "only tasks of this kind" },
      contactOption,
      limitOption,
      sinceOption,
    ],
    load: () => import("../commands/tasks-list.ts"),
  },
  {
    name: "tasks show",
    words: "<id>",
    about: "One task, and why it was asked for.",
    examples: ["tasks show 1001"],
    load: () => import("../commands/tasks-show.ts"),
  },
  {
    name: "tasks claim",
    words: "<id>",
    about: "Take a task that waits for a person.",
    examples: ["tasks claim 1001", "tasks claim 1001 --as grace"],
    options: [asOption],
    load: () => import("../commands/tasks-claim.ts"),
  },
  {
    name: "tasks release",
    words: "<id>",
    about: "Give a task back.",
    examples: ["tasks release 1001"],
    options: [asOption],
    load: () => import("../commands/tasks-release.ts"),
  },
  {
    name: "tasks complete",
    words: "<id>",
    about: "Say that a task is done, and what came of it.",
    examples: ["tasks complete 1001", `tasks complete 1001 --result '{"meeting":"2026-03-04T10:00"}'`],
    options: [{ flags: "--result <json>", about: "what came of it", default: "null" }, asOption],
    load: () => import("../commands/tasks-complete.ts"),
  },
  {
    name: "tasks retry",
    words: "<id>",
    about: "Try work again that waits or has failed.",
    examples: ["tasks retry 1001"],
    options: [asOption],
    load: () => import("../commands/tasks-retry.ts"),
  },
  {
    name: "tasks cancel",
    words: "<id>",
    about: "Call a task off.",
    examples: ['tasks cancel 1001 --reason "a test of ours"'],
    options: [{ flags: "--reason <text>", about: "why", default: "called off by hand" }, asOption],
    load: () => import("../commands/tasks-cancel.ts"),
  },
];
