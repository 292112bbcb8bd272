/** The commands of all operations, made from their table: words and options only. Their code is loaded when one runs. */
import { operations } from "../actions/operations.ts";
import type { OperationWords } from "../operations/operation.ts";
import type { Call, CommandDefinition, OptionDefinition } from "./command.ts";
import { optionsOf, type Variant } from "./variant.ts";

const AS_OPTION: OptionDefinition = { flags: "--as <person>", about: "who does it (default: your user name)" };

const variants: readonly Variant[] = Object.entries(operations).flatMap(([name, words]: [string, OperationWords]) =>
  (words.cli ?? []).map((cli) => ({ name, words, cli })),
);

/** Commands by their name, in the order of the table. */
export const operationCommands: ReadonlyMap<string, CommandDefinition> = new Map(
  [...Map.groupBy(variants, ({ cli }) => cli.command)].map(([command, same]) => [command, commandOf(command, same)]),
);

function commandOf(name: string, same: readonly Variant[]): CommandDefinition {
  const [first] = same;
  const longest = same.map(({ cli }) => cli.args ?? []).toSorted((a, b) => b.length - a.length)[0] ?? [];
  const isOptional = same.some(({ cli }) => (cli.args ?? []).length < longest.length);
  return {
    name,
    words: longest.map((field) => (isOptional ? `[${field}]` : `<${field}>`)).join(" "),
    about: first?.cli.about ?? first?.words.summary ?? "",
    examples: same.flatMap(({ cli }) => cli.examples),
    options: optionDefinitions(same),
    load: async () => {
      const { runOperation } = await import("./run-operation.ts");
      return { run: (call: Call<Readonly<Record<string, unknown>>>) => runOperation(call, same) };
    },
  };
}

function optionDefinitions(same: readonly Variant[]): OptionDefinition[] {
  const all = same.flatMap(({ cli }) => optionsOf(cli).map(([, option]) => option));
  const byFlags = new Map(all.map((option) => [option.flags, option]));
  const own = [...byFlags.values()].map(({ flags, about, preset }) => ({
    flags,
    about: preset === undefined ? about : `${about} (default: ${preset})`,
  }));
  return same.some(({ words }) => words.effect !== "read") ? [...own, AS_OPTION] : own;
}
