#!/usr/bin/env node
/**
 * `millrace`: the command line. Called by bin/millrace.mjs and scripts/run.mjs.
 * Only the words of --help are imported here; each command brings its code when it runs, so that --help stays under 150 ms.
 */
import { enableCompileCache } from "node:module";
import { failureOf } from "./exit-codes.ts";
import { endOnInterrupt } from "./signals.ts";
import { isSupervisor, supervise } from "./supervise.ts";
import { Terminal } from "./terminal.ts";

enableCompileCache();

const argv = process.argv.slice(2);
if (argv.includes("--no-color")) process.env.NO_COLOR = "1";
const terminal = new Terminal({ isJson: argv.includes("--json") });
if (!isSupervisor(argv)) endOnInterrupt();

try {
  if (isSupervisor(argv)) process.exitCode = await supervise(argv);
  else process.exitCode = await (await import("./program.ts")).runProgram(argv, terminal);
} catch (error) {
  const { code, message, hint, exitCode } = failureOf(error);
  if (process.env.MILLRACE_DEBUG && error instanceof Error) terminal.say(error.stack ?? "");
  if (terminal.isJson) terminal.document({ error: { code, message, hint } });
  else terminal.say(`${terminal.noted("red", "error")}  ${message}${hint === "" ? "" : `\n  Next: ${hint}`}`);
  process.exitCode = exitCode;
}
