/**
 * Tools of MCP servers for users' own agents: `context.callTool`. A call is a step of the task, so an attempt behind a kill is given
 * what the call gave, and a tool that acts is not used twice.
 */
import type { Clock } from "../base/clock.ts";
import { MillraceError } from "../base/errors.ts";
import type { NewEvent } from "../events/event.ts";
import type { McpOutcome } from "../events/mission-events.ts";
import { hashOfArguments, type McpServers } from "../mcp/client/mcp-servers.ts";
import type { AllowedTool } from "../mcp/client/server-list.ts";
import type { CallTools } from "../tasks/dispatcher.ts";
import type { CalledTool } from "../tasks/handler.ts";
import { type McpTools, mcpTools, wasNotCalled } from "./mcp-tools.ts";

/**
 * Of what reads, and of what was not called at all, a failure is not kept as the result of the step: the next attempt asks again. Of what
 * acts it is kept: whether it was done is not known.
 */
class NotDone extends Error {
  readonly result: CalledTool;

  constructor(result: CalledTool) {
    super("The tool was not used.");
    this.result = result;
  }
}

/** @returns what an agent's context has as `callTool`. */
export function toolCaller(servers: McpServers, clock: Clock): CallTools {
  return ({ agent, tasks, signal, step }) => {
    const ofTask = new Map<number, McpTools>();
    const times = new Map<string, number>();
    let failures = 0;

    return async (name, args = {}, options = {}) => {
      const tool = toolOf(name);
      const task = tasks.length === 1 ? tasks[0] : tasks.find(({ id }) => id === options.task);
      if (task === undefined) {
        throw new MillraceError("invalid_request", {
          saw: `A tool for one of ${tasks.length} tasks.`,
          next: "say whose call it is: callTool(name, args, { task: task.id }).",
          field: "task",
        });
      }
      const mcp = ofTask.get(task.id) ?? mcpTools({ servers, clock, agent, task: task.id, signal });
      ofTask.set(task.id, mcp);
      const called = `${name.slice(0, 150)} ${hashOfArguments(args).slice(0, 16)}`;
      const nth = (times.get(`${task.id} ${called}`) ?? 0) + 1;
      times.set(`${task.id} ${called}`, nth);
      const acts = await servers.acts({ agent, task: task.id }, tool).catch(() => true);
      let fresh: readonly NewEvent[] = [];
      try {
        const kept = await step(
          nth === 1 ? called : `${called} ${nth}`,
          async () => {
            const result = await mcp.call(tool, args);
            fresh = mcp.takeEvents();
            if (!result.ok && (!acts || wasNotCalled(result.outcome))) throw new NotDone(result);
            return { ...result };
          },
          { task: task.id, acts, recorded: "latest", emits: () => fresh },
        );
        return kept as CalledTool;
      } catch (error) {
        if (error instanceof MillraceError && error.code === "not_recorded") return notRecorded(error);
        if (!(error instanceof NotDone)) throw error;
        const events = fresh;
        const at = `${called} failed ${task.attempt}.${++failures}`;
        await step(at, async () => null, { task: task.id, emits: () => events });
        return error.result;
      }
    };
  };
}

function notRecorded(error: MillraceError): CalledTool {
  return { ok: false, outcome: "not_recorded" satisfies McpOutcome, error: error.message };
}

/** @throws MillraceError invalid_request */
function toolOf(name: string): AllowedTool {
  const at = name.indexOf("/");
  if (at > 0 && at < name.length - 1) return { server: name.slice(0, at), tool: name.slice(at + 1) };
  throw new MillraceError("invalid_request", {
    saw: `"${name}" names no tool of a server.`,
    next: 'write it as "server/tool", as under mcp.tools.',
    field: "tool",
  });
}
