/**
 * Whether a value fits a schema, where no one asks what the schema would make of it: zod puts a copy together and keeps
 * a list of what is wrong. What this does not know is left to zod, part by part; who wants to know why, asks zod.
 * Measured on the events of the workload's agents: 0.3 µs each instead of 0.7.
 */
import type { z } from "zod";
import { quickWayOf } from "./quick-way.ts";

export type Check = (value: unknown) => boolean;

const known = new WeakMap<z.core.$ZodType, Check>();

/**
 * The check of a schema, made once.
 * @returns true only for what the schema takes; false when the schema has to look for itself.
 */
export function plainCheck(schema: z.core.$ZodType): Check {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const long = askedOf(schema as z.ZodType);
  // A schema may hold itself.
  known.set(schema, long);
  const check = made(schema as z.core.$ZodTypes) ?? long;
  known.set(schema, check);
  return check;
}

function askedOf(schema: z.ZodType): Check {
  return (value) => schema.safeParse(value).success;
}

function made(schema: z.core.$ZodTypes): Check | undefined {
  const take = quickWayOf(schema);
  if (take !== undefined) return (value) => take(value) !== undefined;
  const { def } = schema._zod;
  if (def.checks?.length && def.type !== "number" && def.type !== "array") return undefined;
  switch (def.type) {
    case "optional":
      // Whether it may be missing is the object's to say.
      return plainCheck(def.innerType);
    case "nullable": {
      const inner = plainCheck(def.innerType);
      return (value) => value === null || inner(value);
    }
    case "union": {
      const options = def.options.map(plainCheck);
      return (value) => options.some((option) => option(value));
    }
    case "literal": {
      const values = new Set<unknown>(def.values);
      return (value) => values.has(value);
    }
    case "enum": {
      const values = new Set<unknown>(Object.values(def.entries));
      return (value) => values.has(value);
    }
    case "number":
      return numberCheck(def);
    case "array":
      return arrayCheck(def);
    case "record":
      return recordCheck(def);
    case "object":
      return objectCheck(def);
    default:
      return undefined;
  }
}

function numberCheck(def: z.core.$ZodNumberDef): Check | undefined {
  let from = Number.NEGATIVE_INFINITY;
  let to = Number.POSITIVE_INFINITY;
  let above = Number.NEGATIVE_INFINITY;
  let isWhole = false;
  // z.int() is its own check.
  if ("check" in def) return undefined;
  for (const { _zod } of def.checks ?? []) {
    const rule = _zod.def as
      | z.core.$ZodCheckLessThanDef
      | z.core.$ZodCheckGreaterThanDef
      | z.core.$ZodCheckNumberFormatDef;
    if (rule.check === "number_format" && rule.format === "safeint") isWhole = true;
    else if (rule.check === "greater_than" && rule.inclusive) from = Math.max(from, Number(rule.value));
    else if (rule.check === "greater_than") above = Math.max(above, Number(rule.value));
    else if (rule.check === "less_than" && rule.inclusive) to = Math.min(to, Number(rule.value));
    else return undefined;
  }
  const isNumber: Check = isWhole ? Number.isSafeInteger : Number.isFinite;
  const isWithin = (value: number) => value >= from && value <= to && value > above;
  return (value) => isNumber(value) && isWithin(value as number);
}

function arrayCheck(def: z.core.$ZodArrayDef): Check | undefined {
  let most = Number.POSITIVE_INFINITY;
  for (const { _zod } of def.checks ?? []) {
    const rule = _zod.def as z.core.$ZodCheckMaxLengthDef;
    if (rule.check !== "max_length") return undefined;
    most = Math.min(most, rule.maximum);
  }
  const element = plainCheck(def.element);
  return (value) => {
    if (!Array.isArray(value) || value.length > most) return false;
    for (const one of value) if (!element(one)) return false;
    return true;
  };
}

/** @returns undefined when it makes something of names it does not know. */
function objectCheck(def: z.core.$ZodObjectDef): Check | undefined {
  const isStrict = def.catchall?._zod.def.type === "never";
  if (def.catchall !== undefined && !isStrict) return undefined;
  const parts = Object.entries(def.shape).map(([name, part]) => {
    return { name, fits: plainCheck(part), mayLack: part._zod.def.type === "optional" };
  });
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    let known = 0;
    for (const { name, fits, mayLack } of parts) {
      const one = (value as Record<string, unknown>)[name];
      if (one === undefined ? !mayLack || name in value : !fits(one)) return false;
      if (one !== undefined) known += 1;
    }
    // Others have a name that the schema does not know.
    return !isStrict || countOf(value) === known;
  };
}

function countOf(value: object): number {
  let count = 0;
  for (const _ in value) count += 1;
  return count;
}

/** @returns undefined when its names are counted out: then none may be missing. */
function recordCheck(def: z.core.$ZodRecordDef): Check | undefined {
  if (def.keyType._zod.def.type !== "string") return undefined;
  const name = plainCheck(def.keyType);
  const one = plainCheck(def.valueType);
  return (value) => {
    if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return false;
    for (const key in value) {
      if (!name(key) || !one((value as Record<string, unknown>)[key])) return false;
    }
    return true;
  };
}
