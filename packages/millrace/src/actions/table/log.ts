/** Events decided again: dead letters, replays, consumers. */
import { OPERATORS } from "../../access/roles.ts";
import { words } from "../../operations/operation.ts";

export const logActions = {
  retryDeadLetter: words({
    roles: OPERATORS,
    summary: "Decide or take an event again that was set aside.",
    tag: "consumers",
    effect: "change",
    needs: "engine",
    example: { id: 7 },
    answers: "It was taken.",
    errors: ["not_found", "unknown_workflow", "invalid_workflow", "delivery_failed"],
    tool: {},
    http: { method: "POST", path: "/api/dead-letters/:id/retry" },
    cli: [{ command: "dead-letters retry", args: ["id"], examples: ["dead-letters retry 7"] }],
    load: async () => (await import("../retry-dead-letter.ts")).retryDeadLetter,
  }),
  retryDeadLetters: words({
    roles: OPERATORS,
    summary:
      "Try again what was set aside, all of it or what has one cause, oldest first; at most 500 at a time. With `dryRun` it is only counted.",
    tag: "consumers",
    effect: "change",
    needs: "engine",
    example: {},
    answers: "How many are meant, and what became of each.",
    http: { method: "POST", path: "/api/dead-letters/retry" },
    cli: [
      {
        command: "dead-letters retry",
        needsOption: {
          flags: "--all",
          about: "every one that waits, oldest first; or those that --for and --cause name",
        },
        options: {
          subscription: { flags: "--for <consumer>", about: "only those of this consumer, or of workflow:NAME" },
          cause: { flags: "--cause <text>", about: "only those with this cause, as `dead-letters groups` names it" },
          dryRun: { flags: "--dry-run", about: "only count them" },
        },
        examples: ["dead-letters retry --all", "dead-letters retry --all --for workflow:welcome --dry-run"],
      },
    ],
    load: async () => (await import("../retry-dead-letters.ts")).retryDeadLetters,
  }),
  dismissDeadLetter: words({
    roles: OPERATORS,
    summary: "Put a dead letter away for good.",
    tag: "consumers",
    effect: "destructive",
    example: { id: 7, reason: "a test lead" },
    answers: "It is put away.",
    errors: ["not_found"],
    tool: {},
    http: { method: "POST", path: "/api/dead-letters/:id/dismiss" },
    cli: [
      {
        command: "dead-letters dismiss",
        args: ["id"],
        options: { reason: { flags: "--reason <text>", about: "why; kept with it", preset: "dismissed by hand" } },
        examples: ['dead-letters dismiss 7 --reason "a test lead"'],
      },
    ],
    load: async () => (await import("../dismiss-dead-letter.ts")).dismissDeadLetter,
  }),
  replayEvent: words({
    roles: OPERATORS,
    summary:
      "Let workflows decide an event once more, as it was then. A dry run, unless `dryRun` is false; then every gate holds: no e-mail twice.",
    tag: "consumers",
    effect: "destructive",
    needs: "engine",
    example: { position: 42, dryRun: true },
    answers: "What they decided.",
    errors: ["not_found", "unknown_workflow"],
    tool: {},
    http: { method: "POST", path: "/api/events/:position/replay" },
    cli: [
      {
        command: "events replay",
        args: ["position"],
        options: {
          workflow: { flags: "--workflow <name>", about: "only this one" },
          dryRun: { flags: "--do", about: "really do it; every gate holds: no e-mail goes out twice", sets: false },
        },
        examples: ["events replay 42", "events replay 42 --workflow form_cascade --do"],
      },
    ],
    load: async () => (await import("../replay-event.ts")).replayEvent,
  }),
  rebuildConsumer: words({
    roles: OPERATORS,
    summary: "Empty what a consumer has built; it reads the log from the start. Nothing outside happens again.",
    tag: "consumers",
    effect: "destructive",
    example: { consumer: "analytics" },
    answers: "It reads again.",
    errors: ["not_found"],
    http: { method: "POST", path: "/api/consumers/:consumer/rebuild" },
    cli: [{ command: "consumers rebuild", args: ["consumer"], examples: ["consumers rebuild analytics"] }],
    load: async () => (await import("../rebuild-consumer.ts")).rebuildConsumer,
  }),
} as const;
