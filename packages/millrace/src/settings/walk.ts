/** Every setting of a schema by its path, for the check of names, the documents, `config show` and the tests. */
import type { z } from "zod";
import { notesOn, type SettingNotes } from "./setting.ts";

type Schema = z.core.$ZodType;

export interface SettingNode {
  /** "engine.sweepMs"; in a list "[]" stands for any index, in what is named by the user "*" for any name. */
  readonly path: readonly string[];
  /** Without default, optional and readonly. */
  readonly schema: Schema;
  /** Of the setting and of what it wraps. */
  readonly notes: SettingNotes;
  /** undefined: there is none. */
  readonly defaultValue: unknown;
  readonly isOptional: boolean;
  /** A group that may be switched off: false stands for it. */
  readonly canBeFalse: boolean;
  /** Has settings of its own below it. */
  readonly isGroup: boolean;
}

/** Depth first, a group before what is in it. */
export function settingsIn(schema: Schema, path: readonly string[] = []): SettingNode[] {
  const node = nodeOf(schema, path);
  const below = childrenOf(node.schema).flatMap(([name, child]) => settingsIn(child, [...path, name]));
  return path.length === 0 ? below : [node, ...below];
}

/** The setting at a path of a value, where names and indices stand for themselves. */
export function settingAt(schema: Schema, path: readonly PropertyKey[]): SettingNode | undefined {
  let node: SettingNode | undefined = nodeOf(schema, []);
  for (const key of path) {
    const children: ReadonlyMap<string, Schema> = new Map(childrenOf(node.schema));
    const child = children.get(String(key)) ?? children.get("[]") ?? children.get("*");
    if (child === undefined) return undefined;
    node = nodeOf(child, [...node.path, String(key)]);
  }
  return node;
}

/** The names of the settings directly below. */
export function namesIn(schema: Schema): readonly string[] {
  return childrenOf(nodeOf(schema, []).schema).map(([name]) => name);
}

export function nodeOf(outer: Schema, path: readonly string[]): SettingNode {
  let schema = outer;
  let notes = notesOn(outer);
  let defaultValue: unknown;
  let isOptional = false;
  for (let def = defOf(schema); WRAPPERS.has(def.type) && def.innerType !== undefined; def = defOf(schema)) {
    if (def.type === "default") defaultValue = def.defaultValue;
    isOptional ||= def.type !== "readonly";
    schema = def.innerType;
    notes = { ...definedOf(notesOn(schema)), ...definedOf(notes) };
  }
  const alternatives = defOf(schema).options ?? [];
  const canBeFalse = alternatives.some((option) => defOf(option).values?.[0] === false);
  const only = canBeFalse ? alternatives.find((option) => defOf(option).type === "object") : undefined;
  return {
    path,
    schema: only ?? schema,
    notes,
    defaultValue,
    isOptional,
    canBeFalse,
    isGroup: defOf(only ?? schema).type === "object",
  };
}

const WRAPPERS: ReadonlySet<string> = new Set(["default", "prefault", "optional", "readonly"]);

function definedOf(notes: SettingNotes): SettingNotes {
  return Object.fromEntries(Object.entries(notes).filter(([, value]) => value !== undefined));
}

/** What zod keeps of a schema, as far as it is read here. */
interface Def {
  readonly type: string;
  readonly innerType?: Schema;
  readonly defaultValue?: unknown;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly element?: Schema;
  readonly valueType?: Schema;
  readonly options?: readonly Schema[];
  readonly values?: readonly unknown[];
  readonly entries?: Readonly<Record<string, string>>;
}

export function defOf(schema: Schema): Def {
  return schema._zod.def as unknown as Def;
}

function childrenOf(schema: Schema): (readonly [string, Schema])[] {
  const def = defOf(schema);
  if (def.type === "object") return Object.entries(def.shape ?? {});
  if (def.element !== undefined) return [["[]", def.element]];
  if (def.valueType !== undefined) return [["*", def.valueType]];
  if (def.type === "union") return (def.options ?? []).flatMap(childrenOf);
  return [];
}
