/**
 * Errors as the outside world sees them: problem+json (RFC 9457), with what was seen and the next step.
 * The one place where an error code becomes an HTTP status. A stack, a path or an SQL text never leaves.
 */
import { type ErrorCode, MillraceError } from "../base/errors.ts";
import { isCommitUnknown, isConnectionLost } from "../db/database.ts";

/** Codes of HTTP's own, beside the engine's. */
export type ProblemCode =
  | ErrorCode
  | "method_not_allowed"
  | "unsupported_media_type"
  | "body_too_large"
  | "bad_signature"
  | "unknown_host"
  | "too_many_requests"
  | "internal_error";

const STATUS: Readonly<Record<ProblemCode, number>> = {
  unknown_event_type: 400,
  unknown_task_kind: 400,
  unknown_agent: 404,
  unknown_workflow: 404,
  invalid_event: 400,
  invalid_contact: 400,
  invalid_workflow: 400,
  invalid_config: 500,
  invalid_request: 400,
  idempotency_conflict: 409,
  not_found: 404,
  task_not_open: 409,
  task_held: 409,
  not_signed_in: 401,
  forbidden: 403,
  database_unavailable: 503,
  database_locked: 503,
  database_setup: 503,
  migration_failed: 503,
  engine_stopped: 503,
  port_taken: 500,
  step_unknown: 409,
  not_recorded: 409,
  lease_lost: 409,
  delivery_failed: 502,
  hubspot_failed: 502,
  browser_unavailable: 500,
  method_not_allowed: 405,
  unsupported_media_type: 415,
  body_too_large: 413,
  bad_signature: 401,
  unknown_host: 421,
  too_many_requests: 429,
  internal_error: 500,
};

/** The HTTP status a code is answered with. */
export function statusOf(code: ProblemCode): number {
  return STATUS[code];
}

export interface ProblemParts {
  /** What was seen, in one sentence. */
  readonly saw: string;
  readonly expected?: string;
  readonly next: string;
  readonly field?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a door throws to answer with an error. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly parts: ProblemParts;

  constructor(code: ProblemCode, parts: ProblemParts) {
    super(parts.saw);
    this.name = "Problem";
    this.code = code;
    this.parts = parts;
  }

  get status(): number {
    return STATUS[this.code];
  }

  /** The body of the answer. */
  toJSON() {
    const { saw, expected, next, field } = this.parts;
    const title = this.code.replaceAll("_", " ").replace(/^./, (first) => first.toUpperCase());
    return {
      type: `urn:millrace:problem:${this.code}`,
      title,
      status: this.status,
      code: this.code,
      field,
      saw,
      expected,
      next,
    };
  }
}

/** Any thrown value as a problem. What no one foresaw says nothing about itself; `isUnforeseen` asks for it to be logged. */
export function problemOf(error: unknown): { problem: Problem; isUnforeseen: boolean } {
  if (error instanceof Problem) return { problem: error, isUnforeseen: false };
  if (error instanceof MillraceError)
    return { problem: new Problem(error.code, error.parts), isUnforeseen: STATUS[error.code] >= 500 };
  const { code = "", statusCode = 500 } = error as { code?: string; statusCode?: number };
  if (isCommitUnknown(error)) return { problem: answerLost(), isUnforeseen: true };
  if (isConnectionLost(error) || NOT_DONE.test(code)) return { problem: databaseGone(), isUnforeseen: true };
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE" || statusCode === 413) return { problem: tooLarge(), isUnforeseen: false };
  if (statusCode === 415)
    return {
      problem: new Problem("unsupported_media_type", {
        saw: "The Content-Type is not one this door takes.",
        next: "see /openapi.json.",
      }),
      isUnforeseen: false,
    };
  if (statusCode >= 400 && statusCode < 500) {
    const saw = "The request could not be read.";
    return {
      problem: new Problem("invalid_request", { saw, next: "check its address, headers and length." }),
      isUnforeseen: false,
    };
  }
  return { problem: unforeseen(), isUnforeseen: true };
}

/**
 * What PostgreSQL says when it is sure that it did nothing: no room or memory (53), a lock not had in time, a statement or a
 * transaction ended by a limit, a server that only reads, a connection it did not let in (28, 3D000).
 */
const NOT_DONE = /^(53...|28...|3D000|55P03|57014|25P03|25006|40001|40P01)$/;

function databaseGone(): Problem {
  return new Problem("database_unavailable", {
    saw: "The database does not answer just now. Nothing was recorded.",
    next: "send it again in a few seconds.",
    headers: { "retry-after": "5" },
  });
}

/** The commit was sent, and its answer never came: see `isCommitUnknown`. */
function answerLost(): Problem {
  return new Problem("database_unavailable", {
    saw: "The database's answer was lost. It is not known whether this was recorded.",
    next: "send it again in a few seconds, with the same id: it is recorded once.",
    headers: { "retry-after": "5" },
  });
}

function tooLarge(): Problem {
  return new Problem("body_too_large", {
    saw: "The body is larger than this door takes. Nothing was recorded.",
    next: "send less at once.",
    field: "body",
  });
}

function unforeseen(): Problem {
  return new Problem("internal_error", {
    saw: "Something failed on our side. It is not known whether it was recorded.",
    next: "send it again with the same id, or look into the engine's log.",
  });
}
