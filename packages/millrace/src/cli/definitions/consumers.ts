/** Commands about who reads the log beside the workflows, and about what was set aside. */
import type { CommandDefinition } from "../command.ts";
import { limitOption } from "./reading.ts";

export const consumerCommands: readonly CommandDefinition[] = [
  {
    name: "consumers list",
    about: "Who reads the log, how far each is, and how subscribers outside are doing.",
    examples: ["consumers list", "consumers list --json"],
    load: () => import("../commands/consumers-list.ts"),
  },
  {
    name: "consumers rebuild",
    words: "<name>",
    about: "Empty what a consumer has built; it reads the log from the start. Nothing outside happens again.",
    examples: ["consumers rebuild analytics"],
    load: () => import("../commands/consumers-rebuild.ts"),
  },
  {
    name: "dead-letters list",
    about: "Events that could not be taken, each with its error.",
    examples: ["dead-letters list", "dead-letters list --all --json"],
    options: [{ flags: "--all", about: "also those dealt with" }, limitOption],
    load: () => import("../commands/dead-letters-list.ts"),
  },
  {
    name: "dead-letters retry",
    words: "[id]",
    about: "Decide or take again what was set aside, with what is in this folder now.",
    examples: ["dead-letters retry 7", "dead-letters retry --all"],
    options: [{ flags: "--all", about: "every one that waits, oldest first" }],
    load: () => import("../commands/dead-letters-retry.ts"),
  },
  {
    name: "dead-letters dismiss",
    words: "<id>",
    about: "Put one away for good.",
    examples: ['dead-letters dismiss 7 --reason "a test lead"'],
    options: [{ flags: "--reason <text>", about: "why; kept with it", default: "dismissed by hand" }],
    load: () => import("../commands/dead-letters-dismiss.ts"),
  },
  {
    name: "events replay",
    words: "<position>",
    about: "Let the workflows of this folder decide an event once more, as it was then. A dry run unless --do.",
    examples: ["events replay 42", "events replay 42 --workflow form_cascade --do"],
    options: [
      { flags: "--workflow <name>", about: "only this one" },
      { flags: "--do", about: "really do it; every gate holds: no e-mail goes out twice" },
    ],
    load: () => import("../commands/events-replay.ts"),
  },
  {
    name: "analytics",
    about: "Which leads convert, by band and by feature of the rubric; suggests, never changes.",
    examples: ["analytics", "analytics --json"],
    load: () => import("../commands/analytics.ts"),
  },
];
