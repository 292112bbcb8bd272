/** Commands about workflows as the files have them. */
import type { CommandDefinition } from "../command.ts";

export const workflowCommands: readonly CommandDefinition[] = [
  {
    name: "workflows list",
    about: "The workflows of your files, and which of them are in force in the engine that runs here.",
    examples: ["workflows list", "workflows list --json"],
    load: () => import("../commands/workflows-list.ts"),
  },
  {
    name: "workflows lint",
    about: "Find what is wrong with them before they run; exit 4 on errors.",
    examples: ["workflows lint", "workflows lint --json"],
    load: () => import("../commands/workflows-lint.ts"),
  },
  {
    name: "workflows diagram",
    words: "[name]",
    about: "A workflow as a Mermaid diagram, from its definition; all of them when no name is given.",
    examples: ["workflows diagram form_cascade", "workflows diagram form_cascade --type sequence > form.mmd"],
    options: [{ flags: "--type <type>", about: "flowchart or sequence", default: "flowchart" }],
    load: () => import("../commands/workflows-diagram.ts"),
  },
  {
    name: "workflows backtest",
    words: "[name]",
    about:
      "Decide the events on record once more with the workflows as they are now, and show what differs. Nothing is written or sent, and no agent, model or CRM is asked.",
    examples: [
      "workflows backtest",
      "workflows backtest form_cascade --since 30d",
      "workflows backtest --contact ada@example.com",
      "workflows backtest --since 7d --expect-same --json",
    ],
    options: [
      { flags: "--since <time>", about: "only events since then, e.g. 30d, or a date" },
      { flags: "--contact <contact>", about: "only of one contact: id or e-mail address" },
      { flags: "--examples <n>", about: "events named for each difference", default: "3" },
      { flags: "--expect-same", about: "exit 5 when a branch, or a task, event or timer asked for, differs" },
    ],
    load: () => import("../commands/workflows-backtest.ts"),
  },
];
