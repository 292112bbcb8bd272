/**
 * A CSV file as programs write it: which encoding, which delimiter, then row by row, with the line each row begins on. Read as
 * a stream, so that its size does not matter. Called by import-csv.ts.
 */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { parse } from "csv-parse";
import { parse as parseNow } from "csv-parse/sync";
import { MillraceError, messageOf } from "../../base/errors.ts";

export interface CsvFormat {
  /** A label of the WHATWG encoding standard: "utf-8", "utf-16le", "windows-1252". */
  readonly encoding: string;
  /** One character. */
  readonly delimiter: string;
  /** Lines before the header: Excel's "sep=;", a title, notes. */
  readonly skip: number;
}

export interface CsvRow {
  /** The first line of a file is 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

const DELIMITERS = [",", ";", "\t", "|"] as const;
/** What is looked at to find encoding and delimiter. */
const SAMPLE = 64 * 1024;
const SAMPLE_ROWS = 20;
/** A row this long has lost the end of a quoted cell. */
const MAX_ROW_LENGTH = 1_000_000;

/** @throws MillraceError invalid_request when the file cannot be read, or its encoding is none. */
export async function formatOf(path: string, given: Partial<CsvFormat> = {}): Promise<CsvFormat> {
  const encoding = given.encoding ?? (await encodingOf(path));
  const sample = decoderOf(encoding).decode(await readStart(path), { stream: true });
  const separator = /^sep=(.)\r?\n/i.exec(sample);
  const skip = separator === null ? 0 : 1;
  const text = separator === null ? sample : sample.slice(separator[0].length);
  return { encoding, delimiter: given.delimiter ?? separator?.[1] ?? delimiterOf(text), skip };
}

/**
 * The rows in order, the header first; empty lines are left out.
 * @param onBytes called with how much of the file is read, in bytes.
 * @throws MillraceError invalid_request with the line where the file stops being CSV.
 */
export async function* rowsOf(
  path: string,
  { encoding, delimiter, skip }: CsvFormat,
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<CsvRow> {
  const parser = parse({
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_LENGTH,
    from_line: skip + 1,
    info: true,
  });
  const source = createReadStream(path);
  source.on("data", () => onBytes(source.bytesRead));
  const decoder = decoderOf(encoding);
  // An error of either ends the parser with it, which is where it is seen.
  const feeding = pipeline(source, decoded, parser).catch(() => {});
  // Counted here: the parser counts a line break of two characters within quotes twice.
  let line = skip + 1;
  let within = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      line = skip + info.records + info.empty_lines + within;
      yield { line, cells: record };
      within += lineBreaksIn(record);
    }
  } catch (error) {
    throw notCsv(path, line + 1, error);
  } finally {
    parser.destroy();
    await feeding;
  }

  async function* decoded(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
    for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  }
}

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly records: number; readonly empty_lines: number };
}

function lineBreaksIn(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) if (cell.includes("\n")) count += cell.split("\n").length - 1;
  return count;
}

/** The mark at the start; else UTF-8 when all of it is, and what Excel writes in western countries when it is not. */
async function encodingOf(path: string): Promise<string> {
  const start = await readStart(path);
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le";
  if (start[0] === 0xfe && start[1] === 0xff) return "utf-16be";
  const zeros = [0, 1].map((odd) => start.filter((byte, i) => byte === 0 && i % 2 === odd).length);
  if ((zeros[1] ?? 0) > start.length / 5) return "utf-16le";
  if ((zeros[0] ?? 0) > start.length / 5) return "utf-16be";
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of createReadStream(path)) decoder.decode(chunk as Buffer, { stream: true });
    decoder.decode();
    return "utf-8";
  } catch (error) {
    if (error instanceof TypeError) return "windows-1252";
    throw unreadable(path, error);
  }
}

/** The one by which the first rows have the most cells, and the same number in nearly all of them. */
function delimiterOf(text: string): string {
  let best = { delimiter: ",", score: 0 };
  for (const delimiter of DELIMITERS) {
    const rows = sampleRows(text, delimiter);
    const [cells, alike] = usualLength(rows);
    const score = cells > 1 ? alike * 1_000 + Math.min(cells, 999) : 0;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** @returns how many cells most rows have that have more than one, and their share of all: what stands above a table has one. */
function usualLength(rows: readonly (readonly string[])[]): readonly [cells: number, share: number] {
  const lengths = Map.groupBy(
    rows.map(({ length }) => length).filter((length) => length > 1),
    (length) => length,
  );
  const [cells, same] = [...lengths].toSorted(([, a], [, b]) => b.length - a.length)[0] ?? [0, []];
  return [cells, same.length / Math.max(1, rows.length)];
}

function sampleRows(text: string, delimiter: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  try {
    parseNow(text, {
      delimiter,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: SAMPLE_ROWS,
      on_record: (record: string[]) => {
        rows.push(record);
        return null;
      },
    });
  } catch {
    // The sample ends within a quoted cell: what came before it is enough.
  }
  return rows;
}

function decoderOf(encoding: string) {
  try {
    return new TextDecoder(encoding);
  } catch {
    throw new MillraceError("invalid_request", {
      saw: `There is no encoding "${encoding}".`,
      next: 'name one like "utf-8", "windows-1252" or "utf-16le", or leave it out to have it found.',
      field: "encoding",
    });
  }
}

async function readStart(path: string): Promise<Buffer> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE), 0, SAMPLE, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): MillraceError {
  return new MillraceError("invalid_request", {
    saw: `The file "${path}" cannot be read: ${messageOf(error)}.`,
    next: "name a CSV file that this user may read.",
    field: "file",
  });
}

function notCsv(path: string, line: number, error: unknown): MillraceError {
  if (error instanceof MillraceError) return error;
  return new MillraceError("invalid_request", {
    saw: `"${path}" stops being CSV at or after line ${line}: ${messageOf(error)}.`,
    next: "a quote that is opened and not closed is the usual cause; correct it there, or export the file again.",
    field: "file",
  });
}
