/** Commands that read the log and what was made of it. */
import type { CommandDefinition, OptionDefinition } from "../command.ts";
import { parseLimit, parseSince } from "../parse.ts";

export const limitOption: OptionDefinition = {
  flags: "--limit <number>",
  about: "how many at most",
  parse: parseLimit,
  default: 20,
};
export const sinceOption: OptionDefinition = {
  flags: "--since <time>",
  about: "not older than e.g. 30m, 2h, 7d or 2026-03-02",
  // Commander hands the former value as a second word, which is not ours.
  parse: (text) => parseSince(text),
};
export const contactOption: OptionDefinition = {
  flags: "--contact <who>",
  about: "only of this contact: e-mail address or id",
};

export const readingCommands: readonly CommandDefinition[] = [
  {
    name: "events tail",
    about: "The newest events; with --follow, also those to come.",
    examples: [
      "events tail",
      "events tail --follow --type lead_score_updated",
      "events tail --contact ada@example.com --json",
    ],
    options: [
      { flags: "-f, --follow", about: "go on until Ctrl-C" },
      { flags: "--type <type>", about: "only events of this type" },
      contactOption,
      limitOption,
      sinceOption,
    ],
    load: () => import("../commands/events-tail.ts"),
  },
  {
    name: "events show",
    words: "<position>",
    about: "One event with its data.",
    examples: ["events show 42"],
    load: () => import("../commands/events-show.ts"),
  },
  {
    name: "events why",
    words: "[position]",
    about: "Why an event happened and what it led to; or why there is a task, an e-mail or an alert.",
    examples: ["events why 42", "events why --email 7", "events why --alert 3 --json"],
    options: [
      { flags: "--task <id>", about: "a task instead of an event" },
      { flags: "--email <id>", about: "an e-mail, by its number in `emails list`" },
      { flags: "--alert <id>", about: "an alert, by its number in `alerts list`" },
    ],
    load: () => import("../commands/events-why.ts"),
  },
  {
    name: "events send",
    words: "<type> [data]",
    about: "Put an event into the log. Its data is JSON, as a word or on stdin.",
    examples: [
      `events send form_submitted '{"form":"demo","fields":{"email":"ada@example.com"}}'`,
      "events send customer_purchased --contact ada@example.com < purchase.json",
    ],
    options: [
      { flags: "--contact <email>", about: "who it is about, where the data does not say" },
      { flags: "--id <id>", about: "sent again under the same id, it is not taken twice" },
      { flags: "--source <source>", about: "where it comes from", default: "cli" },
    ],
    load: () => import("../commands/events-send.ts"),
  },
  {
    name: "events schema",
    words: "[type]",
    about: "The types of events, or the JSON Schema and an example of one.",
    examples: ["events schema", "events schema form_submitted"],
    load: () => import("../commands/events-schema.ts"),
  },
  {
    name: "contacts show",
    words: "<who>",
    about: "What is known of a contact: properties, score, and the path it took.",
    examples: ["contacts show ada@example.com", "contacts show ada@example.com --json"],
    load: () => import("../commands/contacts-show.ts"),
  },
  {
    name: "contacts rebuild",
    about: "Fold every contact again from the log and compare; where they differ, the log is right.",
    examples: ["contacts rebuild", "contacts rebuild --expect-same"],
    options: [{ flags: "--expect-same", about: "change nothing; exit 5 when there is a difference" }],
    load: () => import("../commands/contacts-rebuild.ts"),
  },
  {
    name: "contacts erase",
    words: "[who]",
    about: "Erase everything known of a person, for good; the log keeps that something happened, not of whom.",
    examples: [
      "contacts erase ada@example.com --dry-run",
      "contacts erase ada@example.com",
      "contacts erase --from erased.jsonl --yes",
    ],
    options: [
      { flags: "--dry-run", about: "say how many rows in which tables, and change nothing" },
      { flags: "--yes", about: "do not ask" },
      { flags: "--from <file>", about: "apply a list of `contacts erased --json`, after a backup was restored" },
      { flags: "--as <person>", about: "whose hand it is (default: your user name)" },
    ],
    load: () => import("../commands/contacts-erase.ts"),
  },
  {
    name: "contacts erased",
    about: "Who was erased, by our ids and keyed hashes: the list to keep beside your backups.",
    examples: ["contacts erased --json > erased.jsonl"],
    load: () => import("../commands/contacts-erased.ts"),
  },
  {
    name: "emails list",
    about: "The newest e-mails: sent, on their way, held back.",
    examples: ["emails list", "emails list --state suppressed --since 7d"],
    options: [
      { flags: "--state <state>", about: "sent, suppressed, sending or unknown" },
      contactOption,
      limitOption,
      sinceOption,
    ],
    load: () => import("../commands/emails-list.ts"),
  },
  {
    name: "emails arrived",
    words: "<id>",
    about: "Of an e-mail nobody knows whether it left: it did. Its task is done.",
    examples: ["emails arrived 7"],
    options: [{ flags: "--as <person>", about: "whose hand it is (default: your user name)" }],
    load: () => import("../commands/emails-arrived.ts"),
  },
  {
    name: "emails resend",
    words: "<id>",
    about: "Of an e-mail nobody knows whether it left: send it again, now knowingly.",
    examples: ["emails resend 7"],
    options: [{ flags: "--as <person>", about: "whose hand it is (default: your user name)" }],
    load: () => import("../commands/emails-resend.ts"),
  },
  {
    name: "mail status",
    about: "Does mail leave, and how much waits?",
    examples: ["mail status", "mail status --json"],
    load: () => import("../commands/mail-status.ts"),
  },
  {
    name: "mail pause",
    about: "Stop all e-mail at once, in every process; what is asked for meanwhile waits.",
    examples: ["mail pause", 'mail pause --reason "wrong price in the template"'],
    options: [{ flags: "--reason <text>", about: "shown to everybody who wonders" }],
    load: () => import("../commands/mail-pause.ts"),
  },
  {
    name: "mail resume",
    about: "Let e-mail leave again, with all that waited.",
    examples: ["mail resume"],
    load: () => import("../commands/mail-resume.ts"),
  },
  {
    name: "mail inbox",
    about: "What came in by mail, newest first: taken, ignored or unreadable, and why.",
    examples: ["mail inbox", "mail inbox --state ignored --json"],
    options: [{ flags: "--state <state>", about: "taken, ignored or unreadable" }, limitOption],
    load: () => import("../commands/mail-inbox.ts"),
  },
  {
    name: "health",
    about: "Is everything well? Components, active alerts, measurements; exit 1 when something is not.",
    examples: ["health", "health --json"],
    load: () => import("../commands/health.ts"),
  },
  {
    name: "agents list",
    about: "The agents: who works, who is stopped and why.",
    examples: ["agents list", "agents list --json"],
    load: () => import("../commands/agents-list.ts"),
  },
  {
    name: "agents pause",
    words: "<name>",
    about: "Stop an agent in every process until it is resumed; its tasks wait.",
    examples: ["agents pause data_enricher", 'agents pause mailer --reason "new server"'],
    options: [{ flags: "--reason <text>", about: "shown to everybody who wonders" }],
    load: () => import("../commands/agents-pause.ts"),
  },
  {
    name: "agents resume",
    words: "<name>",
    about: "Let a stopped agent work again, whoever stopped it.",
    examples: ["agents resume data_enricher"],
    load: () => import("../commands/agents-resume.ts"),
  },
  {
    name: "alerts list",
    about: "The newest alerts, and who has seen them.",
    examples: ["alerts list", "alerts list --unseen"],
    options: [{ flags: "--unseen", about: "only those nobody has seen" }, contactOption, limitOption, sinceOption],
    load: () => import("../commands/alerts-list.ts"),
  },
];
