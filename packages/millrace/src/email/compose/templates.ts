/**
 * Texts to contacts and to sales, from Liquid templates. Templates are the owner's and trusted; the values put into
 * them are strangers' and are data: Liquid in a value is not evaluated, a value takes one line and 500 characters at
 * most, and a subject never holds a line break.
 */
import { Liquid } from "liquidjs";
import { didYouMean, MillraceError, messageOf } from "../../base/errors.ts";
import type { Contact } from "../../contacts/contact.ts";
import type { Json } from "../../events/event.ts";
import { defaultTemplates } from "./default-templates.ts";
import { parseQuickly, type QuickFilter, type Render } from "./quick-output.ts";

/** A template's source, or what became of it. */
export interface TemplateText {
  /** Of an alert: its title. */
  readonly subject: string;
  readonly text: string;
}

interface Parsed {
  readonly subject: Render;
  readonly text: Render;
}

/** Values beside the contact's own, by the name the template uses. */
export type TemplateValues = Readonly<Record<string, Json | undefined>>;

const MAX_SUBJECT_LENGTH = 200;
const MAX_TEXT_LENGTH = 20_000;
const MAX_VALUE_LENGTH = 500;
const MAX_NAME_LENGTH = 60;

/** Line breaks and other controls, and the marks that turn the direction of writing around. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go.
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above, but a text may have line breaks.
const UNPRINTABLE_IN_TEXT = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g;
/** What no person's name holds: digits, links, addresses, a dot inside a word ("evil.com"). "Jr." is fine. */
const NO_PERSON = /[\d/:@<>{}]|\.\S/;
/** What no company's or title's name holds. "booking.com" and "AC/DC" are names. */
const NO_NAME = /[<>{}@]|:\/\/|www\.|\.[a-z]{2,}\//i;

/** The templates of an engine, each parsed once. */
export class Templates {
  readonly #liquid = liquid();
  readonly #parsed = new Map<string, Parsed>();

  /**
   * @param overrides templates of one's own, by name; one named as a built-in one replaces it.
   * @throws MillraceError invalid_config when one is not valid Liquid.
   */
  constructor(overrides: Readonly<Record<string, TemplateText>> = {}) {
    for (const [name, source] of Object.entries({ ...defaultTemplates, ...overrides })) {
      this.#parsed.set(name, {
        subject: this.#parse(name, "subject", source.subject),
        text: this.#parse(name, "text", source.text),
      });
    }
  }

  has(name: string): boolean {
    return this.#parsed.has(name);
  }

  names(): readonly string[] {
    return [...this.#parsed.keys()];
  }

  /**
   * The text for a contact; `{{ contact.firstname }}` and the like come from its properties, other names from `values`.
   * @throws MillraceError not_found, with the nearest name, when there is no such template.
   */
  render(name: string, contact: Contact | undefined, values: TemplateValues = {}): TemplateText {
    const parsed = this.#parsed.get(name);
    if (parsed === undefined) throw this.unknown(name);
    const scope = { ...values, contact: contact?.properties ?? {} };
    return {
      subject: asSubject(parsed.subject(scope)),
      text: asText(parsed.text(scope)),
    };
  }

  /** The error for a name no template has. */
  unknown(name: string): MillraceError {
    return new MillraceError("not_found", {
      saw: `Unknown template "${name.slice(0, 100)}".${didYouMean(name.slice(0, 100), this.#parsed.keys())}`,
      next: "use one of the built-in templates, or add yours under `templates` in millrace.config.ts.",
      field: "template",
    });
  }

  #parse(name: string, part: keyof TemplateText, source: string): Render {
    try {
      return parseQuickly(this.#liquid, source, { filters: QUICK_FILTERS, outputEscape: asValue });
    } catch (error) {
      throw new MillraceError("invalid_config", {
        saw: `The ${part} of template "${name}" is not valid Liquid: ${messageOf(error)}.`,
        next: `correct templates.${name}.${part} in millrace.config.ts.`,
        field: `templates.${name}.${part}`,
        cause: error,
      });
    }
  }
}

/** One line fit for a mail header and the log, at most 200 characters. */
export function asSubject(text: string): string {
  return cut(text.replace(UNPRINTABLE, " ").replace(/ {2,}/g, " ").trim(), MAX_SUBJECT_LENGTH);
}

/** A body fit for a mail: line breaks are kept, other controls are not; at most 20,000 characters. */
export function asText(text: string): string {
  return cut(text.replaceAll("\r\n", "\n").replace(UNPRINTABLE_IN_TEXT, " ").trim(), MAX_TEXT_LENGTH);
}

function asPerson(value: unknown, otherwise = ""): string {
  return asSpoken(nameOr(otherwise, value, NO_PERSON));
}

/** "ADA" is Ada and "JEAN-LUC" Jean-Luc; "AJ" may be initials, and what has a lower-case character is written as it is meant. */
function asSpoken(name: string): string {
  if (name.length < 3 || name !== name.toUpperCase() || name === name.toLowerCase()) return name;
  return name.replace(/\p{L}+/gu, (word) => (word.length < 3 ? word : word.slice(0, 1) + word.slice(1).toLowerCase()));
}

function asName(value: unknown, otherwise = ""): string {
  return nameOr(otherwise, value, NO_NAME);
}

/** Liquid's own `default`, for values that are no lists. */
function orDefault(value: unknown, otherwise: string | undefined): unknown {
  return value === undefined || value === null || value === false || value === "" ? otherwise : value;
}

const QUICK_FILTERS: Readonly<Record<string, QuickFilter>> = { person: asPerson, name: asName, default: orDefault };

function liquid(): Liquid {
  const engine = new Liquid({
    strictFilters: true,
    ownPropertyOnly: true,
    outputEscape: asValue,
    // No files: what a template includes would have to be named here.
    templates: {},
  });
  engine.registerFilter("person", asPerson);
  engine.registerFilter("name", asName);
  return engine;
}

function asValue(value: unknown): string {
  if (value === undefined || value === null) return "";
  return cut(String(value).replace(UNPRINTABLE, " "), MAX_VALUE_LENGTH);
}

function nameOr(otherwise: string, value: unknown, isNone: RegExp): string {
  if (typeof value !== "string" || value.length > MAX_NAME_LENGTH || isNone.test(value)) return otherwise;
  return value.trim() || otherwise;
}

function cut(text: string, most: number): string {
  return text.length <= most ? text.toWellFormed() : `${text.slice(0, most - 1).toWellFormed()}…`;
}
