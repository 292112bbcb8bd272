/** Checks values against the schema of settings, and says of each that is wrong: its path, what it is, what is taken. */
import type { z } from "zod";
import { didYouMean, MillraceError } from "../base/errors.ts";
import { expectedOf, shown } from "./expected.ts";
import { HIDDEN, redacted } from "./redacted.ts";
import { defOf, namesIn, type SettingNode, settingAt } from "./walk.ts";

type Schema<Output = unknown> = z.core.$ZodType<Output>;

export interface CheckOptions {
  /** What comes before the setting in an error: "millrace.config.ts". */
  readonly source: string;
  /** Stands before each path: "hubspot" for a schema of that group alone. */
  readonly prefix?: string;
  /** Environment variables by the path of the setting they gave. */
  readonly variables?: ReadonlyMap<string, string>;
  /** Names of earlier versions, by full path, with those of today. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** What a name is called. Default "setting". */
  readonly names?: string;
}

export interface Wrong {
  readonly field: string;
  readonly saw: string;
  readonly expected?: string;
  readonly next: string;
}

const MAX_SHOWN = 10;

/**
 * @returns the settings in force: those given, with the defaults of all others.
 * @throws MillraceError invalid_config naming every setting that is wrong (the first ten), what was seen and what is expected.
 */
export function checkedSettings<Output>(schema: Schema<Output>, given: unknown, options: CheckOptions): Output {
  const parsed = (schema as z.ZodType<Output>).safeParse(given);
  if (parsed.success) return parsed.data;
  throw asError(wrongsOf(parsed.error, schema, given, options), options.source);
}

/** @returns what is wrong with a value, in words; [] when nothing is. @param names what a name in it is: "option". */
export function differencesIn(schema: Schema, given: unknown, names: string): readonly Wrong[] {
  const parsed = (schema as z.ZodType).safeParse(given);
  return parsed.success ? [] : wrongsOf(parsed.error, schema, given, { source: "", names });
}

function wrongsOf(error: z.ZodError, schema: Schema, given: unknown, options: CheckOptions): Wrong[] {
  return error.issues
    .flatMap((issue) => flattened(issue, given))
    .flatMap((issue) => wrongOf(issue, schema, given, options));
}

function asError(all: readonly Wrong[], source: string): MillraceError {
  const [first] = all;
  const field = first?.field ?? "";
  if (first !== undefined && all.length === 1)
    return new MillraceError("invalid_config", { ...first, saw: `${source}: ${first.saw}` });
  const lines = all
    .slice(0, MAX_SHOWN)
    .map(({ saw, expected }) => `${saw}${expected === undefined ? "" : ` Expected: ${expected}.`}`);
  return new MillraceError("invalid_config", {
    saw: `${source}: ${all.length} settings are wrong:\n  ${lines.join("\n  ")}\n`,
    next: "correct the settings named above; `millrace config show` and docs/settings.md describe every setting.",
    field,
  });
}

type Issue = z.core.$ZodIssue;

/** Of a choice between schemas: what is wrong by the one that was meant. */
function flattened(issue: Issue, given: unknown): readonly Issue[] {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
  const value = valueAt(given, issue.path);
  const meant = issue.errors.find((errors) =>
    errors.every(({ path, code }) => path.length > 0 || code === "unrecognized_keys" || code === "custom"),
  );
  if (meant === undefined || typeof value !== "object" || value === null) return [issue];
  return meant
    .map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }))
    .flatMap((inner) => flattened(inner, given));
}

function wrongOf(issue: Issue, schema: Schema, given: unknown, options: CheckOptions): Wrong[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => unknownName([...issue.path, key], schema, options));
  const path = fullPath(issue.path, options);
  const variable = options.variables?.get(path);
  const node = settingAt(schema, issue.path);
  const expected = issue.code === "custom" && isSaid(issue.message) ? issue.message : node && expectedOf(node);
  const value =
    node?.notes.isSecret === true ? HIDDEN : seen(valueAt(given, issue.path), String(issue.path.at(-1) ?? ""));
  return [
    {
      field: variable ?? path,
      saw: `${variable === undefined ? path : `the environment variable ${variable} (${path})`} is ${value}.${nearest(node, given, issue.path)}`,
      expected,
      next: variable === undefined ? nextOf(node?.defaultValue) : `correct ${variable}, or unset it.`,
    },
  ];
}

/** Of a choice between words: the one that was meant. */
function nearest(node: SettingNode | undefined, given: unknown, path: readonly PropertyKey[]): string {
  const words = node === undefined ? undefined : defOf(node.schema).entries;
  const value = valueAt(given, path);
  return words === undefined || typeof value !== "string" ? "" : didYouMean(value, Object.values(words));
}

/** A refinement that names what it expects; zod's own words for one that does not are these. */
function isSaid(message: string): boolean {
  return message !== "Invalid input";
}

function nextOf(defaultValue: unknown): string {
  return defaultValue === undefined
    ? "correct it, or leave it out."
    : `correct it, or leave it out for the default, ${shown(defaultValue)}.`;
}

function unknownName(path: readonly PropertyKey[], schema: Schema, options: CheckOptions): Wrong {
  const name = String(path.at(-1));
  const field = fullPath(path, options);
  const today = options.renamed?.[field];
  if (today !== undefined)
    return { field, saw: `the setting "${field}" has another name now: "${today}".`, next: `write "${today}".` };
  const parent = settingAt(schema, path.slice(0, -1));
  return {
    field,
    saw: `there is no ${options.names ?? "setting"} "${field}".${didYouMean(name, parent === undefined ? [] : namesIn(parent.schema))}`,
    next: "correct the name, or take it out; `millrace config show` and docs/settings.md describe every setting.",
  };
}

function fullPath(path: readonly PropertyKey[], { prefix }: CheckOptions): string {
  return [...(prefix === undefined ? [] : [prefix]), ...path.map(String)].join(".");
}

/** Never what is inside an object: it may hold secrets, or itself. */
function seen(value: unknown, name: string): string {
  if (value === undefined) return "missing";
  if (typeof value === "string") return shortened(JSON.stringify(redacted(value, name)));
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  return typeof value === "function" ? "a function" : String(value);
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== "object" || at === null) return undefined;
    at = (at as Readonly<Record<PropertyKey, unknown>>)[key];
  }
  return at;
}
