/** What a person should look at, in words, the gravest first. Pure. */
import type { MailSwitch } from "../email/policy/mail-switch.ts";
import type { Health } from "./rows/health.ts";

export interface Attention {
  readonly what: string;
  readonly count: number;
  readonly words: string;
  readonly level: "error" | "warning";
}

export interface Standing {
  readonly deadLetters: number;
  readonly unknownEmails: number;
  readonly overdue: number;
  readonly lateForms: number;
  readonly mail: MailSwitch;
  readonly health: Health;
}

export function attentionOf({ deadLetters, unknownEmails, overdue, lateForms, mail, health }: Standing): Attention[] {
  const stopped = health.agents.filter(({ state }) => state !== "working");
  const all: Attention[] = [
    ...health.reasons.map((words) => ({ what: "health", count: 1, words, level: "error" as const })),
    counted(
      "dead_letters",
      deadLetters,
      "error",
      (n) => `${things(n, "event")} set aside: no workflow or consumer could take ${n === 1 ? "it" : "them"}`,
    ),
    counted("late_forms", lateForms, "error", (n) => `${things(n, "form")} nothing was done about within five minutes`),
    counted(
      "unknown_emails",
      unknownEmails,
      "error",
      (n) => `${things(n, "e-mail")} that may have left: a person has to decide`,
    ),
    ...stopped.map(({ agent, reason }) => ({
      what: "stopped_agent",
      count: 1,
      words: `${agent} is stopped${reason === null ? "" : `: ${reason}`}`,
      level: "warning" as const,
    })),
    ...(mail.isPaused
      ? [
          {
            what: "mail_paused",
            count: mail.waiting,
            words: `Mail is paused: ${mail.reason ?? ""}`.trim(),
            level: "warning" as const,
          },
        ]
      : []),
    counted("overdue_tasks", overdue, "warning", (n) => `${things(n, "task")} of people overdue`),
  ];
  return all.filter(({ count, what }) => count > 0 || what === "mail_paused");
}

function things(count: number, noun: string): string {
  return `${count > 10_000 ? "more than 10,000" : count} ${noun}${count === 1 ? "" : "s"}`;
}

function counted(what: string, count: number, level: Attention["level"], words: (n: number) => string): Attention {
  return { what, count, words: words(count), level };
}
