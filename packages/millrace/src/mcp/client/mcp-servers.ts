/**
 * The MCP servers of an engine, as agents see them: tools an agent may use, and calls that end in a text or in a failure with a
 * name. A server is started at the first call, left alone while it is down, and ended with the engine.
 */
import { createHash } from "node:crypto";
import { type Clock, durationMs } from "../../base/clock.ts";
import { messageOf } from "../../base/errors.ts";
import type { Database } from "../../db/database.ts";
import type { FilteringProxy } from "../../web/filtering-proxy.ts";
import type { McpConnection, OfferedTool } from "./connection.ts";
import { McpFailure } from "./failure.ts";
import type { McpRules } from "./mcp-settings.ts";
import { type AllowedTool, type KnownServer, type ServerList, serverList } from "./server-list.ts";
import { hashOf, noteDown, noteUp, permission, seenTools } from "./server-state.ts";

export interface McpServers {
  readonly rules: McpRules;
  /** Tools an agent may use, as the settings say; nothing is started. */
  allowedFor(agent: string): readonly AllowedTool[];
  /** Is the traffic of this server filtered? */
  isFiltered(server: string): boolean;
  /**
   * The tools an agent may use, as their servers describe them.
   * @throws McpFailure for the first server that cannot be asked.
   */
  offeredTo(user: ToolUser, of: readonly AllowedTool[]): Promise<readonly (AllowedTool & OfferedTool)[]>;
  /** Does it change something in the world? Then it is not done twice. @throws McpFailure */
  acts(user: ToolUser, tool: AllowedTool): Promise<boolean>;
  /** @throws McpFailure; the signal's reason when it is aborted. */
  call(user: ToolUser, tool: AllowedTool, args: ToolArguments, signal: AbortSignal): Promise<ToolAnswer>;
  /** No one else uses the server meanwhile: for what takes several calls, as showing a page and reading it. */
  alone<Result>(server: string, work: () => Promise<Result>): Promise<Result>;
  /** Leaves a server alone for a while. @returns whether this task is the one that tells it. */
  down(server: string, failure: McpFailure, task: number): Promise<boolean>;
  /** Ends every server and what it has started. */
  close(): Promise<void>;
}

/** Who uses a tool, for what. */
export interface ToolUser {
  readonly agent: string;
  readonly task: number;
}

export type ToolArguments = Readonly<Record<string, unknown>>;

export interface ToolAnswer {
  readonly text: string;
  /** Of the whole, before it is cut. */
  readonly characters: number;
  readonly isError: boolean;
}

export interface McpServersOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly rules: McpRules;
  readonly startProxy: () => Promise<FilteringProxy>;
  readonly version: () => Promise<string>;
  readonly environment?: NodeJS.ProcessEnv;
}

interface Running {
  readonly connection: McpConnection;
  /** As the tools were when the server was last looked at. */
  seen: ReadonlyMap<string, OfferedTool> | undefined;
  changed: ReadonlySet<string>;
  /** It was down, and this task tries it. */
  triedBy: number | undefined;
  last: Promise<unknown>;
}

/** @throws MillraceError invalid_config (server-list.ts). */
export function mcpServers(options: McpServersOptions): McpServers {
  const { db, clock, rules } = options;
  const list: ServerList = serverList(rules, options.environment);
  const running = new Map<string, Promise<Running>>();
  const callTimeoutMs = durationMs(rules.callTimeout);
  const startTimeoutMs = durationMs(rules.startTimeout);
  const mayAsk = permission(db);

  function runningOf(name: string): Promise<Running> {
    let known = running.get(name);
    if (known === undefined) {
      known = begin(list.servers.get(name) as KnownServer);
      running.set(name, known);
    }
    return known;
  }

  async function begin(server: KnownServer): Promise<Running> {
    const { McpConnection } = await import("./connection.ts");
    const { startProxy, environment } = options;
    const version = await options.version();
    const connection = new McpConnection({ server, version, startTimeoutMs, startProxy, environment });
    return { connection, seen: undefined, changed: new Set(), triedBy: undefined, last: Promise.resolve() };
  }

  /** @throws McpFailure server_down, or why it cannot be asked. */
  async function asked(name: string, task: number): Promise<Running> {
    const may = await mayAsk(name, clock.now(), 2 * (startTimeoutMs + callTimeoutMs));
    const one = await runningOf(name);
    if (may.is === "trial") one.triedBy = task;
    if (may.is === "down" && one.triedBy !== task) {
      throw new McpFailure("server_down", `The server "${name}" is down: ${may.error ?? "it failed"}`);
    }
    const tools = await one.connection.tools();
    // What has changed may have been accepted meanwhile.
    if (tools !== one.seen || one.changed.size > 0) {
      const settings = list.servers.get(name)?.hash ?? "";
      one.changed = new Set(await seenTools(db, name, { settings, tools: tools.values() }));
      one.seen = tools;
    }
    return one;
  }

  function toolOf({ changed, seen }: Running, { server, tool }: AllowedTool): OfferedTool {
    const known = seen?.get(tool);
    if (known === undefined) throw new McpFailure("no_such_tool", `The server "${server}" has no tool "${tool}".`);
    if (changed.has(tool)) {
      throw new McpFailure(
        "tool_changed",
        `The tool "${tool}" of "${server}" is described otherwise than when it was first seen (${hashOf(known).slice(0, 12)}).`,
      );
    }
    return known;
  }

  return {
    rules,
    allowedFor: list.allowedFor,
    isFiltered: (server) => list.servers.get(server)?.rules.web === true,
    async offeredTo(user, of) {
      checkAllowed(list, user, of);
      const offered: (AllowedTool & OfferedTool)[] = [];
      for (const tool of of) offered.push({ ...tool, ...toolOf(await asked(tool.server, user.task), tool) });
      return offered;
    },
    async acts(user, tool) {
      checkAllowed(list, user, [tool]);
      if (list.servers.get(tool.server)?.rules.reads.includes(tool.tool)) return false;
      return !toolOf(await asked(tool.server, user.task), tool).isReadOnly;
    },
    async call(user, tool, args, signal) {
      checkAllowed(list, user, [tool]);
      const one = await asked(tool.server, user.task);
      toolOf(one, tool);
      const { text, isError } = await one.connection.call(tool.tool, args, { signal, timeoutMs: callTimeoutMs });
      if (one.triedBy === user.task) {
        one.triedBy = undefined;
        await noteUp(db, tool.server);
      }
      return { text: cut(text, rules.maxAnswer), characters: text.length, isError };
    },
    async alone(server, work) {
      const one = await runningOf(server);
      const before = one.last;
      const mine = before.then(work, work);
      one.last = mine.catch(() => undefined);
      return mine;
    },
    async down(server, failure, task) {
      const one = await runningOf(server);
      const isTrial = one.triedBy === task;
      one.triedBy = undefined;
      return noteDown(db, server, { error: messageOf(failure), task, isTrial, now: clock.now() });
    },
    async close() {
      await Promise.all([...running.values()].map(async (one) => (await one).connection.close()));
    },
  };
}

function checkAllowed(list: ServerList, { agent }: ToolUser, tools: readonly AllowedTool[]): void {
  const allowed = list.allowedFor(agent);
  for (const { server, tool } of tools) {
    if (allowed.some((one) => one.server === server && one.tool === tool)) continue;
    throw new McpFailure("not_allowed", `The agent "${agent}" may not use "${server}/${tool}" (mcp.tools.${agent}).`);
  }
}

const CUT = "\n[The rest is cut.]";

function cut(text: string, most: number): string {
  const clean = text.replaceAll("\u0000", "\ufffd");
  return (clean.length <= most ? clean : clean.slice(0, most) + CUT).toWellFormed();
}

/** SHA-256 of a call's arguments: what was asked is recognised, and nothing of a person stands in the log. */
export function hashOfArguments(args: ToolArguments): string {
  return createHash("sha256").update(JSON.stringify(args)).digest("hex");
}
