/** The packages as a user gets them: packed, installed into an empty folder, run by the Node of their choice. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { type Packed, packAll } from "../../tools/pack.ts";

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder outside the repository that is gone at the end. */
export function emptyFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), "millrace-package-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }) };
}

let packed: Promise<readonly Packed[]> | undefined;

/** Every package's tarball; built once in a run of this file. */
export function tarballs(into: string): Promise<readonly Packed[]> {
  packed ??= packAll(into);
  return packed;
}

/** What this checkout or its test runner has set must not reach what is installed. */
const FOREIGN = /^(MILLRACE_|npm_|DATABASE_URL$|PORT$|NODE_COMPILE_CACHE$|NODE_OPTIONS$|NODE_TEST_CONTEXT$|INIT_CWD$)/i;

/**
 * The environment of a user's terminal: nothing of this repository in it, and `node` is the one given.
 * @param node a Node program; default the one that runs this.
 */
export function environment(node: string = process.execPath): NodeJS.ProcessEnv {
  const clean = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  const path = (process.env.PATH ?? "").split(delimiter).filter((folder) => !folder.includes("node_modules"));
  return { ...Object.fromEntries(clean), PATH: [dirname(node), ...path].join(delimiter) };
}

/** Runs a command to its end. */
export function run(command: readonly string[], cwd: string, env: NodeJS.ProcessEnv = environment()): Ran {
  const [program = "", ...args] = command;
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, env, encoding: "utf8", timeout: 600_000 });
  return { code: status, stdout: stdout ?? "", stderr: stderr ?? "" };
}

/** As `run`. @throws Error with what it printed when it does not end with 0. */
export function runWell(command: readonly string[], cwd: string, env?: NodeJS.ProcessEnv): Ran {
  const ran = run(command, cwd, env);
  if (ran.code !== 0) throw new Error(`${command.join(" ")} ended with ${ran.code}:\n${ran.stdout}\n${ran.stderr}`);
  return ran;
}

/** Points a project's dependencies on our packages at their tarballs, as if these were published, and installs. */
export function installTarballs(folder: string, all: readonly Packed[]): void {
  const file = join(folder, "package.json");
  const manifest = JSON.parse(readFileSync(file, "utf8")) as { dependencies?: Record<string, string> };
  const dependencies = {
    ...manifest.dependencies,
    ...Object.fromEntries(all.map((one) => [one.name, `file:${one.file}`])),
  };
  writeFileSync(file, JSON.stringify({ ...manifest, dependencies }, null, 2));
  runWell(["npm", "install", "--no-audit", "--no-fund", "--loglevel=error"], folder);
}

/** Starts a program that runs until it is stopped, and waits for its first line on stdout. */
export async function startProgram(
  command: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly firstLine: string; stop(): Promise<number | null> } & AsyncDisposable> {
  const [program = "", ...args] = command;
  const child: ChildProcess = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
  const output = { out: "", err: "" };
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    output.err += text;
  });
  const firstLine = await new Promise<string>((resolve, reject) => {
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      output.out += text;
      if (output.out.includes("\n")) resolve(output.out.slice(0, output.out.indexOf("\n")));
    });
    void closed.then((code) => reject(new Error(`${command.join(" ")} ended with ${code}: ${output.err}`)));
  });
  const stop = () => {
    child.kill("SIGTERM");
    return closed;
  };
  return {
    firstLine,
    stop,
    async [Symbol.asyncDispose]() {
      const timer = setTimeout(() => child.kill("SIGKILL"), 20_000);
      await stop();
      clearTimeout(timer);
    },
  };
}
