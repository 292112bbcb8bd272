/** The command line as a user calls it: a process of its own, in a folder of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
/** The package in it. */
export const PACKAGE = join(REPOSITORY, "packages", "millrace");
const MILLRACE = join(PACKAGE, "bin", "millrace.mjs");

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What stands on stdin; nothing by default. */
  readonly input?: string;
}

/** Runs `millrace` to its end. */
export function millrace(words: readonly string[], options: RunOptions): Promise<Ran> {
  return node([MILLRACE, ...words], options);
}

export async function node(args: readonly string[], options: RunOptions): Promise<Ran> {
  const child = spawnNode(args, options);
  const output = collect(child);
  child.stdin?.end(options.input ?? "");
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, stdout: output.stdout, stderr: output.stderr };
}

export interface Background extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly output: { readonly stdout: string; readonly stderr: string };
  /** The first line of stdout, as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: each command has a document of its own.
  readonly first: any;
  /** Sends a signal, or waits for the end it comes to by itself. @returns the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts `millrace … --json` and waits until it has said its first line. Killed when it is still there at the end. */
export async function background(words: readonly string[], options: RunOptions): Promise<Background> {
  const child = spawnNode([MILLRACE, ...words, "--json"], options);
  const output = collect(child);
  child.stdin?.end();
  const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
  const hasEnded = closed.then(() => true);
  while (!output.stdout.includes("\n")) {
    const ended = await Promise.race([hasEnded, new Promise<false>((resolve) => setTimeout(() => resolve(false), 20))]);
    if (ended && !output.stdout.includes("\n")) throw new Error(`millrace ${words.join(" ")} ended: ${output.stderr}`);
  }
  return {
    child,
    output,
    first: JSON.parse(output.stdout.slice(0, output.stdout.indexOf("\n"))),
    async stop(signal) {
      if (signal !== undefined) child.kill(signal);
      return closed;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null) child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), 20_000);
      await closed;
      clearTimeout(timer);
    },
  };
}

/** `millrace start` without --json. */
export function spawnAsPerson(
  cwd: string,
  env: NodeJS.ProcessEnv,
): { child: ChildProcess; readonly text: string; closed: Promise<unknown> } {
  const child = spawnNode([MILLRACE, "start", "--port", "0"], { cwd, env });
  const output = collect(child);
  return {
    child,
    get text() {
      return output.stdout;
    },
    closed: new Promise((resolve) => child.once("close", resolve)),
  };
}

/** A folder with these files in it, and "millrace" and "zod" as npm would link them; gone at the end of the test. */
export async function projectFolder(
  files: Readonly<Record<string, string>> = {},
): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), "millrace-cli-"));
  await linkPackages(path);
  await writeFile(join(path, "package.json"), '{ "type": "module" }');
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), text);
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

export async function linkPackages(folder: string): Promise<void> {
  await mkdir(join(folder, "node_modules"), { recursive: true });
  await symlink(PACKAGE, join(folder, "node_modules", "millrace"));
  await symlink(join(REPOSITORY, "node_modules", "zod"), join(folder, "node_modules", "zod"));
}

export async function eventually(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  patienceMs = 60_000,
): Promise<void> {
  for (const deadline = Date.now() + patienceMs; ; ) {
    if (await isSo()) return;
    if (Date.now() > deadline) throw new Error(`${what} did not come true within ${patienceMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What the machine of whoever runs the tests has set must not reach the command. */
const FOREIGN = /^(MILLRACE_|npm_|DATABASE_URL$|PORT$|NO_COLOR$|FORCE_COLOR$|NODE_OPTIONS$|NODE_TEST_CONTEXT$)/;

function spawnNode(args: readonly string[], { cwd, env }: RunOptions): ChildProcess {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name)));
  return spawn(process.execPath, args, { cwd, env: { ...clean, ...env }, stdio: "pipe" });
}

function collect(child: ChildProcess): { stdout: string; stderr: string } {
  const output = { stdout: "", stderr: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    output.stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    output.stderr += text;
  });
  return output;
}
