/** What the log says of the tools an agent uses: the same of one inside (agents/tools.ts) and of one outside that reports its calls. */
import type { NewEvent } from "../events/event.ts";
import type { McpOutcome } from "../events/mission-events.ts";

export interface ToolCall {
  readonly tool: string;
  /** How long it took. */
  readonly ms: number;
  /** What went wrong; undefined: nothing. */
  readonly error?: string | undefined;
}

/** What is known of a call of an MCP server's tool beside its time. */
export interface CallDetail {
  readonly task: number;
  readonly server: string;
  /** SHA-256 of the arguments: nothing of a person stands in the log. */
  readonly arguments: string;
  /** Characters of the answer, before it is cut. */
  readonly size: number;
  readonly ok: boolean;
  readonly outcome: McpOutcome;
}

type Fact = Pick<NewEvent, "type" | "data">;

export function toolCalled(agent: string, tool: string, ms: number, detail?: CallDetail): Fact {
  return { type: "mcp_tool_called", data: { agent, tool, ms, ...detail } };
}

/** @param task the one it was used for. */
export function toolFailed(agent: string, tool: string, error: string, task: number | undefined): Fact {
  return { type: "mcp_tool_failed", data: { agent, tool, error, ...(task && { task }) } };
}

/** One `mcp_tool_called` for each call, and `mcp_tool_failed` behind it where it failed. */
export function toolFacts(
  agent: string,
  { id, tools }: { readonly id: number; readonly tools: readonly ToolCall[] },
): readonly Fact[] {
  return tools.flatMap(({ tool, ms, error }): Fact[] => {
    const called = toolCalled(agent, tool, ms);
    return error === undefined ? [called] : [called, toolFailed(agent, tool, error, id)];
  });
}
