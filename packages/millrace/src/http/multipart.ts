/**
 * A multipart form (RFC 7578) as bytes. The platform's own reader decodes every text field as UTF-8, and with it breaks a
 * message in another charset; mail systems post messages as text fields. Read by form-data.ts.
 */

/** One part of a form. */
export interface FormPart {
  readonly name: string;
  /** Set for a file. */
  readonly fileName?: string;
  /** The part's media type with its parameters; "text/plain" when it says none. */
  readonly type: string;
  readonly bytes: Buffer;
}

const MAX_PARTS = 1_000;
const MAX_PART_HEADERS = 16_384;
const END_OF_HEADERS = Buffer.from("\r\n\r\n");

/**
 * @param contentType the request's Content-Type, with the boundary.
 * @returns the parts in their order; undefined when it is no well-formed form, has no last boundary, or more than 1,000 parts.
 */
export function partsOf(raw: Buffer, contentType: string): readonly FormPart[] | undefined {
  const boundary = boundaryOf(contentType);
  if (boundary === undefined) return undefined;
  const delimiter = Buffer.from(`\r\n--${boundary}`, "latin1");
  // The first boundary may stand at the very beginning, without a line end before it.
  const body = Buffer.concat([Buffer.from("\r\n"), raw]);
  const parts: FormPart[] = [];
  let at = nextBoundary(body, delimiter, 0);
  while (at !== -1 && parts.length <= MAX_PARTS) {
    const start = at + delimiter.length;
    if (body.toString("latin1", start, start + 2) === "--") return parts;
    const next = nextBoundary(body, delimiter, start);
    const part = next === -1 ? undefined : partOf(body.subarray(start, next));
    if (part === undefined) return undefined;
    parts.push(part);
    at = next;
  }
  return undefined;
}

/** A boundary line ends after the boundary: inside a part a longer one, of the message's own, may begin with the same characters. */
function nextBoundary(body: Buffer, delimiter: Buffer, from: number): number {
  for (let at = body.indexOf(delimiter, from); at !== -1; at = body.indexOf(delimiter, at + 1)) {
    const after = body.toString("latin1", at + delimiter.length, at + delimiter.length + 2);
    if (after === "--" || /^[\r\t ]/.test(after)) return at;
  }
  return -1;
}

function boundaryOf(contentType: string): string | undefined {
  const found = /;\s*boundary=(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))/i.exec(contentType);
  return found?.[1] ?? found?.[2];
}

/** @param bytes from the end of one boundary to the beginning of the next. */
function partOf(bytes: Buffer): FormPart | undefined {
  const end = bytes.indexOf(END_OF_HEADERS);
  if (end === -1 || end > MAX_PART_HEADERS) return undefined;
  const headers = headersOf(bytes.toString("utf8", 0, end));
  const disposition = headers.get("content-disposition") ?? "";
  const name = parameterOf(disposition, "name");
  if (name === undefined) return undefined;
  const fileName = parameterOf(disposition, "filename");
  return {
    name,
    ...(fileName === undefined ? {} : { fileName }),
    type: headers.get("content-type") ?? "text/plain",
    bytes: bytes.subarray(end + END_OF_HEADERS.length),
  };
}

function headersOf(text: string): ReadonlyMap<string, string> {
  const lines = text.split("\r\n").filter((line) => line.includes(":"));
  return new Map(
    lines.map((line) => [
      line.slice(0, line.indexOf(":")).trim().toLowerCase(),
      line.slice(line.indexOf(":") + 1).trim(),
    ]),
  );
}

function parameterOf(disposition: string, parameter: string): string | undefined {
  const found = new RegExp(`;\\s*${parameter}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;]+))`, "i").exec(disposition);
  return found?.[1] ?? found?.[2];
}
