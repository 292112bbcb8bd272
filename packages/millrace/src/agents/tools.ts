/**
 * The tools of an agent, every call of them recorded (flow 7): what the agent used, how long it took, and what failed.
 * Agents that fetch, search or ask do it through here and put `events` into their outcome.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../base/clock.ts";
import { messageOf } from "../base/errors.ts";
import type { NewEvent } from "../events/event.ts";
import { type CallDetail, toolCalled, toolFailed } from "../tasks/tool-facts.ts";

export interface Toolbox {
  /**
   * Uses a tool. A transient error is tried once more; what then fails is recorded as mcp_tool_failed and returned. A result
   * that MCP marks with `isError` is a failure, its text the reason.
   * @throws the signal's reason when the task's signal is aborted; for nothing the tool does.
   */
  call<T>(tool: string, work: (signal: AbortSignal) => Promise<T>, options?: CallOptions): Promise<ToolResult<T>>;
  /** mcp_tool_called and mcp_tool_failed so far, in the order the calls ended. */
  readonly events: readonly NewEvent[];
}

export type ToolResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string };

export interface CallOptions {
  /** Whether an error may be gone in a moment. Default: time-outs, lost connections, 429 and 5xx. */
  readonly isTransient?: (error: unknown) => boolean;
  /** One try may take this long, whether the tool listens to its signal or not. Default 30,000. */
  readonly timeoutMs?: number;
  /** What is known of one try beside its time, when it has ended; undefined: nothing was called after all, and nothing is told. */
  readonly detail?: (ended: EndedCall) => CallDetail | undefined;
  /** Whether a failure is told as mcp_tool_failed, and so asks a person. Default: it is. */
  readonly reports?: (error: unknown) => boolean | Promise<boolean>;
}

/** How one try ended. */
export type EndedCall =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly cause: unknown };

export interface ToolboxOptions {
  /** The task the agent works on. */
  readonly task?: number;
  /** The task's own: lease lost, timed out, engine stopping. */
  readonly signal?: AbortSignal;
  /** Before the second try. Default 250. */
  readonly retryPauseMs?: number;
}

const LOST_CONNECTION = /^(?:ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|EAI_AGAIN|UND_ERR_)/;

/**
 * @example
 * const tools = toolbox("data_enricher", systemClock, { task: task.id, signal });
 * const found = await tools.call("profile_search", (signal) => provider.search(query, signal));
 */
export function toolbox(agent: string, clock: Clock, options: ToolboxOptions = {}): Toolbox {
  const events: NewEvent[] = [];
  const { task, signal: outer, retryPauseMs = 250 } = options;

  async function once<T>(
    tool: string,
    work: (signal: AbortSignal) => Promise<T>,
    { timeoutMs = 30_000, detail }: CallOptions,
  ): Promise<T> {
    const begun = clock.now();
    const told = (ended: EndedCall) => {
      const known = detail?.(ended);
      if (detail !== undefined && known === undefined) return;
      events.push(toolCalled(agent, tool, Math.max(0, Math.round(clock.now() - begun)), known));
    };
    try {
      const value = await within(work, timeoutMs, outer);
      if (isToolError(value)) throw new ToolError(value);
      told({ ok: true, value });
      return value;
    } catch (error) {
      told({ ok: false, cause: error });
      throw error;
    }
  }

  return {
    events,
    async call(tool, work, options = {}) {
      const { isTransient = isTransientError, reports = () => true } = options;
      for (let attempt = 1; ; attempt++) {
        try {
          return { ok: true, value: await once(tool, work, options) };
        } catch (error) {
          outer?.throwIfAborted();
          if (attempt === 1 && isTransient(error)) {
            await sleep(retryPauseMs, undefined, { signal: outer });
            continue;
          }
          const failed = messageOf(error).toWellFormed();
          if (await reports(error)) events.push(toolFailed(agent, tool, failed, task));
          return { ok: false, error: failed };
        }
      }
    },
  };
}

/** How MCP says that a tool failed: a result like any other, with this mark and the reason as its text. */
interface McpToolError {
  readonly isError: true;
  readonly content?: readonly { readonly text?: unknown }[];
}

function isToolError(value: unknown): value is McpToolError {
  return typeof value === "object" && value !== null && (value as { isError?: unknown }).isError === true;
}

/** A tool's own failure, its words as the message. */
class ToolError extends Error {
  /** What the words say of HTTP, where the server passes on only these: "HubSpot API Error: 429". */
  readonly status: number | undefined;

  constructor({ content = [] }: McpToolError) {
    const words = (Array.isArray(content) ? content : []).map((part) => String(part?.text ?? "")).join(" ");
    super(words.trim() === "" ? "The tool reported an error without words." : words);
    this.name = "ToolError";
    const status = /(?:error|status|code|http)\W{0,3}(429|5\d\d)\b|\b(429|50[0234]|529)\b/i.exec(words);
    this.status = status === null ? undefined : Number(status[1] ?? status[2]);
  }
}

/** Names and codes by which clients of models, MCP servers and HTTP say that a connection or an answer was lost. */
const LOST_BY_NAME = /(?:Timeout|Connection|ConnectionTimeout)Error$/;
const LOST_BY_CODE = new Set<unknown>(["REQUEST_TIMEOUT", "CONNECTION_CLOSED", -32_001]);
const LOST_BY_TYPE = new Set<unknown>(["overloaded_error", "rate_limit_error", "api_error"]);
/** An error stands around its cause: fetch says "fetch failed", and its cause says why. No chain is longer. */
const MAX_CAUSE_DEPTH = 5;

/**
 * True for what errors of Node, of HTTP clients, of MCP clients (both major versions) and of model SDKs say when trying
 * again may help: lost or refused connections, time-outs, 429, 5xx, overload.
 */
export function isTransientError(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > MAX_CAUSE_DEPTH) return false;
  const { name, code, type, status, statusCode, isRetryable, cause } = error as Readonly<Record<string, unknown>>;
  if (isRetryable === true || LOST_BY_CODE.has(code) || LOST_BY_TYPE.has(type)) return true;
  if (typeof name === "string" && LOST_BY_NAME.test(name)) return true;
  // Some SDKs throw errors all named "Error"; their class says more.
  if (LOST_BY_NAME.test(error.constructor?.name ?? "")) return true;
  if (typeof code === "string" && LOST_CONNECTION.test(code)) return true;
  return [status, statusCode, code].some(isBusyStatus) || isTransientError(cause, depth + 1);
}

function isBusyStatus(status: unknown): boolean {
  return typeof status === "number" && (status === 429 || (status >= 500 && status <= 599));
}

/** A tool that never answers ends here, whether it listens to its signal or not. */
async function within<T>(
  work: (signal: AbortSignal) => Promise<T>,
  timeoutMs: number,
  outer: AbortSignal | undefined,
): Promise<T> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = outer === undefined ? timeout : AbortSignal.any([outer, timeout]);
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  if (signal.aborted) onAbort();
  signal.addEventListener("abort", onAbort, { once: true });
  // AbortSignal.timeout alone keeps no process awake, and a tool that hangs may not either.
  const awake = setTimeout(() => undefined, timeoutMs + 1_000);
  try {
    return await Promise.race([work(signal), ended]);
  } finally {
    clearTimeout(awake);
    signal.removeEventListener("abort", onAbort);
  }
}
