/** Values that came as text (a query string, a word of a command), made what the schema of their field says. */
import type { z } from "zod";

/**
 * The fields with numbers, switches and lists read from their text. What cannot be read stays text, for the schema to refuse.
 * Lists are written with commas.
 */
export function fromTexts(input: z.ZodObject, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const field = Object.hasOwn(input.shape, name) ? (input.shape[name] as z.ZodType) : undefined;
      return [name, typeof value === "string" && field !== undefined ? readText(kindOf(field), value) : value];
    }),
  );
}

function readText(kind: string, text: string): unknown {
  if (kind === "number") return /^\d{1,15}$/.test(text) ? Number(text) : text;
  if (kind === "boolean") return text === "true" ? true : text === "false" ? false : text;
  return kind === "array" ? text.split(",") : text;
}

/** The values a field may have, of an enumeration; [] for any other. */
export function valuesOf(schema: z.ZodType | undefined): readonly string[] {
  const entries = schema === undefined ? undefined : (innermost(schema).def as unknown as Def).entries;
  return Object.values(entries ?? {});
}

interface Def {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly entries?: Readonly<Record<string, string>>;
}

/** The type of a field beneath defaults, optionality and transforms. */
export function kindOf(schema: z.ZodType): string {
  return innermost(schema).def.type;
}

function innermost(schema: z.ZodType): z.ZodType {
  const { type, innerType, in: from } = schema.def as unknown as Def;
  const inner = innerType ?? (type === "pipe" ? from : undefined);
  return inner === undefined ? schema : innermost(inner);
}
