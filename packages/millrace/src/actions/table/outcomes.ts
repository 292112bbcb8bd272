/** What becomes of e-mails, alerts and answers. */
import { EVERYONE, OPERATORS, SELLERS } from "../../access/roles.ts";
import { words } from "../../operations/operation.ts";

export const outcomeActions = {
  decideEmail: words({
    roles: SELLERS,
    summary: "Say of an e-mail of which it is unknown whether it left: it arrived, or it is to be sent again.",
    tag: "outcomes",
    effect: "destructive",
    example: { id: 7, verdict: "arrived" },
    answers: "The task that is done, or runs again.",
    errors: ["not_found", "task_not_open", "task_held"],
    tool: {},
    http: { method: "POST", path: "/api/emails/:id/decide" },
    cli: [
      {
        command: "emails arrived",
        about: "Of an e-mail of which it is unknown whether it left: it did. Its task is done.",
        args: ["id"],
        fixed: { verdict: "arrived" },
        examples: ["emails arrived 7"],
      },
      {
        command: "emails resend",
        about: "Of an e-mail of which it is unknown whether it left: send it again, now knowingly.",
        args: ["id"],
        fixed: { verdict: "send_again" },
        examples: ["emails resend 7"],
      },
    ],
    load: async () => (await import("../decide-email.ts")).decideEmail,
  }),
  seeAlert: words({
    roles: EVERYONE,
    summary: "Say that a person has looked at an alert; the first one counts.",
    tag: "outcomes",
    effect: "change",
    example: { id: 3 },
    answers: "The alert.",
    errors: ["not_found"],
    tool: { isIdempotent: true },
    http: { method: "POST", path: "/api/alerts/:id/seen" },
    cli: [{ command: "alerts seen", args: ["id"], examples: ["alerts seen 3"] }],
    load: async () => (await import("../see-alert.ts")).seeAlert,
  }),
  muteAlerts: words({
    roles: OPERATORS,
    summary: "Bring alerts of one name nowhere for a while. They are written as ever.",
    tag: "outcomes",
    effect: "change",
    example: { audience: "admin", name: "task_overdue", reason: "known, being worked on" },
    answers: "What is muted, and until when.",
    http: { method: "POST", path: "/api/alerts/mute" },
    cli: [
      {
        command: "alerts mute",
        args: ["audience", "name"],
        options: {
          untilMs: {
            flags: "--until <time>",
            about: "in e.g. 2h, 7d, or at 2026-03-02T09:00 (default: until it is lifted)",
            as: "future",
          },
          reason: { flags: "--reason <text>", about: "shown to everybody who asks why" },
        },
        examples: ['alerts mute admin task_overdue --until 2h --reason "known"'],
      },
    ],
    load: async () => (await import("../mute-alerts.ts")).muteAlerts,
  }),
  unmuteAlerts: words({
    roles: OPERATORS,
    summary: "Bring alerts of one name to their channels again.",
    tag: "outcomes",
    effect: "change",
    example: { audience: "admin", name: "task_overdue" },
    answers: "They are brought again.",
    errors: ["not_found"],
    http: { method: "POST", path: "/api/alerts/unmute" },
    cli: [{ command: "alerts unmute", args: ["audience", "name"], examples: ["alerts unmute admin task_overdue"] }],
    load: async () => (await import("../unmute-alerts.ts")).unmuteAlerts,
  }),
  replyToContact: words({
    roles: SELLERS,
    summary:
      "Write to a contact from here: through every gate, in the ledger, in the thread of what it answers. Never twice for one key.",
    tag: "mail",
    effect: "destructive",
    example: { contact: "ada@example.com", text: "Tuesday at ten is fine.", key: "reply-to-ada-1" },
    answers: "The task that sends it.",
    errors: ["not_found", "idempotency_conflict", "task_not_open", "task_held"],
    http: { method: "POST", path: "/api/contacts/:contact/reply" },
    cli: [
      {
        command: "mail reply",
        args: ["contact", "key"],
        options: {
          text: { flags: "--text <text>", about: "what to write" },
          subject: { flags: "--subject <text>", about: "default: Re: and the subject of what it answers" },
          answers: { flags: "--answers <position>", about: "the reply it answers (default: their latest)" },
          task: { flags: "--task <id>", about: "a task of people that is done with it" },
          sendAtMs: { flags: "--at <time>", about: "not before, e.g. 10m or 2026-03-02T09:00", as: "future" },
        },
        examples: ['mail reply ada@example.com reply-to-ada-1 --text "Tuesday at ten is fine."'],
      },
    ],
    load: async () => (await import("../reply-to-contact.ts")).replyToContact,
  }),
} as const;
