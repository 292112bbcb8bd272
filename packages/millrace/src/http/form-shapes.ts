/**
 * Where in a body the form is. Programs and form builders send fields flat, under `fields`, as a list with a name and a value
 * each, as objects with a `value`, as JSON within a field, or with an envelope around any of it. What holds the e-mail address holds the form.
 */
import { fieldOf, isUsualField, type RawFields } from "../contacts/form-fields.ts";
import type { Json } from "../events/event.ts";
import { parseJsonText } from "./body.ts";
import { Problem } from "./problem.ts";

/** How a body holds its fields. */
export interface FoundForm {
  readonly fields: RawFields;
  readonly context: Json | undefined;
  readonly key: Json | undefined;
  /** Before the names of fields in messages. */
  readonly prefix: string;
}

const MAX_DEPTH = 4;

/** @throws Problem invalid_request when it is neither fields nor a list of them. */
export function formIn(given: unknown): FoundForm {
  const body = nestedOf(parsedText(given));
  const under = isObject(body) ? underFields(body) : undefined;
  if (under !== undefined && hasEmail(under.fields)) return under;
  const found = find(body, MAX_DEPTH);
  if (found !== undefined) return foundIn(body, found);
  if (under !== undefined) return under;
  const listed = pairsOf(body);
  if (listed !== undefined) return { fields: listed, context: undefined, key: listed.submission_id, prefix: "" };
  if (isObject(body)) return { fields: body, context: undefined, key: body.submission_id, prefix: "" };
  throw noObject(body);
}

/** What stands beside `fields` belongs to the form, too. */
function underFields(body: RawFields): FoundForm | undefined {
  const { fields, context, submission_id, ...beside } = body;
  const inner = isObject(fields) ? (valuesOf(fields) ?? fields) : pairsOf(fields);
  if (inner === undefined) return undefined;
  return { fields: { ...beside, ...inner }, context, key: submission_id ?? inner.submission_id, prefix: "fields." };
}

export function isObject(value: unknown): value is RawFields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

interface Found {
  readonly fields: RawFields;
  readonly path: readonly string[];
  /** False: the builder's own words for a field (labels, kinds) stand in the body, and not in the fields. */
  readonly isWhole: boolean;
}

function foundIn(body: unknown, { fields, path, isWhole }: Found): FoundForm {
  const key = (isObject(body) ? body.submission_id : undefined) ?? fields.submission_id;
  const prefix = path.map((name) => `${name}.`).join("");
  if (path.length === 0 && isWhole) return { fields, context: undefined, key, prefix };
  // What stands around it is the builder's: kept beside the form, never taken for the visitor's.
  return { fields: { ...fields, envelope: body as Json }, context: undefined, key, prefix };
}

/** The first place with an e-mail address among its fields, from the body down. */
function find(given: unknown, depth: number): Found | undefined {
  const at = parsedText(given);
  if (typeof at !== "object" || at === null) return undefined;
  const own = fieldsOf(at);
  if (own !== undefined && hasEmail(own.fields)) return { ...own, path: [] };
  if (depth === 0) return undefined;
  if (Array.isArray(at)) return at.length === 1 && isObject(at[0]) ? find(at[0], depth - 1) : undefined;
  for (const [name, below] of Object.entries(at)) {
    const found = find(below, depth - 1);
    if (found !== undefined) return { ...found, path: [name, ...found.path] };
  }
  return undefined;
}

function fieldsOf(at: object): Omit<Found, "path"> | undefined {
  const listed = pairsOf(at);
  if (listed !== undefined) return { fields: listed, isWhole: isPlainList(at as Json[]) };
  if (!isObject(at)) return undefined;
  const values = valuesOf(at);
  return { fields: values ?? at, isWhole: values === undefined };
}

function hasEmail(fields: RawFields): boolean {
  return Object.keys(fields).some((name) => fieldOf(name.trim()) === "email");
}

/** What builders call a field's name, what they call it for people, and its value; the first that is there. */
const NAMES = ["name", "label", "title", "question", "column_name", "key", "field", "column_id", "id"] as const;
const VALUES = ["value", "values", "string_value", "answer"] as const;

function pairsOf(value: unknown): RawFields | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const pairs = value.map((item) => pairOf(item, undefined));
  return pairs.every((pair) => pair !== undefined) ? grouped(pairs) : undefined;
}

/** `{ "email": { "value": "ada@acme.com" } }`, under the field's name or its number. */
function valuesOf(at: RawFields): RawFields | undefined {
  const entries = Object.entries(at);
  const isValues = entries.length > 0 && entries.every(([, one]) => isObject(one) && "value" in one);
  if (!isValues) return undefined;
  return grouped(entries.flatMap(([name, one]) => pairOf(one, name) ?? []));
}

interface Pair {
  readonly name: string;
  readonly value: Json | undefined;
}

function pairOf(item: unknown, under: string | undefined): Pair | undefined {
  if (!isObject(item)) return undefined;
  const key = VALUES.find((one) => one in item);
  const names = [under, ...NAMES.map((one) => item[one])].filter((one) => typeof one === "string" && one.trim() !== "");
  const [first] = names;
  if (key === undefined || typeof first !== "string") return undefined;
  const known = names.find((one): one is string => typeof one === "string" && isUsualField(one));
  // Not by the property's own name: a field that is called so goes before one that only is of that kind.
  const kind = typeof item.type === "string" && /e-?mail/i.test(item.type) ? "e-mail" : undefined;
  const value = item[key];
  // "values" is a list where a field has one, too.
  const one = key === "values" && Array.isArray(value) && value.length === 1 ? value[0] : value;
  return { name: known ?? kind ?? first, value: chosen(one, item.options) };
}

/** Of a choice the builder sends the numbers of the options, and the options beside it. */
function chosen(value: Json | undefined, options: Json | undefined): Json | undefined {
  if (!Array.isArray(options)) return value;
  const wordsOf = (one: Json): Json => {
    const option = options.find((other) => isObject(other) && other.id === one);
    const words = isObject(option) ? (option.text ?? option.label ?? option.name) : undefined;
    return words ?? one;
  };
  return Array.isArray(value) ? value.map(wordsOf) : value === undefined ? undefined : wordsOf(value);
}

/** Of a name given several times, a list. */
function grouped(pairs: readonly Pair[]): RawFields {
  return Object.fromEntries(
    [...Map.groupBy(pairs, ({ name }) => name)].map(([name, same]) => [
      name,
      same.length === 1 ? same[0]?.value : same.map(({ value }) => value ?? null),
    ]),
  );
}

/** Names and values alone: nothing of the list is lost in its fields. */
function isPlainList(items: readonly Json[]): boolean {
  return items.every(
    (item) => isObject(item) && Object.keys(item).every((name) => name === "name" || name === "value"),
  );
}

const MAX_NAME_DEPTH = 5;
const RESERVED: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** "fields[email][value]" and its neighbours as objects in objects; other bodies stay as they are. */
function nestedOf(body: unknown): unknown {
  if (!isObject(body) || !Object.keys(body).some((name) => /\]\[value\]$/.test(name))) return body;
  const root: Nested = new Map();
  for (const [name, value] of Object.entries(body)) put(root, pathOf(name), value);
  return plain(root);
}

type Nested = Map<string, Nested | Json | undefined>;

/** "fields[email][value]" → ["fields", "email", "value"] */
function pathOf(name: string): readonly string[] {
  const [, first, rest = ""] = /^([^[\]]+)((?:\[[^[\]]+\])+)$/.exec(name) ?? [];
  const inner = [...rest.matchAll(/\[([^[\]]+)\]/g)].map(([, one = ""]) => one);
  const path = first === undefined || inner.length > MAX_NAME_DEPTH ? [name] : [first, ...inner];
  return path.some((one) => RESERVED.has(one)) ? [name] : path;
}

function put(at: Nested, [name = "", ...rest]: readonly string[], value: Json | undefined): void {
  if (rest.length === 0) {
    if (!at.has(name)) at.set(name, value);
    return;
  }
  const below = at.get(name);
  const next: Nested = below instanceof Map ? below : new Map();
  // A name that is both a text and the beginning of others: the others hold the form.
  at.set(name, next);
  put(next, rest, value);
}

function plain(nested: Nested): object {
  return Object.fromEntries([...nested].map(([name, value]) => [name, value instanceof Map ? plain(value) : value]));
}

/** A text that is JSON of its own: encoded twice, or sent as one field of a form. */
function parsedText(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return parseJsonText(value);
  } catch {
    return value;
  }
}

function noObject(value: unknown): Problem {
  const saw = Array.isArray(value) ? "a list" : value === null ? "null" : typeof value;
  return new Problem("invalid_request", {
    saw: `The body is ${saw}, not an object. Nothing was recorded.`,
    next: 'send the fields as an object: {"email": "ada@example.com"}.',
    field: "body",
  });
}
