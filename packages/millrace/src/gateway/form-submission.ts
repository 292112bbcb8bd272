/** From a form's body to the fact `form_submitted`, or to a refusal that names the field as the sender knows it. */
import { parseEmailAddress } from "../email-address.ts";
import { propertyName } from "../events/define-event.ts";
import type { Json, NewEvent } from "../events/event.ts";
import { Problem } from "./problem.ts";

export interface Submission {
  readonly event: NewEvent;
  /** True when the fields stood at the top of the body. */
  readonly isFlat: boolean;
}

type Values = Readonly<Record<string, Json | undefined>>;

const CONTEXT_PREFIX = "context_";
const LONGEST_KEY = 200;

/**
 * @param key the Idempotency-Key header; it wins over the field submission_id.
 * @throws Problem invalid_request, naming the field.
 */
export function submissionOf(form: string, body: unknown, key: string | undefined): Submission {
  const given = asObject(body, "body");
  const isFlat = !(typeof given.fields === "object" && given.fields !== null);
  const all = isFlat ? given : asObject(given.fields, "fields");
  const prefix = isFlat ? "" : "fields.";
  const fields: Record<string, Json> = {};
  const context: Record<string, string> = {};
  for (const [name, value] of Object.entries(all)) {
    if (name === "submission_id") continue;
    if (name.startsWith(CONTEXT_PREFIX))
      addContext(context, name.slice(CONTEXT_PREFIX.length), value, `${prefix}${name}`);
    else addField(fields, name, value, `${prefix}${name}`);
  }
  if (!isFlat && given.context !== undefined) {
    for (const [name, value] of Object.entries(asObject(given.context, "context")))
      addContext(context, name, value, `context.${name}`);
  }
  const email = emailOf(fields.email, `${prefix}email`);
  const data = { form, fields: { ...fields, email }, ...(Object.keys(context).length === 0 ? {} : { context }) };
  const id = idOf(key ?? given.submission_id ?? all.submission_id);
  return { event: { type: "form_submitted", data, source: `form:${form}`, id, actor: "gateway" }, isFlat };
}

function addField(fields: Record<string, Json>, name: string, value: Json | undefined, at: string): void {
  checkName(name, at);
  // A field left empty says nothing, and a browser sends every one of them.
  if (value === undefined || value === "") return;
  if (typeof value === "object" && value !== null) {
    throw bad(
      `Field "${at}" is ${Array.isArray(value) ? "a list" : "an object"}.`,
      "send text, a number, true, false or null.",
      at,
    );
  }
  if (typeof value === "string" && value.length > 10_000)
    throw bad(`Field "${at}" has ${value.length} characters.`, "send at most 10,000.", at);
  fields[name] = value;
}

function addContext(context: Record<string, string>, name: string, value: Json | undefined, at: string): void {
  checkName(name, at);
  if (value === undefined || value === null || value === "") return;
  if (typeof value === "object") throw bad(`"${at}" is not text.`, "send text.", at);
  context[name] = String(value).slice(0, 2_000);
}

function checkName(name: string, at: string): void {
  const issue = propertyName.safeParse(name).error?.issues[0];
  if (issue !== undefined)
    throw bad(`"${name.slice(0, 100)}" ${issue.message}.`, "rename the field.", at.slice(0, 200));
}

function emailOf(value: Json | undefined, at: string): string {
  if (typeof value !== "string" || value.trim() === "")
    throw bad("The e-mail address is missing.", "fill in one address like ada@example.com.", at);
  const address = parseEmailAddress(value);
  if (address === undefined)
    throw bad("The e-mail address is not one valid address.", "enter exactly one, like ada@example.com.", at);
  return address;
}

function idOf(key: Json | undefined): string | undefined {
  if (key === undefined || key === null || key === "") return undefined;
  if (typeof key === "string" && key.length <= LONGEST_KEY) return key;
  throw bad("The Idempotency-Key is not a text of at most 200 characters.", "send a UUID.", "submission_id");
}

function asObject(value: unknown, at: string): Values {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Values;
  const saw = Array.isArray(value) ? "a list" : value === null ? "null" : typeof value;
  throw bad(`The ${at} is ${saw}, not an object.`, 'send the fields as an object: {"email": "ada@example.com"}.', at);
}

function bad(saw: string, next: string, field: string): Problem {
  return new Problem("invalid_request", { saw: `${saw} Nothing was recorded.`, next, field });
}
