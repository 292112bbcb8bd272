/** Commands about workflows. They read the files, not the database. */
import type { CommandDefinition } from "../command.ts";

export const workflowCommands: readonly CommandDefinition[] = [
  {
    name: "workflows list",
    about: "The workflows that run: what they wait for, their version, their place.",
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
];
