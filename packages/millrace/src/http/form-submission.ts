/** From a form's body to the fact `form_submitted`, or to a refusal that names the field as the sender knows it. */
import { type FormRules, sortForm } from "../contacts/form-fields.ts";
import type { Json, NewEvent } from "../events/event.ts";
import { type FoundForm, formIn, isObject } from "./form-shapes.ts";
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

const MAX_KEY_LENGTH = 200;

/**
 * What is understood of a form is taken, everything else kept beside it; only an e-mail address it must have.
 * @throws Problem invalid_request, naming the field.
 */
export function submissionOf(body: unknown, { form, key, rules, recent, now }: SubmissionOptions): NewEvent {
  const parts = withTrimmedNames(formIn(body));
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

/** " submission_id" is the name without the blank; beside the same name without one, it stays as it was sent. */
function withTrimmedNames({ fields, key, ...parts }: FoundForm): FoundForm {
  const named = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name.trim() in fields ? name : name.trim(), value]),
  );
  return { ...parts, fields: named, key: key ?? named.submission_id };
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

function isEmpty(record: object): boolean {
  return Object.keys(record).length === 0;
}

function bad(saw: string, next: string, field: string): Problem {
  return new Problem("invalid_request", { saw: `${saw} Nothing was recorded.`, next, field: field.slice(0, 200) });
}
