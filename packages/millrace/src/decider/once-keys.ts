/**
 * Once-keys that are on record: two things decided apart may each ask for an e-mail or an alert of one key, e.g. two answers of a person
 * given at the same moment to two processes. The ledger has one row of it; so the log states it once.
 * Who writes what was decided asks for them (keys-on-record.ts); then it is decided once more, with what is known now.
 */
import type { Completed, Outcome } from "../tasks/handler.ts";
import type { AlertRow, EmailRow } from "../tasks/ledger.ts";

/** "email KEY", "alert KEY". */
export type OnceKeys = ReadonlySet<string>;

export const NO_KEYS: OnceKeys = new Set();

/** The kinds whose handlers do one e-mail or one alert, and say nothing else. */
const DO_IT_ONCE: ReadonlySet<string> = new Set(["send_email", "send_alert"]);

interface Effects {
  readonly emails?: readonly Pick<EmailRow, "onceKey" | "state">[];
  readonly alerts?: readonly Pick<AlertRow, "onceKey">[];
}

/** The keys these use up; an e-mail that is held back uses none. */
export function keysOf({ emails = [], alerts = [] }: Effects): string[] {
  return [
    ...emails.flatMap(({ onceKey, state }) => (state === "sent" ? [`email ${onceKey}`] : [])),
    ...alerts.map(({ onceKey }) => `alert ${onceKey}`),
  ];
}

/** The outcome of a task, or, where its e-mail or alert is among `used`, one that states nothing. */
export function withoutRepetition(kind: string, outcome: Outcome, used: OnceKeys): Outcome {
  if (outcome.outcome !== "completed" || !DO_IT_ONCE.has(kind)) return outcome;
  return keysOf(outcome).some((key) => used.has(key)) ? doneBefore(outcome) : outcome;
}

function doneBefore({ emails }: Completed): Completed {
  const [email] = emails ?? [];
  const result =
    email === undefined
      ? { alreadyTold: true, because: "An alert with this key has been given before." }
      : { to: email.to, alreadySent: true, because: "An e-mail with this key has left before." };
  return { outcome: "completed", result };
}
