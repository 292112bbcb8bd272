/**
 * The parts settings are made of. Each room writes the schema of its group with these; a schema gives type, unit,
 * bounds and default, and `setting` adds what it does. From that come the check, docs/settings.md, the JSON Schema,
 * `millrace config show` and the docstrings of the interfaces (scripts/settings-doc.ts).
 */
import { z } from "zod";
import { type Duration, durationMs } from "../base/clock.ts";
import { hostsOf } from "../base/database-address.ts";

/** What a schema of zod does not say of itself. */
export interface SettingNotes {
  /** What the setting does, in a sentence or two. */
  readonly about?: string;
  /** "milliseconds", "MB": the unit of a number. */
  readonly unit?: string;
  /** What is taken, in words, where type and bounds do not say it: "an http or https address". */
  readonly expected?: string;
  /** What is in force when it is not set, in words, where that is no plain value. */
  readonly unset?: string;
  /** The environment variable that wins over the file. */
  readonly env?: string;
  /** Never shown. */
  readonly isSecret?: boolean;
  /** A value that is taken, for tests and documents; needed where type and bounds do not give one. */
  readonly sample?: unknown;
}

const notes = z.registry<SettingNotes>();

/** The notes on a schema itself, not on what it wraps. */
export function notesOn(schema: z.core.$ZodType): SettingNotes {
  return notes.get(schema as z.ZodType) ?? {};
}

/** Says what a setting does. */
export function setting<Schema extends z.ZodType>(about: string, schema: Schema, more: SettingNotes = {}): Schema {
  notes.add(schema, { ...notesOn(schema), ...more, about });
  return schema;
}

function noted<Schema extends z.ZodType>(schema: Schema, more: SettingNotes): Schema {
  notes.add(schema, more);
  return schema;
}

interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

const DAY_MS = 86_400_000;

/** A whole number of milliseconds; by default from 1 to a day. */
export function milliseconds({ min = 1, max = DAY_MS }: Bounds = {}) {
  return noted(z.int().min(min).max(max), { unit: "milliseconds" });
}

/** A whole number; by default from 1 to a million. */
export function count({ min = 1, max = 1_000_000, unit }: Bounds & { readonly unit?: string } = {}) {
  return noted(z.int().min(min).max(max), { unit });
}

/** A number; by default from 0 to a million. */
export function amount({ min = 0, max = 1_000_000, unit }: Bounds & { readonly unit?: string } = {}) {
  return noted(z.number().min(min).max(max), { unit });
}

/** A part of a whole, from 0 to 1. */
export function share({ min = 0, max = 1 }: Bounds = {}) {
  return noted(z.number().min(min).max(max), { unit: "share" });
}

const DURATION = /^\d+(\.\d+)?(ms|s|m|h|d)$/;

interface DurationBounds {
  readonly min?: Duration;
  readonly max?: Duration;
}

const SHORTEST: Duration = "0s";
const LONGEST: Duration = "3650d";

/** A length of time in words, like "90s"; by default up to ten years. */
export function duration({ min = SHORTEST, max = LONGEST }: DurationBounds = {}) {
  const [least, most] = [durationMs(min), durationMs(max)];
  const isWithin = (text: string) => durationMs(text as Duration) >= least && durationMs(text as Duration) <= most;
  const schema = z.string().regex(DURATION).refine(isWithin, { abort: true, when: isWellFormed });
  return noted(schema as unknown as z.ZodType<Duration, Duration>, {
    expected: `a number and a unit, like "90s", "30m", "4h" or "2d"${min === SHORTEST ? "" : `, from ${min}`}, at most ${max}`,
    sample: min === SHORTEST ? "1d" : min,
  });
}

function isWellFormed({ value }: { readonly value: unknown }): boolean {
  return typeof value === "string" && DURATION.test(value);
}

export function flag() {
  return noted(z.boolean(), {});
}

/** A text that is not empty, 1,000 characters at most. */
export function text({
  sample = "a text",
  expected,
  max = 1_000,
}: {
  sample?: string;
  expected?: string;
  max?: number;
} = {}) {
  const length = `a text of 1 to ${max.toLocaleString("en-US")} characters`;
  return noted(z.string().min(1).max(max), { sample, expected: expected ?? length });
}

/** The name of an event type, a task kind or a property. @param what "the name of an event type". */
export function name(what: string, sample: string) {
  return noted(z.string().regex(/^[a-z][\w.-]{0,99}$/i), { expected: what, sample });
}

/** One that is never shown. */
export function secret(more: SettingNotes = {}) {
  return noted(z.string().min(1).max(10_000), { isSecret: true, sample: "a secret", expected: "a text", ...more });
}

/** An absolute address. @param schemes without the colon: "https". */
export function address(schemes: readonly string[], sample: string) {
  const isOne = (value: string) => schemes.includes((URL.parse(value)?.protocol ?? "").slice(0, -1));
  return noted(z.string().max(2_000).refine(isOne), { expected: `an address like ${sample}`, sample });
}

/** The address of a PostgreSQL server, of several hosts where a standby may take over. */
export function databaseAddress() {
  const sample = "postgres://user:password@host:5432/millrace";
  return noted(
    z
      .string()
      .max(2_000)
      .refine((value) => hostsOf(value).length > 0),
    { expected: `an address like ${sample}`, sample },
  );
}

/** IANA name of a time zone. */
export function timeZone() {
  return noted(z.string().refine(isTimeZone), { expected: 'a time zone like "Europe/Berlin"', sample: "UTC" });
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** "09:00"; at most "24:00". */
export function hourAndMinute(sample: string) {
  return noted(z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/), {
    expected: 'a time like "09:00", at most "24:00"',
    sample,
  });
}

export function oneOf<const Value extends string>(...values: readonly Value[]) {
  return noted(z.enum(values as readonly [Value, ...Value[]]), {});
}

export function listOf<Schema extends z.ZodType>(schema: Schema, { min = 0, max = 10_000 }: Bounds = {}) {
  return z.array(schema).min(min).max(max).readonly();
}

/** Values by a name that the user chooses. */
export function byName<Schema extends z.ZodType>(schema: Schema) {
  return z.record(z.string().min(1), schema);
}

/** Settings of one subject. A name that is not among them is refused. */
export function group<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape);
}

/** A value that only code can give: a handler, a workflow. @param expected what it has to be, in words. */
export function code<Value>(
  isOne: (value: Readonly<Record<string, unknown>>) => boolean,
  expected: string,
  sample: Value,
) {
  const check = (value: unknown) =>
    typeof value === "object" && value !== null && isOne(value as Readonly<Record<string, unknown>>);
  return noted(z.custom<Value>(check), { expected, sample });
}
