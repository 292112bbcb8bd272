/** How what agents ask of others ends: a tool of an MCP server, a language model. */

/** How a call of an MCP server's tool ends (mcp/client/failure.ts). */
export const MCP_OUTCOMES = [
  "ok",
  /** The tool itself says that it failed. */
  "tool_error",
  /** The program does not start, or no one listens at the address. */
  "not_started",
  /** It says something, and it is not MCP. */
  "not_mcp",
  /** It ended, or the connection did, in the middle of a call. */
  "died",
  /** No answer in time. */
  "hung",
  /** More than anyone can read. */
  "flooded",
  /** It does not let us in. */
  "unauthorised",
  /** It has failed before, and is left alone until its pause is over. */
  "server_down",
  /** The server has no such tool. */
  "no_such_tool",
  /** The tool is described otherwise than when it was first seen. */
  "tool_changed",
  /** The agent may not use it. */
  "not_allowed",
  /** The task has used up its calls, its time or its characters. */
  "over_budget",
  /** The work is of a replay, and no earlier answer is on record. */
  "not_recorded",
] as const;
export type McpOutcome = (typeof MCP_OUTCOMES)[number];

/** How a question asked of a language model ends (models/model-port.ts). */
export const MODEL_OUTCOMES = [
  "answered",
  /** The model, or its provider's filter, says no. */
  "refused",
  /** The answer was longer than `models.maxOutputTokens`, or the model meant to go on. */
  "truncated",
  /** No JSON, or of another shape. */
  "malformed",
  "rate_limited",
  "overloaded",
  "unreachable",
  "timed_out",
  /** The provider does not take the question: key, name of the model, budget of the account. */
  "rejected",
  /** Nothing was asked: a cap of `models.caps`. */
  "over_cap",
  /** Nothing was asked: the work is of a replay, and there is no answer on record to this question. */
  "not_recorded",
] as const;
export type ModelOutcome = (typeof MODEL_OUTCOMES)[number];
