/** From a form's body to the fact `form_submitted`, or to a refusal that names the field as the sender knows it. */
import { type FormRules, fieldOf, type RawFields, sortForm } from "../contacts/form-fields.ts";
import type { Json, NewEvent } from "../events/event.ts";
import { Problem } from "./problem.ts";
import { contentHash, type RecentForms } from "./recent-forms.ts";

export interface SubmissionOptions {
  readonly form: string;
  /** The Idempotency-Key header; it wins over the field submission_id. */
  readonly key: string | undefined;
  readonly rules: FormRules | undefined;
  readonly recent: RecentForms;
  /** Milliseconds. */
  readonly now: number;
}

/** How a body holds its fields. */
interface Parts {
  readonly fields: RawFields;
  readonly context: Json | undefined;
  readonly key: Json | undefined;
  /** Before the names of fields in messages. */
  readonly prefix: string;
}

const MAX_KEY_LENGTH = 200;

/**
 * What is understood of a form is taken, everything else kept beside it; only an e-mail address it must have.
 * @throws Problem invalid_request, naming the field.
 */
export function submissionOf(body: unknown, { form, key, rules, recent, now }: SubmissionOptions): NewEvent {
  const parts = withTrimmedNames(partsOf(body));
  const context = isObject(parts.context) ? parts.context : {};
  const loose = parts.context === undefined || isObject(parts.context) ? {} : { context: parts.context };
  const { submission_id: _, ...raw } = parts.fields;
  const { fields, context: visit, extra, emailName } = sortForm({ ...raw, ...loose }, context, rules);
  if (fields.email === undefined) throw noAddress(raw[emailName], `${parts.prefix}${emailName}`);
  const data = {
    form,
    fields,
    ...(isEmpty(visit) ? {} : { context: visit }),
    ...(isEmpty(extra) ? {} : { extra }),
  };
  const id = idOf(key ?? parts.key) ?? recent.idOf(JSON.stringify(data), now);
  return { type: "form_submitted", data, source: `form:${form}`, id, actor: "gateway" };
}

/** The same form under an id of its own: a page that was sent, corrected and sent again says something new. */
export function underOwnId(submission: NewEvent): NewEvent {
  return { ...submission, id: `${submission.id}#${contentHash(JSON.stringify(submission.data))}` };
}

/**
 * Fields flat, under `fields`, as pairs of name and value (HubSpot's API, jQuery), or in the envelope a form builder puts around
 * them (`payload.data`, `data.attributes`, a list of one): what holds the e-mail address holds the form.
 */
function partsOf(given: unknown): Parts {
  const body =
    Array.isArray(given) && given.length === 1 && isObject(given[0]) && pairsOf(given) === undefined ? given[0] : given;
  const listed = pairsOf(body);
  if (listed !== undefined) return { fields: listed, context: undefined, key: listed.submission_id, prefix: "" };
  if (!isObject(body)) throw noObject(body);
  const inner = isObject(body.fields) ? body.fields : pairsOf(body.fields);
  if (inner === undefined) return inEnvelope(body);
  const { fields: _, context, submission_id, ...beside } = body;
  return { fields: { ...beside, ...inner }, context, key: submission_id ?? inner.submission_id, prefix: "fields." };
}

/** " submission_id" is the name without the blank; beside the same name without one, it stays as it was sent. */
function withTrimmedNames({ fields, key, ...parts }: Parts): Parts {
  const named = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name.trim() in fields ? name : name.trim(), value]),
  );
  return { ...parts, fields: named, key: key ?? named.submission_id };
}

const MAX_ENVELOPE_DEPTH = 4;

function inEnvelope(body: RawFields): Parts {
  const key = body.submission_id;
  const path = pathToForm(body, MAX_ENVELOPE_DEPTH);
  if (path === undefined || path.length === 0) return { fields: body, context: undefined, key, prefix: "" };
  const form = path.reduce((at, name) => at[name] as RawFields, body);
  // What stands around it is the builder's: kept beside the form, never taken for the visitor's.
  const fields = { ...form, envelope: body as Json };
  return { fields, context: undefined, key: key ?? form.submission_id, prefix: `${path.join(".")}.` };
}

/** @returns names from the body down to the first object with an e-mail field; [] for the body itself. */
function pathToForm(at: RawFields, depth: number): readonly string[] | undefined {
  if (Object.keys(at).some((name) => fieldOf(name) === "email")) return [];
  if (depth === 0) return undefined;
  for (const [name, below] of Object.entries(at)) {
    const path = isObject(below) ? pathToForm(below, depth - 1) : undefined;
    if (path !== undefined) return [name, ...path];
  }
  return undefined;
}

function pairsOf(value: unknown): RawFields | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  if (!value.every((one) => isObject(one) && typeof one.name === "string" && "value" in one)) return undefined;
  const pairs = value as { name: string; value: Json }[];
  const grouped = Map.groupBy(pairs, (pair) => pair.name);
  return Object.fromEntries(
    [...grouped].map(([name, same]) => [name, same.length === 1 ? same[0]?.value : same.map((one) => one.value)]),
  );
}

function noAddress(value: Json | undefined, at: string): Problem {
  const isMissing = value === undefined || value === null || (typeof value === "string" && value.trim() === "");
  return isMissing
    ? bad("The e-mail address is missing.", "fill in one address like ada@example.com.", at)
    : bad("The e-mail address is not one valid address.", "enter exactly one, like ada@example.com.", at);
}

function idOf(given: Json | undefined): string | undefined {
  // As the encodings of HTML forms, which know texts only, and HTTP, which trims its headers, have it.
  const key = typeof given === "number" ? String(given) : typeof given === "string" ? given.trim() : given;
  if (key === undefined || key === null || key === "") return undefined;
  if (typeof key === "string" && key.length <= MAX_KEY_LENGTH && !key.includes("\u0000") && key.isWellFormed())
    return key;
  throw bad("The Idempotency-Key is not a text of at most 200 characters.", "send a UUID.", "submission_id");
}

function noObject(value: unknown): Problem {
  const saw = Array.isArray(value) ? "a list" : value === null ? "null" : typeof value;
  const next = 'send the fields as an object: {"email": "ada@example.com"}.';
  return bad(`The body is ${saw}, not an object.`, next, "body");
}

function isObject(value: unknown): value is Readonly<Record<string, Json | undefined>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isEmpty(record: object): boolean {
  return Object.keys(record).length === 0;
}

function bad(saw: string, next: string, field: string): Problem {
  return new Problem("invalid_request", { saw: `${saw} Nothing was recorded.`, next, field: field.slice(0, 200) });
}
