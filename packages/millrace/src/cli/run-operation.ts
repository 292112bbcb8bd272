/** Runs the operation a command means: its input read from words and options, asked where the project's database is, and its answer shown. */
import type { OperationName } from "../actions/operations.ts";
import { didYouMean, MillraceError } from "../base/errors.ts";
import { checkedInput } from "../operations/input.ts";
import type { AnyOperation, OptionWords } from "../operations/operation.ts";
import { fromTexts, valuesOf } from "../operations/texts.ts";
import { cliActor } from "./actor.ts";
import type { Call } from "./command.ts";
import { CliError, type ExitCode } from "./exit-codes.ts";
import { parseFuture, parseJson, parseSince } from "./parse.ts";
import { openProject } from "./project.ts";
import { findRunningEngine } from "./running-engine.ts";
import { type Shown, showAnswer } from "./shows.ts";
import { near } from "./text.ts";
import { optionKey, optionsOf, type Variant } from "./variant.ts";
import { type Ask, withOperations } from "./with-operations.ts";

type Given = Readonly<Record<string, unknown>> & { readonly as?: string };

/** @param same the operations that share the command. @returns the exit code. */
export async function runOperation(call: Call<Given>, same: readonly Variant[]): Promise<ExitCode> {
  const variant = variantOf(call, same);
  const { name, words, cli } = variant;
  const code: AnyOperation = await words.load();
  const input = readInput(call, variant, code);
  const by = cliActor(call.options);
  const loaded = await openProject(call, words.needs === "engine");
  const work = async (ask: Ask, engine?: string) => {
    const result = await ask(name as OperationName, input as never).catch((error: unknown) => {
      throw asUsage(error, variant, call);
    });
    return showAnswer(cli.command, { terminal: call.terminal, name, input, result, by, ask, engine } as Shown);
  };
  const { dataFolder } = loaded.config;
  const running = cli.isOfRunning === true ? await findRunningEngine(dataFolder, by) : undefined;
  if (cli.isOfRunning === true && !call.terminal.isJson) call.terminal.say(ofWhich(running?.url, dataFolder));
  if (running !== undefined) return work(running.ask, running.url);
  return withOperations(loaded, { needs: words.needs ?? "database", by }, work);
}

function ofWhich(url: string | undefined, dataFolder: string): string {
  if (url !== undefined) return `As the engine at ${url} has it, with the settings it was started with.`;
  return `No engine runs on ${near(dataFolder)}: this is as your settings have it now.`;
}

/** The one whose words and required options are given. */
function variantOf(call: Call<Given>, same: readonly Variant[]): Variant {
  const isGiven = (option: OptionWords) => call.options[optionKey(option.flags)] !== undefined;
  const meant = same.filter(({ cli }) => {
    const needed = [...Object.values(cli.required ?? {}), ...(cli.needsOption === undefined ? [] : [cli.needsOption])];
    return (cli.args ?? []).length === call.words.length && needed.every(isGiven);
  });
  const known = (variant: Variant) => new Set(optionsOf(variant.cli).map(([, { flags }]) => flags));
  const foreign = (variant: Variant) =>
    same
      .flatMap(({ cli }) => optionsOf(cli).map(([, option]) => option))
      .find((option) => isGiven(option) && !known(variant).has(option.flags));
  const [only] = meant.filter((variant) => foreign(variant) === undefined);
  if (only !== undefined) return only;
  throw unclear(meant[0] === undefined ? undefined : foreign(meant[0]), same);
}

function unclear(foreign: OptionWords | undefined, same: readonly Variant[]): CliError {
  const saw =
    foreign === undefined
      ? "It is not said which one is meant."
      : `More than one thing is named: ${foreign.flags.split(" ")[0]} does not go with the rest.`;
  const examples = same.flatMap(({ cli }) => cli.examples.slice(0, 1)).map((line) => `\`millrace ${line}\``);
  return new CliError("usage", saw, `name one, e.g. ${examples.join(", ")}.`);
}

/** @throws CliError usage, naming the option. */
function readInput({ words, options }: Call<Given>, variant: Variant, code: AnyOperation): object {
  const { cli } = variant;
  const args = (cli.args ?? []).map((field, i) => [field, words[i] ?? ""] as const);
  const fields = optionsOf(cli).flatMap(([field, option]) => {
    const text = options[optionKey(option.flags)] ?? option.preset;
    return field === undefined || text === undefined ? [] : [[field, readOption(text, field, option, code)] as const];
  });
  const given = fromTexts(code.input, { ...cli.fixed, ...Object.fromEntries([...args, ...fields]) });
  try {
    checkedInput(code.input, given);
    return given;
  } catch (error) {
    throw asUsage(error, variant, { words, options });
  }
}

function readOption(text: unknown, field: string, option: OptionWords, code: AnyOperation): unknown {
  const flag = option.flags.split(" ")[0] ?? "";
  if (typeof text !== "string") return option.sets ?? true;
  if (option.as === "json") return parseJson(flag, text);
  if (option.as === "moment") return parseSince(text, flag);
  if (option.as === "future") return parseFuture(text, flag);
  return option.as === "word" ? readWord(text, flag, valuesOf(code.input.shape[field])) : text;
}

function readWord(text: string, flag: string, values: readonly string[]): string {
  const found = values.find((value) => value.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found;
  const names = values.map((value) => value.toLowerCase());
  throw new CliError(
    "usage",
    `${flag} "${text}" is not one of ${names.join(", ")}.${didYouMean(text.toLowerCase(), names)}`,
    `write one of them.`,
  );
}

/** An error about a field, as the one about the option or word it came from. */
function asUsage(
  error: unknown,
  { cli }: Variant,
  { words, options }: Pick<Call<Given>, "words" | "options">,
): unknown {
  if (!(error instanceof MillraceError) || error.code !== "invalid_request") return error;
  const { saw, field = "", next } = error.parts;
  const [, option] = optionsOf(cli).find(([one]) => one === field) ?? [];
  const name = option?.flags.split(" ")[0] ?? `<${field}>`;
  const text = option === undefined ? words[(cli.args ?? []).indexOf(field)] : options[optionKey(option.flags)];
  const told = saw.replace(`${field}: `, () =>
    saw.includes('"') || text === undefined ? `${name} ` : `${name} "${text}" `,
  );
  return new CliError("usage", told, next.startsWith("correct ") ? `run it with --help to see what there is.` : next);
}
