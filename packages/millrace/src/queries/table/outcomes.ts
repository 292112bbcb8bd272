/** What left or could not: e-mails, alerts, dead letters. */
import { words } from "../../operations/operation.ts";
import { contact, limit, one, read, since } from "./options.ts";

export const outcomeQueries = {
  emails: words({
    ...read,
    summary: "The mailbox, newest first: sent, on their way, held back.",
    tag: "outcomes",
    example: { state: "suppressed" },
    answers: "E-mails without their text.",
    errors: ["not_found"],
    tool: { page: { list: "emails", field: "before", by: "id" } },
    http: { method: "GET", path: "/api/emails" },
    cli: [
      {
        command: "emails list",
        options: {
          state: { flags: "--state <state>", about: "sent, suppressed, sending or unknown" },
          contact,
          limit,
          since,
        },
        examples: ["emails list", "emails list --state suppressed --since 7d"],
      },
    ],
    load: async () => (await import("../emails.ts")).emails,
  }),
  email: words({
    ...one,
    summary: "One e-mail with its text.",
    tag: "outcomes",
    example: { id: 7 },
    answers: "The e-mail.",
    tool: {},
    http: { method: "GET", path: "/api/emails/:id" },
    load: async () => (await import("../email.ts")).email,
  }),
  alerts: words({
    ...read,
    summary: "Alerts, newest first, and who has seen them.",
    tag: "outcomes",
    example: { unseen: true },
    answers: "Alerts.",
    errors: ["not_found"],
    tool: { page: { list: "alerts", field: "before", by: "id" } },
    http: { method: "GET", path: "/api/alerts" },
    cli: [
      {
        command: "alerts list",
        options: {
          unseen: { flags: "--unseen", about: "only those no person has seen" },
          audience: { flags: "--audience <name>", about: "only those to this audience: sales, admin …" },
          contact,
          limit,
          since,
        },
        examples: ["alerts list", "alerts list --unseen"],
      },
    ],
    load: async () => (await import("../alerts.ts")).alerts,
  }),
  deadLetters: words({
    ...read,
    summary: "Events a consumer or a workflow could not take, each with its error; newest first.",
    tag: "outcomes",
    example: {},
    answers: "Dead letters.",
    tool: { page: { list: "deadLetters", field: "before", by: "id" } },
    http: { method: "GET", path: "/api/dead-letters" },
    cli: [
      {
        command: "dead-letters list",
        options: { resolved: { flags: "--all", about: "also those dealt with" }, limit },
        examples: ["dead-letters list", "dead-letters list --all --json"],
      },
    ],
    load: async () => (await import("../dead-letters.ts")).deadLetters,
  }),
  deadLetterGroups: words({
    ...read,
    summary:
      "What is set aside, one row for each cause: the same consumer and the same error, whatever names and numbers stand in it.",
    tag: "outcomes",
    example: { limit: 20 },
    answers: "Causes, the most frequent first.",
    http: { method: "GET", path: "/api/dead-letters/groups" },
    cli: [
      {
        command: "dead-letters groups",
        options: { limit },
        examples: ["dead-letters groups", "dead-letters groups --json"],
      },
    ],
    load: async () => (await import("../dead-letter-groups.ts")).deadLetterGroups,
  }),
  alertGroups: words({
    ...read,
    summary: "Alerts by what they are called: how many, how many are unseen, what is not over yet, and what is muted.",
    tag: "outcomes",
    example: { audience: "admin" },
    answers: "Groups, the one with the newest alert first, and what is muted.",
    http: { method: "GET", path: "/api/alerts/groups" },
    cli: [
      {
        command: "alerts groups",
        options: {
          audience: { flags: "--audience <name>", about: "only those to this audience: sales, admin …" },
          since,
          limit,
        },
        examples: ["alerts groups", "alerts groups --audience admin --since 24h"],
      },
    ],
    load: async () => (await import("../alert-groups.ts")).alertGroups,
  }),
  outbox: words({
    ...read,
    summary:
      "E-mail by what became of it: planned, held back and why, sent, leaving, or of which it is unknown whether it left.",
    tag: "outcomes",
    example: { state: "held", limit: 20 },
    answers: "E-mails, how many are in each state, and the switch.",
    errors: ["not_found"],
    http: { method: "GET", path: "/api/outbox" },
    cli: [
      {
        command: "emails outbox",
        options: {
          state: { flags: "--state <state>", about: "planned (default), held, sent, sending or unknown", as: "word" },
          contact,
          limit,
        },
        examples: ["emails outbox", "emails outbox --state held"],
      },
    ],
    load: async () => (await import("../outbox.ts")).outbox,
  }),
} as const;
