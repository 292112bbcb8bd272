/**
 * `millrace mcp`: the project as an MCP server on stdin and stdout, for a program on this machine that starts it (Claude
 * Code, an editor). It may read; `--allow` lets it do more. Each call opens what it needs and closes it again, so a
 * session of hours holds no database that `millrace start` would want.
 */
import { Writable } from "node:stream";
import type { Need, Rights, Scope } from "../../access/scopes.ts";
import { type OperationName, operations } from "../../actions/operations.ts";
import { packageVersion } from "../../base/package.ts";
import { checkedJson } from "../../http/body.ts";
import { Problem } from "../../http/problem.ts";
import { type LoadedConfig, loadConfig } from "../../load-config/load-config.ts";
import { hashFolder, importWorkflows } from "../../load-config/workflow-files.ts";
import { loadSdk, mcpServer } from "../../mcp/server/server.ts";
import type { OperationWords } from "../../operations/operation.ts";
import { cliActor } from "../actor.ts";
import type { Call } from "../command.ts";
import { failureOf } from "../exit-codes.ts";
import { openProject } from "../project.ts";
import { withOperations } from "../with-operations.ts";

interface Options {
  readonly allow?: readonly Scope[];
  readonly as?: string;
}

export async function run(call: Call<Options>): Promise<void> {
  const output = outputForItself();
  const { options, terminal } = call;
  // What is wrong with the settings is said before the first question.
  await openProject(call, false);
  const by = cliActor(options);
  const { StdioServerTransport } = await loadSdk();
  const inTurn = queue();
  const server = await mcpServer({
    rights: rightsOf(options.allow ?? []),
    lacking: lackingHere,
    version: await packageVersion(),
    ask: (name, input) =>
      inTurn(async () => {
        const { needs = "database" }: OperationWords = operations[name];
        const loaded = await freshProject(call, needs === "engine");
        return withOperations(loaded, { needs, by }, (ask) => ask(name as OperationName, checkedJson(input) as never));
      }),
    shown: shownError,
  });
  const ended = new Promise<void>((resolve) => process.stdin.once("end", resolve).once("close", resolve));
  await server.connect(new StdioServerTransport(process.stdin, output));
  terminal.say(`MCP on stdin and stdout, as ${by.id}. It ends when its input does.`);
  await ended;
  await inTurn(async () => {});
  await server.close();
}

function rightsOf(allowed: readonly Scope[]): Rights {
  return { scopes: new Set<Need>(["read", ...allowed]), kinds: undefined };
}

function lackingHere(need: Need): { readonly saw: string; readonly next: string } {
  return {
    saw: `This server may not do what needs "${need}". Nothing was done.`,
    next: `ask a person to do it, or to start it as \`millrace mcp --allow ${need}\` (in .mcp.json).`,
  };
}

/** One at a time: two calls would start an embedded database twice. */
function queue(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  };
}

/** With the workflows as their files are now: who edits them asks what the linter says of the edit. */
async function freshProject({ options }: Call<Options>, withWorkflows: boolean): Promise<LoadedConfig> {
  const loaded = await loadConfig({ file: options.config, withWorkflows: false });
  if (!withWorkflows) return loaded;
  const { workflowsFolder, configured, config } = loaded;
  const own = await importWorkflows(workflowsFolder, await hashFolder(workflowsFolder));
  return { ...loaded, config: { ...config, workflows: [...configured, ...own] } };
}

function shownError(error: unknown) {
  if (error instanceof Problem) {
    const { code, saw, expected, next, field } = error.toJSON();
    return { code, saw, expected, next, field };
  }
  const { code, message, hint } = failureOf(error);
  return { code, saw: message, next: hint };
}

/** Standard output for the protocol alone: what a config or a workflow prints would break it, and goes to standard error. */
function outputForItself(): Writable {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  return new Writable({ write: (chunk, _encoding, done) => void write(chunk, () => done()) });
}
