/**
 * Makes every command work in a fresh clone, on any Node from 18 on: installs the packages when they are
 * missing or other than package-lock.json says, finds a Node that can run TypeScript (24), and hands over.
 * Plain JavaScript without dependencies, because it runs before there are any.
 *
 *   node scripts/run.mjs cli <arguments>          packages/millrace/src/cli/main.ts
 *   node scripts/run.mjs exec <file> <arguments>  any file
 *   node scripts/run.mjs npm <script> <arguments> a script of package.json, with Node 24 first in its PATH
 */

import { existsSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isConsoleBuilt } from "../packages/console/build.mjs";
import { HEAP_OPTIONS } from "../packages/millrace/bin/heap-options.mjs";
import { isNodeNewEnough, isWindows, NEEDED_NODE, npmCommand, run, say, setUp } from "./set-up.mjs";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const USAGE_ERROR = 2;
const NO_NODE = 3;
/** Commands that show the console. */
const SERVES = new Set(["start", "demo"]);

process.exitCode = await main(process.argv.slice(2));

async function main([form, ...rest]) {
  const arrange = { cli: cliCommand, exec: execCommand, npm: npmScript }[form];
  if (arrange === undefined || (form !== "cli" && rest.length === 0)) {
    say("Usage: node scripts/run.mjs cli <arguments> | exec <file> <arguments> | npm <script> <arguments>");
    return USAGE_ERROR;
  }
  const failure = (await setUp(ROOT)) || (form === "exec" ? await setUpFolderOf(rest[0]) : 0);
  if (failure !== 0) return failure;
  const node = findNode();
  if (node === undefined) {
    say(
      `Millrace needs Node ${NEEDED_NODE}; this is ${process.version}. Next: run "npm rebuild node" in ${ROOT}, or install Node ${NEEDED_NODE}.`,
    );
    return NO_NODE;
  }
  if (form === "cli" && SERVES.has(rest[0])) await ensureConsole(node);
  const [command, args] = arrange(node, rest);
  return run(command, args, { env: environment(node) });
}

/** The console is built when its sources are newer. Where that fails the engine runs all the same, and says so in its place. */
async function ensureConsole(node) {
  if (isConsoleBuilt()) return;
  say("Building the console, since its sources are new here (some seconds)…");
  const code = await run(node, [join(ROOT, "packages", "console", "build.mjs")], { stdio: ["ignore", 2, 2] });
  if (code !== 0) say("The console could not be built: see the lines above. The engine starts without it.");
}

/** A program of a folder with packages of its own, like tools/, needs those too. @returns npm's exit code, 0 when there was nothing to do. */
async function setUpFolderOf(file) {
  const folder = dirname(resolve(file));
  return folder !== ROOT && existsSync(join(folder, "package-lock.json")) ? setUp(folder) : 0;
}

function cliCommand(node, args) {
  return [node, [...HEAP_OPTIONS, join(ROOT, "packages", "millrace", "bin", "millrace.mjs"), ...args]];
}

function execCommand(node, args) {
  return [node, args];
}

function npmScript(node, [script, ...args]) {
  return npmCommand(node, ["run", script, ...(args.length > 0 ? ["--", ...args] : [])]);
}

// --- Node ---------------------------------------------------------------------------------------------------

/** This Node, or the one that npm installed here or, for a dependency, further up. */
function findNode() {
  if (isNodeNewEnough) return process.execPath;
  for (let folder = ROOT; ; folder = dirname(folder)) {
    const node = join(folder, "node_modules", "node", "bin", isWindows ? "node.exe" : "node");
    if (existsSync(node)) return node;
    if (dirname(folder) === folder) return undefined;
  }
}

function environment(node) {
  // Windows spells it "Path"; two spellings in one environment would leave the choice to chance.
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  const path = [dirname(node), join(ROOT, "node_modules", ".bin"), process.env[key]];
  return { ...process.env, [key]: path.filter(Boolean).join(delimiter) };
}
