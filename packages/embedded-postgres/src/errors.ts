/** The one error of this package. Its caller turns it into an error of its own. */

/** `database_locked`: another process uses the data folder. `database_setup`: the folder, the platform or a setting allows no database. */
export type EmbeddedPostgresErrorCode = "database_locked" | "database_setup";

export interface EmbeddedPostgresErrorParts {
  /** What was seen, in one sentence. */
  readonly saw: string;
  /** What was expected instead. */
  readonly expected?: string;
  /** What the reader should do now. */
  readonly next: string;
  readonly cause?: unknown;
}

/** An error a person can act on: a stable code, what was seen, and the next step. */
export class EmbeddedPostgresError extends Error {
  readonly code: EmbeddedPostgresErrorCode;
  readonly parts: EmbeddedPostgresErrorParts;

  constructor(code: EmbeddedPostgresErrorCode, parts: EmbeddedPostgresErrorParts) {
    const expected = parts.expected === undefined ? "" : ` Expected: ${parts.expected}.`;
    super(`${parts.saw}${expected} Next: ${parts.next}`, { cause: parts.cause });
    this.name = "EmbeddedPostgresError";
    this.code = code;
    this.parts = parts;
  }
}

/** What any thrown value says, in one bounded line (2 KB). */
export function messageOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return text.slice(0, 2048);
}
