/**
 * A form however a page sends it: JSON, the two encodings of HTML forms, or a beacon's text, in whatever charset. Read so
 * that one odd byte loses no lead. Read by routes/forms.ts and the doors mail systems post to.
 */
import { contentTypeOf, parseJsonText } from "./body.ts";
import { partsOf } from "./multipart.ts";
import { Problem } from "./problem.ts";

const MAX_FIELDS = 1_000;
/** What HTML calls the field in which a browser names the charset it used. */
const CHARSET_FIELD = "_charset_";

/** @throws Problem invalid_request when it is no form at all. */
export async function readForm(raw: Buffer, contentType: string | undefined): Promise<unknown> {
  const { type, charset } = contentTypeOf(contentType);
  if (type === "multipart/form-data") return fieldsOf(multipartPairs(raw, contentType ?? ""));
  const text = decoded(raw, charset);
  // A sender that forgot to say that it sends JSON: no form begins and ends like this.
  const isObject = /^\s*\{.*\}\s*$/s.test(text);
  if (type === "application/x-www-form-urlencoded" && !isObject) return fieldsOf(urlencodedPairs(raw, charset));
  if (type === "application/json" || /^\s*[[{]/.test(text) || !text.includes("=")) return parseJsonText(text);
  const lines = plainPairs(text);
  if (lines !== undefined) return fieldsOf(lines);
  return fieldsOf(urlencodedPairs(raw, charset));
}

type Pair = readonly [name: string, value: unknown];

/** A name given several times becomes a list. */
function fieldsOf(pairs: readonly Pair[]): Readonly<Record<string, unknown>> {
  if (pairs.length > MAX_FIELDS) {
    throw bad(`The form has ${pairs.length} fields.`, `send at most ${MAX_FIELDS}.`);
  }
  const fields = new Map<string, unknown[]>();
  for (const [name, value] of pairs) {
    const values = fields.get(name);
    if (values === undefined) fields.set(name, [value]);
    else values.push(value);
  }
  const forbidden = ["__proto__", "constructor", "prototype"].find((name) => fields.has(name));
  if (forbidden !== undefined)
    throw bad(`"${forbidden}" is a reserved name.`, "call the field another name.", forbidden);
  return Object.fromEntries([...fields].map(([name, values]) => [name, values.length === 1 ? values[0] : values]));
}

/**
 * A form sent as plain text (HTML's third encoding): a field a line and nothing escaped. A value with line breaks of its own cannot
 * be set apart from the next field by more than this: what begins with no name and "=" goes on with the value.
 * @returns undefined for one line, or none that ends as HTML ends them: that is a beacon's text, urlencoded.
 */
function plainPairs(text: string): Pair[] | undefined {
  const isLines = /\r\n./s.test(text) || (text.endsWith("\r\n") && !text.includes("&"));
  if (!isLines) return undefined;
  const pairs: [string, string][] = [];
  for (const line of text.replace(/\r\n$/, "").split("\r\n")) {
    const [, name, value = ""] = /^([^=\s][^=]{0,199})=(.*)$/s.exec(line) ?? [];
    const last = pairs.at(-1);
    if (name !== undefined) pairs.push([name, value]);
    else if (last !== undefined) last[1] += `\n${line}`;
  }
  return pairs;
}

function urlencodedPairs(raw: Buffer, charset: string | undefined): Pair[] {
  const pairs = raw
    .toString("latin1")
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const at = pair.indexOf("=");
      return at === -1
        ? [unescaped(pair), unescaped("")]
        : [unescaped(pair.slice(0, at)), unescaped(withPlus(pair.slice(at + 1)))];
    });
  const named = pairs.find(([name]) => name?.toString("latin1") === CHARSET_FIELD)?.[1]?.toString("latin1");
  return pairs
    .map(([name = EMPTY, value = EMPTY]): Pair => [decoded(name, named || charset), decoded(value, named || charset)])
    .filter(([name]) => name !== CHARSET_FIELD);
}

/** An address with its "@" as it is was put there by a sender that escapes nothing, so its "+" is no blank either: ada+fair@acme.com. */
function withPlus(value: string): string {
  return /^[^\s@%]+\+[^\s@%]*@[^\s@%+]+$/.test(value) ? value.replaceAll("+", "%2B") : value;
}

const EMPTY = Buffer.alloc(0);

/** The bytes behind "%2B" and "+"; what is no escape stays as it is. */
function unescaped(text: string): Buffer {
  const bytes = text
    .replaceAll("+", " ")
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1");
}

/** The platform's own reader takes the boundary's text in the middle of a value for the end of the part, and decodes every field as UTF-8. */
function multipartPairs(raw: Buffer, contentType: string): Pair[] {
  const parts = partsOf(raw, contentType);
  if (parts === undefined) {
    throw bad("The body is not a well-formed multipart form.", "send it again with its boundary in Content-Type.");
  }
  const named = parts.find(({ name }) => name === CHARSET_FIELD)?.bytes.toString("latin1");
  // A file is noted, not kept: what it holds is for a mail to a person.
  return parts
    .filter(({ name }) => name !== CHARSET_FIELD)
    .map(({ name, fileName, type, bytes }) => [
      name,
      fileName === undefined
        ? decoded(bytes, named ?? contentTypeOf(type).charset)
        : { file: fileName, type, bytes: bytes.length },
    ]);
}

/**
 * In the charset that was declared; by its byte order mark; as UTF-8; and what is none of it as Windows-1252, which every
 * byte has a character in and old pages send.
 */
function decoded(bytes: Buffer, charset: string | undefined): string {
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : undefined;
  for (const label of [marked ?? charset ?? "utf-8", "utf-8"]) {
    try {
      return new TextDecoder(label, { fatal: true }).decode(bytes);
    } catch {
      // Not a charset there is, or not text in it.
    }
  }
  return new TextDecoder("windows-1252").decode(bytes);
}

function bad(saw: string, next: string, field = "body"): Problem {
  return new Problem("invalid_request", { saw: `${saw} Nothing was recorded.`, next, field });
}
