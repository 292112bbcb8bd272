/** The commands of `millrace`, handed to commander: help that begins with examples, did-you-mean, exit codes of ours. */
import { Command, CommanderError, Option } from "commander";
import type { Call, CommandDefinition, GlobalOptions } from "./command.ts";
import { commands, groups } from "./definitions/all.ts";
import { CliError, EXIT, EXIT_CODE_LINES, type ExitCode } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";

const EXAMPLES = [
  ["millrace start", "the engine, its console and its forms, in this folder"],
  ["millrace demo", "50 leads against it, to see it work"],
  ["millrace init my-leads", "a project of your own"],
  ["millrace events tail --follow", "what happens, as it happens"],
  ["millrace events why 42", "why it happened"],
] as const;

/**
 * Understands the words and runs the command.
 * @returns its exit code. @throws CliError "usage" when the words make no command, and what the command throws.
 */
export async function runProgram(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  const program = newProgram();
  for (const definition of commands) {
    addCommand(program, definition, async (words, options) => {
      const { run } = await definition.load();
      exitCode = (await run({ terminal, words, options } satisfies Call)) ?? EXIT.ok;
    });
  }
  // What the scripts of `millrace completion` ask on each Tab.
  if (argv[0] === "complete") await addCompletion(program);
  try {
    await program.parseAsync(argv.length === 0 ? ["--help"] : argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.ok;
    throw usageError(error);
  }
  return exitCode;
}

function newProgram(): Command {
  const program = new Command("millrace")
    .usage("<command> [options]")
    .description("An event-driven engine for lead automation: events in, the right work done, every step explained.")
    .option("--json", "exactly one JSON document on stdout (one a line where a command streams)")
    .option("--no-color", "no colours; NO_COLOR does the same")
    .option("--config <file>", "the config file (default: millrace.config.ts of the current folder)")
    .exitOverride()
    // What commander would print on an error is told by main.ts, in the form the caller asked for.
    .configureOutput({ writeErr: () => {} })
    .configureHelp({ showGlobalOptions: true, sortSubcommands: false })
    .helpCommand("help [command]", "the help of a command");
  program.addHelpText("before", examplesText(EXAMPLES.map(([line, about]) => `${line.padEnd(32)}# ${about}`)));
  program.addHelpText("after", `\nExit codes:\n${EXIT_CODE_LINES.join("\n")}`);
  return program;
}

/** Its code is loaded on a Tab only. */
async function addCompletion(program: Command): Promise<void> {
  const { default: tab } = await import("@bomb.sh/tab/commander");
  tab(program);
}

type Action = (words: readonly string[], options: GlobalOptions) => Promise<void>;

function addCommand(program: Command, definition: CommandDefinition, action: Action): void {
  const [first = "", second] = definition.name.split(" ");
  const parent = second === undefined ? program : groupOf(program, first);
  const command = parent.command(`${second ?? first} ${definition.words ?? ""}`.trim()).description(definition.about);
  for (const { flags, about, parse, default: preset } of definition.options ?? []) {
    const option = new Option(flags, about);
    if (parse !== undefined) option.argParser(parse);
    if (preset !== undefined) option.default(preset);
    command.addOption(option);
  }
  command.addHelpText("before", examplesText(definition.examples.map((line) => `millrace ${line}`)));
  command.action(() => action(command.args, command.optsWithGlobals()));
}

function groupOf(program: Command, name: string): Command {
  const known = program.commands.find((command) => command.name() === name);
  if (known !== undefined) return known;
  return program
    .command(name)
    .description(groups[name] ?? "")
    .usage("<command> [options]");
}

function examplesText(lines: readonly string[]): string {
  return `Examples:\n${lines.map((line) => `  $ ${line}`).join("\n")}\n`;
}

/** "error: unknown command 'statr'\n(Did you mean start?)" */
function usageError(error: CommanderError): CliError {
  if (error.code === "commander.help")
    return new CliError("usage", "A command is missing.", "run the same with --help to see which there are.");
  const [first = "", suggestion] = error.message.replace(/^error: /, "").split("\n");
  const meant = suggestion === undefined ? "" : ` ${suggestion.replace(/[()]/g, "")}`;
  return new CliError(
    "usage",
    `${first.charAt(0).toUpperCase()}${first.slice(1)}.${meant}`,
    "run it with --help to see what there is.",
  );
}
