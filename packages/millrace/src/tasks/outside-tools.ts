/** The calls of tools that an agent outside reports: the same facts as those of an agent inside (agents/tools.ts). */
import type { NewEvent } from "../events/event.ts";

export interface ToolCall {
  readonly tool: string;
  /** How long it took. */
  readonly ms: number;
  /** What went wrong; undefined: nothing. */
  readonly error?: string | undefined;
}

type Fact = Pick<NewEvent, "type" | "data">;

/** One `mcp_tool_called` for each call, and `mcp_tool_failed` behind it where it failed. */
export function toolFacts(
  agent: string,
  { id, tools }: { readonly id: number; readonly tools: readonly ToolCall[] },
): readonly Fact[] {
  return tools.flatMap(({ tool, ms, error }): Fact[] => {
    const called: Fact = { type: "mcp_tool_called", data: { agent, tool, ms } };
    return error === undefined
      ? [called]
      : [called, { type: "mcp_tool_failed", data: { agent, tool, error, task: id } }];
  });
}
