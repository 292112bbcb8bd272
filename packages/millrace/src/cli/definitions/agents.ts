/** Commands about agents that are no operation: they ask a model at length. */
import type { CommandDefinition } from "../command.ts";
import { parseLimit } from "../parse.ts";

export const agentCommands: readonly CommandDefinition[] = [
  {
    name: "agents evaluate",
    words: "[agent]",
    about: "Ask a model, or two side by side, the cases of people's corrections; exit 5 where a case got worse.",
    examples: [
      "agents evaluate reply_classifier",
      "agents evaluate --against claude-haiku-5-5 --json",
      "agents evaluate outreach_agent --against-prompt shorter.txt --max-usd 0.50",
      "agents evaluate --cases cases.jsonl --min 0.9",
    ],
    options: [
      { flags: "--model <name>", about: "the model the other is held against (default: models.model)" },
      { flags: "--prompt <file>", about: "its instructions (default: the agent's own); with one agent only" },
      { flags: "--against <name>", about: "the model to try (default: the same)" },
      { flags: "--against-prompt <file>", about: "its instructions (default: the agent's own); with one agent only" },
      { flags: "--cases <file>", about: "cases as JSON lines (default: people's corrections in the log)" },
      { flags: "--save <file>", about: "write the cases as JSON lines, for the next time, and ask nobody" },
      { flags: "--limit <number>", about: "how many cases of an agent at most", parse: parseLimit, default: 100 },
      { flags: "--max-usd <amount>", about: "what the run may cost; models.caps.perDayUsd holds too", default: "1" },
      { flags: "--min <share>", about: "exit 5 where less than this share is right, from 0 to 1" },
    ],
    load: () => import("../commands/agents-evaluate.ts"),
  },
];
