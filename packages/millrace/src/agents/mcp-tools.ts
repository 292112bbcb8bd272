/**
 * Tools of MCP servers in the hands of an agent, for one task: within the agent's list and the task's budget, each call told, once
 * more when that may help. A server that fails is left alone, and one task alone tells a person of it.
 */
import { createHash } from "node:crypto";
import { type Clock, durationMs } from "../base/clock.ts";
import { messageOf } from "../base/errors.ts";
import type { NewEvent } from "../events/event.ts";
import type { McpOutcome } from "../events/mission-events.ts";
import { McpFailure } from "../mcp/client/failure.ts";
import { hashOfArguments, type McpServers, type ToolArguments } from "../mcp/client/mcp-servers.ts";
import type { AllowedTool } from "../mcp/client/server-list.ts";
import type { AlertRecord } from "../tasks/handler.ts";
import { isTransientError, type Toolbox, toolbox } from "./tools.ts";

export type McpToolResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly outcome: McpOutcome; readonly error: string };

export interface McpTools {
  /** @throws the signal's reason when the task's signal is aborted; for nothing a server does. */
  call(tool: AllowedTool, args: ToolArguments, options?: McpCallOptions): Promise<McpToolResult>;
  /** What is left: told events are taken out. */
  takeEvents(): readonly NewEvent[];
  /** What admins are told: tools that have changed, each once. */
  readonly alerts: readonly AlertRecord[];
}

export interface McpCallOptions {
  /** Whether what the tool says of its failure is one of the tool, and asks a person. Default: it is. */
  readonly isFailure?: (words: string) => boolean;
}

export interface McpToolsOptions {
  readonly servers: McpServers;
  readonly clock: Clock;
  readonly agent: string;
  readonly task: number;
  readonly signal: AbortSignal;
  /** Before the second try. Default 250. */
  readonly retryPauseMs?: number;
}

const NOT_CALLED: ReadonlySet<McpOutcome> = new Set(["server_down", "no_such_tool", "tool_changed", "not_allowed"]);

/** Nothing was sent to anyone. */
export function wasNotCalled(outcome: McpOutcome): boolean {
  return NOT_CALLED.has(outcome) || outcome === "over_budget";
}
/** Beyond the server's own time, so that its words are told. */
const MARGIN_MS = 5_000;

export function mcpTools(options: McpToolsOptions): McpTools {
  const { servers, clock, agent, task, signal, retryPauseMs } = options;
  const { perTask, callTimeout, startTimeout } = servers.rules;
  const tools: Toolbox = toolbox(agent, clock, { task, signal, retryPauseMs });
  const timeoutMs = durationMs(callTimeout) + durationMs(startTimeout) + MARGIN_MS;
  const left = { calls: perTask.calls, ms: durationMs(perTask.time), characters: perTask.characters };
  const alerts: AlertRecord[] = [];
  let told = 0;

  /** @returns what is used up. */
  function spent(): string | undefined {
    if (left.calls <= 0) return `${perTask.calls} calls`;
    if (left.ms <= 0) return `its ${perTask.time} of tools`;
    return left.characters <= 0 ? `${perTask.characters} characters of answers` : undefined;
  }

  async function once(tool: AllowedTool, args: ToolArguments, inner: AbortSignal) {
    const begun = performance.now();
    left.calls--;
    try {
      const answer = await servers.call({ agent, task }, tool, args, inner);
      left.characters -= answer.text.length;
      return answer;
    } finally {
      left.ms -= performance.now() - begun;
    }
  }

  return {
    async call(tool, args, { isFailure = () => true } = {}) {
      const usedUp = spent();
      if (usedUp !== undefined) return { ok: false, outcome: "over_budget", error: `The task has used up ${usedUp}.` };
      const hash = hashOfArguments(args);
      let outcome = "ok" as McpOutcome;
      // Until it is known to act, nothing has been called.
      let mayRepeat = true;
      const result = await tools.call(
        tool.tool,
        async (inner) => {
          mayRepeat = !(await servers.acts({ agent, task }, tool));
          const { text, characters, isError } = await once(tool, args, inner);
          return isError ? { isError, content: [{ text }], text, characters } : { text, characters };
        },
        {
          timeoutMs,
          // What acts is never done twice by itself: whether it was done is not known.
          isTransient: (error) => mayRepeat && spent() === undefined && isPassing(error),
          detail: (ended) => {
            outcome = ended.ok ? "ok" : outcomeOf(ended.cause);
            if (NOT_CALLED.has(outcome)) return undefined;
            const size = ended.ok ? (ended.value as { characters: number }).characters : 0;
            return { task, server: tool.server, arguments: hash, size, ok: ended.ok, outcome };
          },
          reports: (error) => mustReport(servers, tool, error, { task, isFailure }),
        },
      );
      if (!result.ok && outcome === "tool_changed") alerts.push(changedAlert(tool, result.error));
      return result.ok ? { ok: true, text: result.value.text } : { ok: false, outcome, error: result.error };
    },
    alerts,
    takeEvents() {
      const fresh = tools.events.slice(told);
      told = tools.events.length;
      return fresh;
    },
  };
}

/** Once for each tool and each of its descriptions, however many leads meet it. @param words of the failure, which name both. */
export function changedAlert({ server, tool }: AllowedTool, words: string): AlertRecord {
  return {
    onceKey:
      `mcp-tool-changed:${server}/${tool}:${createHash("sha256").update(words).digest("hex").slice(0, 16)}`.slice(-600),
    audience: "admin",
    name: "mcp_tool_changed",
    title: `The tool "${tool}" of the MCP server "${server}" has changed`,
    text: `${words} It is not used until a person has looked: \`millrace agents servers\`, then \`millrace agents accept-tools ${server}\`.`,
  };
}

function outcomeOf(error: unknown): McpOutcome {
  if (error instanceof McpFailure) return error.outcome;
  return (error as Error | undefined)?.name === "TimeoutError" ? "hung" : "tool_error";
}

function isPassing(error: unknown): boolean {
  if (error instanceof McpFailure) return error.isPassing;
  return isTransientError(error);
}

/** Of a dead server a person is told once; of one that is known to be down, and of what the settings forbid, not again. */
async function mustReport(
  servers: McpServers,
  { server }: AllowedTool,
  error: unknown,
  { task, isFailure }: { readonly task: number; readonly isFailure: (words: string) => boolean },
): Promise<boolean> {
  if (!(error instanceof McpFailure)) {
    if ((error as Error | undefined)?.name !== "TimeoutError") return isFailure(messageOf(error));
    return servers.down(server, new McpFailure("hung", messageOf(error)), task);
  }
  return error.isServers ? servers.down(server, error, task) : error.outcome === "tool_error";
}
