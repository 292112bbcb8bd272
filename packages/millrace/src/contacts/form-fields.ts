/**
 * What a form says of its sender, sorted: fields a form may set, where the visitor came from, and everything else, which
 * is kept beside the submission and changes no contact. Pure. Called by every source of forms: the gateway's and HubSpot's.
 *
 * Anyone can send a form under anyone's address, so it may say what a visitor can know of themselves, and never what
 * the company thinks of them (score, owner, stage) nor whether someone else may be written to.
 */
import { parseEmailAddress } from "../base/email-address.ts";
import { type PropertyValue, propertyName } from "../events/define-event.ts";
import type { Json } from "../events/event.ts";
import { FIELD_OF_SPELLING } from "./form-spellings.ts";
import { wholeNumber } from "./whole-number.ts";

export type RawFields = Readonly<Record<string, Json | undefined>>;

/** What one form may set beside what every form may. */
export interface FormRules {
  /** Names of properties that are otherwise kept out of the hands of a stranger. */
  readonly fields?: readonly string[];
  /** Names of its boxes by which a visitor agrees to something. Only a yes is taken. */
  readonly consent?: readonly string[];
}

export interface SortedForm {
  /** Contact properties, at most 200; `email` is missing when there is not exactly one address. */
  readonly fields: Readonly<Record<string, PropertyValue>>;
  readonly context: Readonly<Record<string, string>>;
  /** What was not understood or is not for a form to set, under the names it was sent with. */
  readonly extra: Readonly<Record<string, Json>>;
  /** The name the e-mail address was sent under. */
  readonly emailName: string;
}

/** A field people never see and scripts fill in. */
export const HONEYPOT_FIELD = "hp_website";

/** Was the form filled in by a script? */
export function isTrapFilled(fields: Readonly<Record<string, PropertyValue>>): boolean {
  const trap = fields[HONEYPOT_FIELD];
  return typeof trap === "string" && trap !== "";
}

const CONTEXT_PREFIX = "context_";
const CAMPAIGN = /^(utm[_-][a-z_-]{1,20}|gclid|fbclid|msclkid)$/i;
/** A contact takes 200; the address and both halves of a name always fit. */
const MAX_FIELDS = 197;
const MAX_VALUE = 10_000;
const MAX_CONTEXT = 2_000;
const MAX_NAME = 200;
const YES: ReadonlySet<string> = new Set(["true", "on", "yes", "y", "1", "checked", "ja", "oui", "si", "sí", "sim"]);

/** What name fields in two parts call them. */
const HALVES: Readonly<Record<string, string>> = { first: "firstname", last: "lastname" };

/** Judgements of the company, records of HubSpot and permissions, by any of their usual names. */
const NOT_FOR_FORMS =
  /^(hs_|hubspot|millrace_|lead_|lead(score|status|band)|lifecycle|createdate|lastmodified|associated)|(^|_)(score|band|tier|segment|grade|customer|vip)$|owner|assigned_to|consent|gdpr|legal_?basis|opt_?(in|out)|subscri|do_?not_|suppress|blacklist|blocklist|quarantin|bounced/;

/** @param context what the sender has said of the visit under a name of its own. */
export function sortForm(raw: RawFields, context: RawFields = {}, rules: FormRules = {}): SortedForm {
  const sorted = new FormSorter(rules);
  // The property's own name wins over other spellings of it, wherever it stands.
  const entries = Object.entries(raw).map(([sent, value]) => {
    const name = sent.trim();
    return { name, value, field: fieldOf(name) };
  });
  for (const { name, value, field } of entries) if (field === name) sorted.add(name, value, field);
  for (const { name, value, field } of entries) if (field !== name) sorted.add(name, value, field);
  for (const [name, value] of Object.entries(context)) sorted.addContext(name, value, name);
  return sorted.result();
}

/** Sorts one form, name by name. */
class FormSorter {
  readonly #allowed: ReadonlySet<string>;
  readonly #consent: ReadonlySet<string>;
  readonly #fields: Record<string, PropertyValue> = {};
  readonly #context: Record<string, string> = {};
  readonly #extra: [string, Json][] = [];
  #count = 0;
  #emailName = "email";
  #fullName: string | undefined;

  constructor({ fields = [], consent = [] }: FormRules) {
    this.#allowed = new Set(fields);
    this.#consent = new Set(consent);
  }

  /** @param field our name for it. */
  add(name: string, sent: Json | undefined, field: string | undefined): void {
    const value = saidIn(sent);
    if (value === undefined) return;
    if (name.startsWith(CONTEXT_PREFIX)) this.addContext(name.slice(CONTEXT_PREFIX.length), value, name);
    else if (CAMPAIGN.test(name)) this.addContext(name, value, name);
    else if (field === "name" && this.#addHalves(value)) return;
    else this.#addField(field, name, value);
  }

  /** A name as `{ "first": "Ada", "last": "Byron" }`. @returns false when it is something else. */
  #addHalves(value: Json): boolean {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    const halves = Object.entries(value).map(
      ([part, one]) => [HALVES[part.toLowerCase()] ?? fieldOf(part), one] as const,
    );
    const isName = halves.every(
      ([half, one]) => (half === "firstname" || half === "lastname") && typeof one === "string",
    );
    if (isName) for (const [half = "", one] of halves) this.add(half, one, half);
    return isName;
  }

  addContext(name: string, sent: Json | undefined, rawName: string): void {
    const value = saidIn(sent);
    if (value === undefined) return;
    const known = snakeCase(name);
    if (known === undefined || typeof value === "object") this.#keep(rawName, value);
    else this.#context[known] ??= cleanText(String(value)).slice(0, MAX_CONTEXT);
  }

  result(): SortedForm {
    if (this.#fullName !== undefined) this.#splitName(this.#fullName);
    return {
      fields: this.#fields,
      context: this.#context,
      extra: Object.fromEntries(this.#extra),
      emailName: this.#emailName,
    };
  }

  #addField(name: string | undefined, rawName: string, value: Json): void {
    const scalar = scalarOf(value);
    if (name === undefined || scalar === undefined) this.#keep(rawName, value);
    else if (this.#consent.has(name)) this.#addConsent(name, rawName, scalar);
    else if (NOT_FOR_FORMS.test(name) && !this.#allowed.has(name)) this.#keep(rawName, value);
    else if (name === "email") this.#addEmail(rawName, value);
    else if (name === "name") this.#fullName = String(scalar);
    else if (name === "numberofemployees") this.#set(name, rawName, wholeNumber(String(scalar)) ?? scalar, value);
    else this.#set(name, rawName, scalar, value);
  }

  #set(name: string, rawName: string, scalar: PropertyValue, value: Json): void {
    const isTaken = !(name in this.#fields) && this.#count < MAX_FIELDS;
    if (isTaken) {
      this.#count += 1;
      this.#fields[name] = typeof scalar === "string" ? scalar.slice(0, MAX_VALUE).toWellFormed() : scalar;
    }
    // The whole of a long text, a second value, one field too many.
    if (this.#fields[name] !== scalar) this.#keep(rawName, value);
  }

  #addEmail(rawName: string, value: Json): void {
    // A page with two such fields sends a list: the first that is an address counts, the rest is kept.
    const address = (Array.isArray(value) ? value : [value])
      .map((one) => (typeof one === "string" ? addressIn(cleanText(one)) : undefined))
      .find((one) => one !== undefined);
    if ("email" in this.#fields) {
      if (this.#fields.email !== address) this.#keep(rawName, value);
      return;
    }
    if (address !== undefined) this.#fields.email = address;
    if (address === undefined || typeof value !== "string" || address !== value.toLowerCase().trim())
      this.#keep(rawName, value);
    this.#emailName = rawName;
  }

  /** No is no wish to take back what was agreed elsewhere: whose form it is, is only a claim. */
  #addConsent(name: string, rawName: string, scalar: PropertyValue): void {
    if (YES.has(String(scalar).trim().toLowerCase())) this.#fields[name] = true;
    else this.#keep(rawName, scalar);
  }

  #keep(name: string, value: Json): void {
    this.#extra.push([cleanText(name).slice(0, MAX_NAME).toWellFormed(), cleanJson(value)]);
  }

  /** "Ada Byron" and "Byron, Ada"; a field of its own for either part wins. */
  #splitName(text: string): void {
    const { firstname, lastname } = besideOther(text, this.#fields) ?? splitName(text);
    if (firstname !== "" && !("firstname" in this.#fields)) this.#fields.firstname = firstname;
    if (lastname !== "" && !("lastname" in this.#fields)) this.#fields.lastname = lastname;
  }
}

/** "Vorname" and "Name", "prénom" and "nom": beside one half a name is the other, with or without that half in it. */
function besideOther(
  text: string,
  { firstname, lastname }: Readonly<Record<string, PropertyValue>>,
): { readonly firstname: string; readonly lastname: string } | undefined {
  if ((firstname === undefined) === (lastname === undefined)) return undefined;
  const known = String(firstname ?? lastname);
  const words = text.trim().replace(/\s+/g, " ").slice(0, MAX_VALUE);
  if (words.includes(",")) return undefined;
  if (firstname === undefined) {
    return { firstname: words.endsWith(` ${known}`) ? words.slice(0, -known.length - 1) : words, lastname: "" };
  }
  return { firstname: "", lastname: words.startsWith(`${known} `) ? words.slice(known.length + 1) : words };
}

/** "Ada Byron" and "Byron, Ada"; "" for a half that is not there. */
export function splitName(text: string): { readonly firstname: string; readonly lastname: string } {
  const name = text.trim().replace(/\s+/g, " ").slice(0, MAX_VALUE);
  const [, family, given] = /^([^,]+), ?([^,]+)$/.exec(name) ?? [];
  const at = name.indexOf(" ");
  return {
    firstname: given ?? (at === -1 ? name : name.slice(0, at)),
    lastname: family ?? (at === -1 ? "" : name.slice(at + 1)),
  };
}

/**
 * The one address in a field as people fill it in: blanks of any kind around it, "mailto:", "Ada <ada@acme.com>", a dot
 * or comma at the end, full-width letters. Undefined for none and for several.
 */
export function addressIn(text: string): string | undefined {
  const plain = text
    .normalize("NFKC")
    .replace(/^[\s\p{Cf}\p{Cc}]+|[\s\p{Cf}\p{Cc}]+$/gu, "")
    .replace(/^mailto:/i, "")
    .replace(/\?subject=.*$/i, "");
  const inBrackets = /^[^<>@]*<([^<>]+)>$/.exec(plain)?.[1];
  return parseEmailAddress((inBrackets ?? plain).trim().replace(/[.,;]+$/, ""));
}

/** A property by one of its usual names, in lower case and without blanks and signs. */
export function propertyOfSpelling(spelling: string): string | undefined {
  return FIELD_OF_SPELLING.get(spelling);
}

/** Our name for a field, undefined when there is none: as it is, by a usual spelling, or in snake case. */
export function fieldOf(name: string): string | undefined {
  // "form_fields[email]", "data[contact][email]": builders name the form around it.
  const inner = /^[\w-]{1,60}(?:\[[\w-]{1,60}\])*\[([^[\]]{1,60})\]$/.exec(name)?.[1];
  if (inner !== undefined) return fieldOf(inner);
  // "q4_email" of numbered questions, "contact.firstName" of a path: where what is left is a usual name.
  const [, bare = ""] =
    /^(?:q\d{1,4}_|(?:contact|lead|person|user|visitor|customer|form|fields|data)\.)(.+)$/i.exec(name) ?? [];
  if (bare !== "" && isUsualField(bare)) return fieldOf(bare);
  const spelling = name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  return propertyOfSpelling(spelling) ?? (isExact(name) ? name : snakeCase(name));
}

/** Is it a usual name of a usual property, e.g. "Your e-mail"? */
export function isUsualField(name: string): boolean {
  const field = fieldOf(name.trim());
  return field !== undefined && USUAL_FIELDS.has(field);
}

const USUAL_FIELDS: ReadonlySet<string> = new Set(FIELD_OF_SPELLING.values());

function isExact(name: string): boolean {
  return propertyName.safeParse(name).success;
}

function snakeCase(name: string): string | undefined {
  const snake = name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/\[\]$/, "")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  return isExact(snake) ? snake : undefined;
}

/**
 * What a field says: without the blanks people and programs leave around a text, and undefined where nothing else is there. A
 * field left empty says nothing, and a browser sends every one of them; of a list that is true of each part.
 */
function saidIn(sent: Json | undefined): Json | undefined {
  if (typeof sent === "string") return sent.trim() || undefined;
  if (!Array.isArray(sent)) return sent ?? undefined;
  const said = sent.map(saidIn).filter((one) => one !== undefined);
  return said.length === 0 && sent.length > 0 ? undefined : said;
}

/** A list becomes one text joined by ";", as HubSpot keeps checkboxes. Undefined for an object or a list with one in it. */
function scalarOf(value: Json): PropertyValue | undefined {
  if (typeof value === "string") return cleanText(value);
  if (typeof value !== "object" || value === null) return value;
  if (!Array.isArray(value) || value.length === 0) return undefined;
  if (value.some((one) => typeof one === "object" && one !== null)) return undefined;
  return value.length === 1 ? scalarOf(value[0] ?? null) : cleanText(value.map(String).join(";"));
}

/** Without what no database text can hold. */
function cleanText(text: string): string {
  return text.replaceAll("\u0000", "").toWellFormed();
}

function cleanJson(value: Json): Json {
  if (typeof value === "string") return cleanText(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(cleanJson);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [cleanText(name), cleanJson(one ?? null)]));
}
