/** What can go wrong with an answer. Each is asked for by name and comes once, in the order asked for. */

export const FAULTS = [
  /** 429 with `retry-after`. */
  "rate_limited",
  /** 529. */
  "overloaded",
  /** 500. */
  "server_error",
  /** 401. */
  "unauthorised",
  /** 200, and the model says no. */
  "refusal",
  /** 200, ended by max_tokens in the middle of the JSON. */
  "truncated",
  /** 200, text that is no JSON. */
  "wrong_json",
  /** 200, JSON of another shape. */
  "wrong_shape",
  /** 200, ended by pause_turn: the model meant to go on. */
  "paused",
  /** The connection is lost in the middle of the answer. */
  "cut",
  /** Nothing comes. */
  "hang",
  /** 200 with a page of HTML. */
  "html",
  /** 200 without a body. */
  "empty",
  /** 200 with 10 MB of text. */
  "huge",
  /** Calls of every tool there is, as long as the loop goes on. */
  "tool_storm",
] as const;

export type Fault = (typeof FAULTS)[number];

export function isFault(name: unknown): name is Fault {
  return FAULTS.includes(name as Fault);
}
