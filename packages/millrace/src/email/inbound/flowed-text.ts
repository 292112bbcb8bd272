/**
 * Text that a mail program folded with `format=flowed`, put together again by quote depth, so that an answer never joins
 * the quoted line above it. postal-mime 4 joins across depths, so it is kept from unfolding at all (`asFixed`).
 * Source: RFC 3676, sections 4.2, 4.4 and 4.5.
 */

const MARKS = ["format=flowed", 'format="flowed"', "format=Flowed", "Format=Flowed", "FORMAT=FLOWED", "Format=flowed"];
const MAX_MARKS = 50;

export interface Fixed {
  readonly raw: Uint8Array;
  /** Some part of the message is flowed. */
  readonly isFlowed: boolean;
}

/** The same message, of the same length, whose parts claim another format than flowed. */
export function asFixed(raw: Uint8Array): Fixed {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const found = MARKS.flatMap((mark) => positionsOf(bytes, mark));
  if (found.length === 0) return { raw, isFlowed: false };
  const copy = Buffer.from(bytes);
  for (const at of found) copy.write("fixed_", at, "latin1");
  return { raw: copy, isFlowed: true };
}

/** Where the word after "format=" begins, for each time the mark stands there. */
function positionsOf(bytes: Buffer, mark: string): readonly number[] {
  const positions: number[] = [];
  let at = bytes.indexOf(mark, 0, "latin1");
  while (at !== -1 && positions.length < MAX_MARKS) {
    positions.push(at + mark.toLowerCase().indexOf("flowed"));
    at = bytes.indexOf(mark, at + mark.length, "latin1");
  }
  return positions;
}

/** Joins lines that end in a space to the next line of the same quote depth. */
export function unflowed(text: string): string {
  const joined: string[] = [];
  let open: { readonly depth: number } | undefined;
  for (const raw of text.split(/\r?\n/)) {
    const marks = /^>*/.exec(raw)?.[0].length ?? 0;
    const content = raw.slice(marks).replace(/^ (?=\S)/, "");
    const isSignature = content === "-- ";
    if (open?.depth === marks && !isSignature) joined[joined.length - 1] += content;
    else joined.push(marks === 0 ? content : `${">".repeat(marks)} ${content}`);
    open = content.endsWith(" ") && !isSignature && content.trim() !== "" ? { depth: marks } : undefined;
  }
  return joined.join("\n");
}
