/** How a call of an MCP server's tool can go wrong. Each end has a name; none is a crash of the agent. */
import { messageOf } from "../../base/errors.ts";
import type { McpOutcome } from "../../events/mission-events.ts";

/** The server itself is at fault: others would fare no better with it. */
const SERVER_FAULTS: ReadonlySet<McpOutcome> = new Set([
  "not_started",
  "not_mcp",
  "died",
  "hung",
  "flooded",
  "unauthorised",
]);
/** A second try may go well: by a new connection, or since the hiccup is over. */
const PASSING: ReadonlySet<McpOutcome> = new Set(["died", "hung", "not_started"]);

export class McpFailure extends Error {
  readonly outcome: Exclude<McpOutcome, "ok">;

  constructor(outcome: Exclude<McpOutcome, "ok">, words: string, cause?: unknown) {
    super(words.slice(0, 2_000).toWellFormed().replaceAll("\u0000", "\ufffd"), { cause });
    this.name = "McpFailure";
    this.outcome = outcome;
  }

  get isServers(): boolean {
    return SERVER_FAULTS.has(this.outcome);
  }

  get isPassing(): boolean {
    return PASSING.has(this.outcome);
  }
}

const CONNECTION_CLOSED = -32_000;
const REQUEST_TIMEOUT = -32_001;

/**
 * What the SDK threw, by name.
 * @param ended what the transport knows of its end; wins over the SDK's words for it.
 */
export function failureOf(error: unknown, server: string, ended?: McpFailure): McpFailure {
  if (error instanceof McpFailure) return error;
  if (ended !== undefined) return ended;
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  const words = messageOf(error);
  if (code === REQUEST_TIMEOUT || name === "TimeoutError") {
    return new McpFailure("hung", `The server "${server}" did not answer in time.`, error);
  }
  if (code === CONNECTION_CLOSED || code === 404) {
    return new McpFailure("died", `The connection to the server "${server}" ended: ${words}`, error);
  }
  if (code === 401 || code === 403 || name === "UnauthorizedError" || isOAuthError(error, words)) {
    return new McpFailure("unauthorised", `The server "${server}" does not let us in: ${words}`, error);
  }
  // An error of the protocol, about this call alone: unknown tool, wrong arguments.
  if (typeof code === "number" && code < -32_000) return new McpFailure("tool_error", words, error);
  if (name === "ZodError" || (error as Error)?.constructor?.name === "$ZodError") {
    return new McpFailure("not_mcp", `The server "${server}" answers with what is not MCP: ${words}`, error);
  }
  return new McpFailure("not_started", `The server "${server}" cannot be reached: ${words}`, error);
}

/** The SDK has no name for credentials that belong to another authorization server. */
function isOAuthError(error: unknown, words: string): boolean {
  return (
    typeof (error as { errorCode?: unknown } | null)?.errorCode === "string" ||
    words.startsWith("OAuth client information")
  );
}
