/** Commands that start, set up or examine an installation. */
import type { CommandDefinition } from "../command.ts";
import { parseAllowed, parsePort, parseRate, wholeNumber } from "../parse.ts";

export const runningCommands: readonly CommandDefinition[] = [
  {
    name: "start",
    about: "Start the engine, its console and its forms.",
    examples: ["start", "start --port 8080", "start --host 127.0.0.2 --config other.config.ts"],
    options: [
      {
        flags: "--port <number>",
        about: "the console's port; the next free one when it is taken (default 4300)",
        parse: parsePort,
      },
      {
        flags: "--host <address>",
        about:
          "where to listen (default 127.0.0.1: this machine only; others need TLS in front, see gateway.publicUrl)",
      },
      { flags: "--no-watch", about: "do not load workflows/ again when its files change" },
      { flags: "--no-hubspot", about: "without the HubSpot simulator, or the HubSpot that is configured" },
      {
        flags: "--model-simulator",
        about: "a simulated language model reads unsure replies; costs and caps are those of the real one",
      },
    ],
    load: () => import("../commands/start.ts"),
  },
  {
    name: "worker",
    about: "Start a process that only does queued tasks, beside an engine on the same server.",
    examples: ["worker"],
    load: () => import("../commands/worker.ts"),
  },
  {
    name: "demo",
    about: "Send a stream of made-up leads through the forms of the running engine.",
    examples: ["demo", "demo --leads 200 --rate 20/s", "demo --start", "demo --seed 7 --json"],
    options: [
      {
        flags: "--leads <number>",
        about: "how many",
        parse: wholeNumber("--leads", { from: 1, to: 100_000 }),
        default: 50,
      },
      { flags: "--rate <rate>", about: "how fast, e.g. 5/s or 300/min (default 5/s)", parse: parseRate },
      {
        flags: "--seed <number>",
        about: "the same people each time (default: others each time)",
        parse: wholeNumber("--seed", { from: 0, to: 2 ** 31 }),
      },
      { flags: "--url <address>", about: "the engine to send to (default: the one this data folder runs)" },
      { flags: "--start", about: "start an engine for it" },
    ],
    load: () => import("../commands/demo.ts"),
  },
  {
    name: "init",
    words: "[dir]",
    about: "Make a project of your own: config, workflow, agent, test.",
    examples: ["init my-leads", "init . --force"],
    options: [
      { flags: "--force", about: "also where there are files already; those of the same name are written over" },
    ],
    load: () => import("../commands/init.ts"),
  },
  {
    name: "mcp",
    about: "This project as an MCP server on stdin and stdout, for Claude Code and other programs that start it.",
    examples: ["mcp", "mcp --allow change --as ada"],
    options: [
      {
        flags: "--allow <list>",
        about: "what it may do beside reading: change, destructive (default: nothing)",
        parse: parseAllowed,
      },
      { flags: "--as <person>", about: "on whose behalf it acts (default: your user name)" },
    ],
    load: () => import("../commands/mcp.ts"),
  },
  {
    name: "sign-in",
    words: "[person]",
    about: "A link into the console of the running engine.",
    examples: ["sign-in", "sign-in grace"],
    load: () => import("../commands/sign-in.ts"),
  },
  {
    name: "doctor",
    about: "Examine this installation and say how to put right what is wrong.",
    examples: ["doctor", "doctor --json"],
    load: () => import("../commands/doctor.ts"),
  },
  {
    name: "backup",
    words: "<file>",
    about: "Write the database and the keys into one file, while the engine goes on.",
    examples: ["backup millrace-2026-03-02.backup", "backup /backups/today.backup --no-keys --json"],
    options: [{ flags: "--no-keys", about: "without the keys of the data folder (links in sent e-mails need them)" }],
    load: () => import("../commands/backup.ts"),
  },
  {
    name: "restore",
    words: "<file>",
    about: "Restore a backup, or move one to another database. What leaves is kept in until you confirm what was sent.",
    examples: [
      "restore millrace-2026-03-02.backup",
      "restore millrace-2026-03-02.backup --dry-run",
      "restore moved.backup --moved",
    ],
    options: [
      { flags: "--dry-run", about: "only see whether the file is whole" },
      { flags: "--overwrite", about: "also where the database holds data, which is gone then" },
      {
        flags: "--moved",
        about: "the engine was stopped before the backup: nothing was sent since, so nothing is kept in",
      },
      { flags: "--no-keys", about: "leave the keys of the data folder as they are" },
      { flags: "--yes", about: "do not ask" },
    ],
    load: () => import("../commands/restore.ts"),
  },
  {
    name: "migrate",
    words: "[action]",
    about: 'Bring the database to the newest schema ("up", the default), or say where it stands ("status").',
    examples: ["migrate status", "migrate up --dry-run", "migrate up", "migrate up --runtime-role millrace_app"],
    options: [
      { flags: "--dry-run", about: "print the SQL and change nothing" },
      {
        flags: "--runtime-role <name>",
        about: "give a role what an engine needs: no DDL, and the log only to be added to",
      },
    ],
    load: () => import("../commands/migrate.ts"),
  },
  {
    name: "version",
    about: "The versions of Millrace, Node and PostgreSQL.",
    examples: ["version", "version --json"],
    load: () => import("../commands/version.ts"),
  },
  {
    name: "openapi",
    about: "The OpenAPI 3.1 document of every HTTP route, to make a client from or to compare.",
    examples: ["openapi > openapi.json"],
    load: () => import("../commands/openapi.ts"),
  },
  {
    name: "asyncapi",
    about: "The AsyncAPI 3.1 document of every event.",
    examples: ["asyncapi > asyncapi.json"],
    load: () => import("../commands/asyncapi.ts"),
  },
  {
    name: "completion",
    words: "<shell>",
    about: "A script that lets bash, zsh, fish or powershell complete commands and options.",
    examples: [
      "completion bash > /etc/bash_completion.d/millrace",
      "completion zsh > ~/.zfunc/_millrace",
      "completion fish > ~/.config/fish/completions/millrace.fish",
      "completion powershell >> $PROFILE",
    ],
    load: () => import("../commands/completion.ts"),
  },
  {
    name: "config show",
    about: "The settings a start would have, with their sources, secrets left out.",
    examples: ["config show", "config show --json"],
    load: () => import("../commands/config-show.ts"),
  },
];
