/** How a command of the command line is described: its words for --help, and where its code is, imported only when it runs. */
import type { ExitCode } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";

/** What a command is called with. */
export interface Call<Options = object> {
  readonly terminal: Terminal;
  /** The words after the command's name. */
  readonly words: readonly string[];
  readonly options: Options & GlobalOptions;
}

export interface GlobalOptions {
  readonly json?: boolean;
  readonly config?: string;
}

/** @returns the exit code; nothing means 0. */
export type Run<Options = object> = (call: Call<Options>) => Promise<ExitCode | undefined> | Promise<void>;

export interface OptionDefinition {
  /** As commander writes them: "--limit <n>", "--no-watch". */
  readonly flags: string;
  readonly about: string;
  /** Makes a value of the text; throws CliError "usage". */
  readonly parse?: (text: string) => unknown;
  readonly default?: unknown;
}

export interface CommandDefinition {
  /** "start", or "events tail" for one of a group. */
  readonly name: string;
  /** As commander writes them: "<id>", "[dir]", "<file...>". */
  readonly words?: string;
  readonly about: string;
  /** What a person can copy, without "millrace" before it. */
  readonly examples: readonly string[];
  readonly options?: readonly OptionDefinition[];
  // biome-ignore lint/suspicious/noExplicitAny: each command has options of its own, and names them.
  readonly load: () => Promise<{ readonly run: Run<any> }>;
}
