/**
 * Messages of one part of unencoded text, the commonest there are, taken apart without a parser: the parser is then given the headers
 * alone. It spends most of its time on putting such a body together line by line. Anything else, and anything odd, is left to it whole.
 */

export interface SinglePart {
  /** The headers and the empty line. */
  readonly head: Uint8Array;
  readonly kind: "plain" | "html";
  /** Folded with `format=flowed`, and still so in `text`. */
  readonly isFlowed: boolean;
  /** Lines end in "\n". */
  readonly text: string;
}

const MAX_HEAD = 64 * 1024;
/** Those whose decoding is the platform's own. */
const CHARSETS = /^(utf-?8|us-ascii|ascii|iso-8859-1|windows-1252)$/;

/** @returns undefined for any message but one of a single part of text, not encoded for transfer, in a common charset. */
export function singlePart(raw: Uint8Array): SinglePart | undefined {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const end = endOfHead(bytes);
  if (end === undefined) return undefined;
  const lines = bytes
    .toString("latin1", 0, end)
    .replace(/\r?\n[ \t]+/g, " ")
    .toLowerCase()
    .split(/\r?\n/);
  const [type, ...moreTypes] = valuesOf(lines, "content-type:");
  const [encoding = "8bit", ...moreEncodings] = valuesOf(lines, "content-transfer-encoding:");
  if (type === undefined || moreTypes.length + moreEncodings.length > 0) return undefined;
  if (!/^(7bit|8bit|binary)$/.test(encoding) || valuesOf(lines, "content-disposition:").length > 0) return undefined;
  const found = /^text\/(plain|html)\s*(;|$)/.exec(type);
  const charset = /;\s*charset\s*=\s*"?([\w-]+)"?\s*(;|$)/.exec(type)?.[1] ?? (type.includes("charset") ? "" : "utf-8");
  if (found === null || /\bname\b/.test(type) || !CHARSETS.test(charset)) return undefined;
  const body = new TextDecoder(charset).decode(bytes.subarray(end));
  const text = body
    .split("\n")
    .map((line) => line.slice(0, lengthWithoutReturns(line)))
    .join("\n");
  return {
    head: bytes.subarray(0, end),
    kind: found[1] as "plain" | "html",
    isFlowed: /;\s*format\s*=\s*"?flowed/.test(type),
    // As the parser gives it: every line has its end.
    text: body === "" || body.endsWith("\n") ? text : `${text}\n`,
  };
}

/** A loop: a pattern for returns at the end tries anew at each of them. */
function lengthWithoutReturns(line: string): number {
  let length = line.length;
  while (line.charCodeAt(length - 1) === 13) length -= 1;
  return length;
}

/** Where the empty line below the headers ends. */
function endOfHead(bytes: Buffer): number | undefined {
  const beginning = bytes.subarray(0, MAX_HEAD);
  const at = beginning.indexOf("\n\r\n");
  const bare = beginning.indexOf("\n\n");
  if (at === -1 && bare === -1) return undefined;
  return at !== -1 && (bare === -1 || at < bare) ? at + 3 : bare + 2;
}

function valuesOf(lines: readonly string[], name: string): readonly string[] {
  return lines.filter((line) => line.startsWith(name)).map((line) => line.slice(name.length).trim());
}
