/** What the exit code of `millrace` says, and which error ends with which. Printed by `millrace --help`. */
import { type ErrorCode, MillraceError } from "../base/errors.ts";

export const EXIT = {
  ok: 0,
  failure: 1,
  usage: 2,
  setup: 3,
  findings: 4,
  difference: 5,
  unhealthy: 6,
  notAuthorised: 7,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const MEANING: Readonly<Record<keyof typeof EXIT, string>> = {
  ok: "done",
  failure: "failed",
  usage: "the command was not understood",
  setup: "something is not set up: Node, the database, the config, a file, or nothing runs",
  findings: "validation found errors",
  difference: "a difference was found",
  unhealthy: "the doctor found something broken",
  notAuthorised: "not authorised",
  interrupted: "interrupted by Ctrl-C",
};

export const EXIT_CODE_LINES = Object.entries(EXIT).map(
  ([name, code]) => `  ${String(code).padStart(3)}  ${MEANING[name as keyof typeof EXIT]}`,
);

const EXIT_OF: Readonly<Record<ErrorCode, ExitCode>> = {
  unknown_event_type: EXIT.failure,
  unknown_task_kind: EXIT.usage,
  unknown_agent: EXIT.usage,
  unknown_workflow: EXIT.failure,
  invalid_event: EXIT.failure,
  invalid_contact: EXIT.failure,
  invalid_workflow: EXIT.findings,
  invalid_config: EXIT.setup,
  invalid_request: EXIT.failure,
  idempotency_conflict: EXIT.failure,
  not_found: EXIT.failure,
  task_not_open: EXIT.failure,
  task_held: EXIT.failure,
  not_signed_in: EXIT.notAuthorised,
  forbidden: EXIT.notAuthorised,
  database_unavailable: EXIT.setup,
  database_locked: EXIT.setup,
  database_setup: EXIT.setup,
  migration_failed: EXIT.setup,
  engine_stopped: EXIT.failure,
  port_taken: EXIT.setup,
  step_unknown: EXIT.failure,
  not_recorded: EXIT.failure,
  lease_lost: EXIT.failure,
  delivery_failed: EXIT.failure,
  browser_unavailable: EXIT.failure,
  hubspot_failed: EXIT.failure,
};

/** Is it a code of the engine's errors, and not one that only HTTP knows? */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(EXIT_OF, code);
}

/** An error only the command line knows: a wrong option, nothing running. */
export class CliError extends Error {
  readonly code: "usage" | "not_running" | "interrupted";
  readonly hint: string;

  constructor(code: CliError["code"], saw: string, hint: string) {
    super(saw);
    this.name = "CliError";
    this.code = code;
    this.hint = hint;
  }
}

const EXIT_OF_CLI: Readonly<Record<CliError["code"], ExitCode>> = {
  usage: EXIT.usage,
  not_running: EXIT.setup,
  interrupted: EXIT.interrupted,
};

/** An error as the command line tells it. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  /** The next step; "" when there is none. */
  readonly hint: string;
  readonly exitCode: ExitCode;
}

/** Places of workflows as the shell would complete them. */
export function withNearPaths(text: string): string {
  return text.replaceAll(`${process.cwd()}/`, "");
}

export function failureOf(error: unknown): Failure {
  if (error instanceof CliError) {
    return { code: error.code, message: error.message, hint: error.hint, exitCode: EXIT_OF_CLI[error.code] };
  }
  if (error instanceof MillraceError) {
    const { expected, next } = error.parts;
    const saw = error.code === "invalid_workflow" ? withNearPaths(error.parts.saw.trimEnd()) : error.parts.saw;
    const message = expected === undefined ? saw : `${saw} Expected: ${expected}.`;
    return { code: error.code, message, hint: next, exitCode: EXIT_OF[error.code] };
  }
  const unusable = unusableFile(error);
  if (unusable !== undefined) return unusable;
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: "bug",
    message,
    hint: "run it again with MILLRACE_DEBUG=1 to see where it happened.",
    exitCode: EXIT.failure,
  };
}

/** What a file system refuses most, in words; each with what a person can do about it. */
const REFUSALS: Readonly<Record<string, readonly [saw: string, next: string]>> = {
  ENOENT: ["is not there", "correct the path, or make it."],
  ENOTDIR: ["lies below a file, or is one where a folder is needed", "name another path, or move that file away."],
  EISDIR: ["is a folder, where a file is needed", "name a file."],
  EEXIST: ["is there already, and is not what is needed", "name another path, or move it away."],
  EACCES: ["may not be used by this user", "fix its owner and permissions, or name another path."],
  EPERM: ["may not be used by this user", "fix its owner and permissions, or name another path."],
  EROFS: ["is on a disk that can only be read", "name a path on another disk."],
  ENOSPC: ["does not fit: the disk is full", "make room, or name a path on another disk."],
};

/** A path the machine refused, wherever it was used: that is no bug of ours. */
function unusableFile(error: unknown): Failure | undefined {
  const { code = "", path, syscall } = error as NodeJS.ErrnoException;
  const [saw, hint] = REFUSALS[code] ?? [];
  if (!(error instanceof Error) || path === undefined || saw === undefined || hint === undefined) return undefined;
  return { code: "file_unusable", message: `${path} ${saw} (${syscall}: ${code}).`, hint, exitCode: EXIT.setup };
}
