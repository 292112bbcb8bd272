/**
 * The one error type of the engine. Every room throws it; the gateway and the CLI turn it into
 * an HTTP status or an exit code. Nothing here knows about either.
 */

export type ErrorCode =
  | "unknown_event_type"
  | "unknown_task_kind"
  | "unknown_agent"
  | "unknown_workflow"
  | "invalid_event"
  | "invalid_contact"
  | "invalid_workflow"
  | "invalid_config"
  | "invalid_request"
  | "idempotency_conflict"
  | "not_found"
  | "task_not_open"
  | "task_held"
  | "not_signed_in"
  | "forbidden"
  | "database_unavailable"
  | "database_locked"
  | "database_setup"
  | "migration_failed"
  | "engine_stopped"
  | "port_taken"
  | "step_unknown"
  | "not_recorded"
  | "lease_lost"
  | "delivery_failed"
  | "browser_unavailable"
  | "hubspot_failed";

export interface ErrorParts {
  /** What was seen, in one sentence. */
  readonly saw: string;
  /** What the engine expected instead. */
  readonly expected?: string;
  /** What the reader should do now. */
  readonly next: string;
  /** The input field that is wrong, as a dotted path. */
  readonly field?: string;
  readonly cause?: unknown;
}

/** An error a person can act on: a stable code, what was seen, what was expected, and the next step. */
export class MillraceError extends Error {
  readonly code: ErrorCode;
  readonly parts: ErrorParts;

  constructor(code: ErrorCode, parts: ErrorParts) {
    const expected = parts.expected === undefined ? "" : ` Expected: ${parts.expected}.`;
    super(`${parts.saw}${expected} Next: ${parts.next}`, { cause: parts.cause });
    this.name = "MillraceError";
    this.code = code;
    this.parts = parts;
  }
}

/**
 * The name a person most likely meant, or undefined when nothing is near.
 * Near means an edit distance of at most a third of the length (and at least one edit allowed).
 */
export function nearestName(wanted: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const name of known) {
    const distance = editDistance(wanted, name);
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

/** " Did you mean "x"?" or an empty string. */
export function didYouMean(wanted: string, known: Iterable<string>): string {
  const near = nearestName(wanted, known);
  return near === undefined ? "" : ` Did you mean "${near}"?`;
}

/** What any thrown value says, in one bounded line (2 KB), for rows and logs: without NUL, which no row can hold. */
export function messageOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return text.slice(0, 2048).replaceAll("\u0000", "\ufffd");
}

/** Edits between two words, where two neighbours swapped are one edit (Damerau, optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwap ? (beforeLast[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, substitution, swap));
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
