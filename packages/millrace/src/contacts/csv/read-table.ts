/**
 * A file of rows as spreadsheet programs write it, read piece by piece: its encoding and delimiter found out where they are
 * not said, quotes and line ends as they come (csv-parse). Used by import-csv.ts.
 */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import { type CsvError, type Info, parse } from "csv-parse";
import { MillraceError, messageOf } from "../../errors.ts";

export interface TableOptions {
  /** Default: found out. */
  readonly delimiter?: string;
  /** As TextDecoder names them. Default: by byte order mark; else UTF-8 when all of it is, else windows-1252. */
  readonly encoding?: string;
}

export interface TableRow {
  /** In the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Table {
  readonly encoding: string;
  readonly delimiter: string;
  readonly rows: AsyncIterable<TableRow>;
  /** Bytes read so far, of `size`. */
  readonly done: () => number;
  readonly size: number;
}

const BEGINNING = 65_536;
const LARGEST_ROW = 1_000_000;

/** @throws MillraceError invalid_request */
export async function readTable(file: string, options: TableOptions = {}): Promise<Table> {
  try {
    const { size, beginning } = await look(file);
    const encoding = options.encoding ?? (await encodingOf(file, beginning));
    const head = new TextDecoder(encoding).decode(beginning);
    const said = /^\uFEFF?sep=(.)\r?\n/i.exec(head);
    const delimiter = options.delimiter ?? said?.[1] ?? delimiterOf(head);
    let done = 0;
    const bytes = createReadStream(file);
    const parser = parse({
      delimiter,
      bom: true,
      from_line: said === null ? 1 : 2,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: LARGEST_ROW,
      info: true,
    });
    const text = Readable.from(decoded(bytes, encoding, (count) => (done += count)));
    text.on("error", (error) => parser.destroy(error)).pipe(parser);
    return { encoding, delimiter, size, done: () => done, rows: rowsOf(parser, file) };
  } catch (error) {
    throw error instanceof MillraceError ? error : unreadable(file, error);
  }
}

async function* rowsOf(parser: AsyncIterable<unknown>, file: string): AsyncGenerator<TableRow> {
  try {
    for await (const one of parser) {
      const { info, record } = one as { info: Info; record: string[] };
      yield { line: info.lines, cells: record };
    }
  } catch (error) {
    throw unreadable(file, error);
  }
}

async function look(file: string): Promise<{ size: number; beginning: Buffer }> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0);
    return { size, beginning: buffer.subarray(0, bytesRead) };
  } finally {
    await handle.close();
  }
}

async function encodingOf(file: string, beginning: Buffer): Promise<string> {
  const [first, second] = beginning;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  // Every other byte is zero: what Excel calls Unicode text, its mark lost on the way.
  if (beginning.length > 3 && beginning[1] === 0 && beginning[3] === 0) return "utf-16le";
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of createReadStream(file)) decoder.decode(chunk as Buffer, { stream: true });
    decoder.decode();
    return "utf-8";
  } catch (error) {
    if (error instanceof TypeError) return "windows-1252";
    throw error;
  }
}

/** The one that stands most often in the first line, outside of quotes. */
function delimiterOf(head: string): string {
  const line = (head.split(/\r\n|\n|\r/)[0] ?? "").replace(/"(?:[^"]|"")*"/g, "");
  const counted = [",", ";", "\t", "|"].map((mark) => ({ mark, times: line.split(mark).length - 1 }));
  return counted.toSorted((a, b) => b.times - a.times)[0]?.mark ?? ",";
}

async function* decoded(bytes: AsyncIterable<Buffer>, encoding: string, onRead: (count: number) => void) {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) {
    onRead(chunk.length);
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
}

function unreadable(file: string, error: unknown): MillraceError {
  const line = (error as Partial<CsvError> & { lines?: number }).lines;
  return new MillraceError("invalid_request", {
    saw: `${file} cannot be read${line === undefined ? "" : ` from line ${line} on`}: ${messageOf(error)}`,
    expected: "a table with one line of headers, e.g. CSV as HubSpot, Salesforce or a spreadsheet program exports it",
    next: "correct the file there, or say --delimiter and --encoding; what was taken before stays taken and is recognised.",
  });
}
