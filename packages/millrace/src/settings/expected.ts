/** What a setting takes, in words: "a whole number of milliseconds from 1 to 86,400,000". */
import { defOf, nodeOf, type SettingNode } from "./walk.ts";

export function expectedOf(node: SettingNode): string {
  const words = node.notes.expected ?? wordsFor(node);
  return node.canBeFalse ? `false, or ${words}` : words;
}

function wordsFor({ schema, notes }: SettingNode): string {
  const def = defOf(schema);
  switch (def.type) {
    case "number":
      return `${numberOf(schema).isInt ? "a whole number" : "a number"}${unitWords(notes.unit)}${boundsOf(schema)}`;
    case "boolean":
      return "true or false";
    case "enum":
      return `one of ${Object.values(def.entries ?? {})
        .map(quoted)
        .join(", ")}`;
    case "literal":
      return (def.values ?? []).map(quoted).join(" or ");
    case "array":
      return def.element === undefined ? "a list" : `a list; each: ${expectedOf(nodeOf(def.element, []))}`;
    case "record":
      return "an object, by name";
    case "union":
      return (def.options ?? []).map((option) => expectedOf(nodeOf(option, []))).join(", or ");
    case "object":
      return "an object with settings";
    case "null":
      return "null";
    default:
      return "a text";
  }
}

function unitWords(unit: string | undefined): string {
  return unit === undefined || unit === "share" ? "" : ` of ${unit}`;
}

interface NumberSchema {
  readonly minValue: number | null;
  readonly maxValue: number | null;
  readonly isInt: boolean;
}

/** The bounds of a number. */
export function numberOf(schema: SettingNode["schema"]): NumberSchema {
  return schema as unknown as NumberSchema;
}

function boundsOf(schema: SettingNode["schema"]): string {
  const { minValue, maxValue } = numberOf(schema);
  return `${minValue === null || minValue === Number.NEGATIVE_INFINITY ? "" : ` from ${shown(minValue)}`}${maxValue === null || maxValue === Number.POSITIVE_INFINITY ? "" : ` to ${shown(maxValue)}`}`;
}

/** A value as a page or an error shows it: 60,000 · "30d" · ["a", "b"]. */
export function shown(value: unknown): string {
  return typeof value === "number" ? value.toLocaleString("en-US", { maximumFractionDigits: 10 }) : quoted(value);
}

function quoted(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
