/** One operation as a command shows it: which words and options are its own. */
import type { CommandWords, OperationWords, OptionWords } from "../operations/operation.ts";

/** One operation as one of perhaps several that share a command. */
export interface Variant {
  readonly name: string;
  readonly words: OperationWords;
  readonly cli: CommandWords;
}

/** What commander calls an option: "--older-than <time>" is `olderThan`. */
export function optionKey(flags: string): string {
  const long = /--([a-z-]+)/.exec(flags)?.[1] ?? "";
  return long.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** All options of a variant, each with the field it fills; undefined: none. */
export function optionsOf({
  options = {},
  required = {},
  needsOption,
}: CommandWords): [string | undefined, OptionWords][] {
  const fields: [string | undefined, OptionWords][] = Object.entries({ ...required, ...options });
  return needsOption === undefined ? fields : [[undefined, needsOption], ...fields];
}
