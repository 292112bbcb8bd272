/** Servers that are programs, in an engine's database, with tools in the hands of a task. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type McpTools, mcpTools } from "../../packages/millrace/src/agents/mcp-tools.ts";
import { type McpServers, mcpServers } from "../../packages/millrace/src/mcp/client/mcp-servers.ts";
import { type McpSettings, mcpSettings } from "../../packages/millrace/src/mcp/client/mcp-settings.ts";
import type { TestEngine } from "../factories/engine.ts";

export const ECHO = { server: "test", tool: "echo" };
export const NOTE = { server: "test", tool: "note" };
export const PROGRAM = join(import.meta.dirname, "server-program.ts");

export interface TestServers extends AsyncDisposable {
  readonly servers: McpServers;
  /** What the program wrote down: its starts, and the calls that reached it. */
  lines(): readonly string[];
  /** A second file of its own. */
  readonly other: string;
  tools(task: number, signal?: AbortSignal): McpTools;
}

/** The server `test` in this mode; the agent `scout` may use its two tools. */
export function testServers(
  test: TestEngine,
  mode: string,
  settings: McpSettings & { environment?: NodeJS.ProcessEnv; server?: object } = {},
): TestServers {
  const folder = mkdtempSync(join(tmpdir(), "millrace-mcp-test-"));
  const [file, other] = [join(folder, "lines"), join(folder, "other")];
  const { environment, server, ...more } = settings;
  const rules = mcpSettings.parse({
    callTimeout: "5s",
    startTimeout: "5s",
    file: join(folder, "no.mcp.json"),
    tools: { scout: ["test/echo", "test/note"] },
    ...more,
    servers: { test: { command: process.execPath, args: [PROGRAM, mode, file, other], ...server } },
  });
  const servers = mcpServers({
    db: test.engine.db,
    clock: test.clock,
    rules,
    version: async () => "0.0.0",
    startProxy: () => Promise.reject(new Error("no proxy here")),
    ...(environment && { environment }),
  });
  return {
    servers,
    other,
    lines: () => readFileSync(file, "utf8").trim().split("\n"),
    tools: (task, signal = new AbortController().signal) =>
      mcpTools({ servers, clock: test.clock, agent: "scout", task, signal, retryPauseMs: 1 }),
    async [Symbol.asyncDispose]() {
      await servers.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
