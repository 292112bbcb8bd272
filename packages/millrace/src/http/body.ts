/**
 * From raw bytes to a value that may be trusted to be plain data: UTF-8, well-formed JSON or form fields, no key
 * that could reach an object's prototype, no text a database cannot hold, no depth or number that breaks others.
 */
import type { Json } from "../events/event.ts";
import { asWritten, doubledKey, inexactNumber, withAllSaid } from "./exact-json.ts";
import { Problem } from "./problem.ts";

export type MediaType =
  | "application/json"
  | "application/x-www-form-urlencoded"
  | "application/cloudevents+json"
  | "application/cloudevents-batch+json"
  | "multipart/form-data"
  | "text/plain"
  | "message/rfc822";

const DEEPEST = 64;
const MAX_FIELDS = 300;
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The parts of a Content-Type header in lower case: "" and undefined where there is none. */
export function contentTypeOf(header: string | undefined): { readonly type: string; readonly charset?: string } {
  const [type = "", ...parameters] = (header ?? "").toLowerCase().split(";");
  const charset = parameters
    .map((parameter) => /^\s*charset\s*=\s*"?([^"\s]*)"?\s*$/.exec(parameter)?.[1])
    .find((found) => found !== undefined);
  return { type: type.trim(), ...(charset === undefined ? {} : { charset }) };
}

/** The media type of a Content-Type header, or undefined when its charset is not UTF-8. */
export function mediaTypeOf(header: string | undefined): string | undefined {
  const { type, charset } = contentTypeOf(header);
  return charset === undefined || charset === "utf-8" || charset === "utf8" || charset === "us-ascii"
    ? type
    : undefined;
}

/** @throws Problem invalid_request, naming the place. */
export function parseJson(raw: Buffer): Json {
  const text = decode(raw);
  const value = parsedJson(text);
  const keys = check(value, "", 0, true);
  const doubled = doubledKey(text, keys);
  if (doubled !== undefined)
    throw bad(
      `"${doubled}" stands twice in one object.`,
      "send it once: which of the two is meant cannot be known.",
      doubled,
    );
  const inexact = inexactNumber(text);
  if (inexact !== undefined)
    throw bad(`The number ${inexact} cannot be kept to the digit.`, "send it as a text, in quotes.");
  return value as Json;
}

function parsedJson(text: string): unknown {
  if (text.trim() === "") throw bad("The body is empty.", "send JSON.");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw bad(`The body is not JSON: ${syntaxTrouble(error)}.`, "correct it at that place.");
  }
}

/** Fields of an HTML form. A name given several times becomes one text joined by ";", as HubSpot keeps checkboxes. */
export function parseForm(raw: Buffer): Readonly<Record<string, string>> {
  const pairs = decode(raw)
    .split("&")
    .filter((pair) => pair !== "");
  if (pairs.length > MAX_FIELDS) throw bad(`The form has ${pairs.length} fields.`, `send at most ${MAX_FIELDS}.`);
  const fields = new Map<string, string>();
  for (const pair of pairs) {
    const [name, value] = pairOf(pair);
    const earlier = fields.get(name);
    fields.set(name, earlier === undefined ? value : `${earlier};${value}`);
  }
  // fromEntries defines own properties, so even "__proto__" is only a name here, and is refused as one.
  return checkedJson(Object.fromEntries(fields)) as Record<string, string>;
}

/** @throws Problem invalid_request for what JSON allows but nothing behind the door can take. */
export function checkedJson(value: unknown): Json {
  check(value, "", 0, true);
  return value as Json;
}

/**
 * As `parseJson`, of text that is taken as far as it can be: characters a database cannot hold are left for the caller to take
 * out, a number that cannot be kept to the digit comes as it is written, as a text, and what stands under one name several times
 * as a list. @throws Problem.
 */
export function parseJsonText(text: string): Json {
  const parsed = parsedJson(text);
  const keys = check(parsed, "", 0, false);
  const isDoubled = doubledKey(text, keys) !== undefined;
  if (!isDoubled) return (inexactNumber(text) === undefined ? parsed : JSON.parse(text, asWritten)) as Json;
  const value = withAllSaid(text, DEEPEST);
  if (value === undefined) throw bad(`The body is nested deeper than ${DEEPEST} levels.`, "send it flatter.");
  check(value, "", 0, false);
  return value as Json;
}

/** @returns how many keys all objects in it have. */
function check(value: unknown, at: string, depth: number, isStrict: boolean): number {
  let keys = 0;
  if (typeof value === "string") {
    if (isStrict) checkText(value, at);
  } else if (typeof value === "number") {
    if (!Number.isFinite(value)) throw bad("A number is too large.", "send a smaller one.", at);
  } else if (typeof value === "object" && value !== null) {
    if (depth === DEEPEST) throw bad(`The body is nested deeper than ${DEEPEST} levels.`, "send it flatter.", at);
    for (const [key, inner] of Object.entries(value)) {
      const place = at === "" ? key : `${at}.${key}`;
      if (FORBIDDEN_KEYS.has(key)) throw bad(`"${key}" is a reserved name.`, "call the field something else.", place);
      if (isStrict) checkText(key, at);
      keys += (Array.isArray(value) ? 0 : 1) + check(inner, place, depth + 1, isStrict);
    }
  }
  return keys;
}

function checkText(text: string, at: string): void {
  if (text.includes("\u0000")) throw bad("A text holds a NUL character.", "take it out.", at);
  if (!text.isWellFormed()) throw bad("A text holds half of a surrogate pair.", "send whole characters.", at);
}

function decode(raw: Buffer): string {
  try {
    return decoder.decode(raw);
  } catch {
    throw bad("The body is not valid UTF-8.", "encode it as UTF-8.");
  }
}

function pairOf(pair: string): [string, string] {
  const at = pair.indexOf("=");
  const parts = at === -1 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
  const [name = "", value = ""] = parts.map((part) => {
    try {
      return decodeURIComponent(part.replaceAll("+", " "));
    } catch {
      throw bad("A form field is not percent-encoded UTF-8.", "encode it anew.", parts[0]?.slice(0, 100));
    }
  });
  return [name, value];
}

/** V8 quotes the whole text for short bodies; only what and where is wanted. */
function syntaxTrouble(error: unknown): string {
  const message = error instanceof Error ? error.message : "";
  const place = /at position (\d+)/.exec(message)?.[1];
  if (place !== undefined) return `unexpected character at position ${place}`;
  return /end of JSON/i.test(message) ? "it ends too early" : "unexpected character";
}

function bad(saw: string, next: string, field = "body"): Problem {
  return new Problem("invalid_request", {
    saw: `${saw} Nothing was recorded.`,
    next,
    field: field === "" ? "body" : field.slice(0, 200),
  });
}
