/** Reads a backup line by line, and says clearly when the file is not whole. */
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import type { z } from "zod";
import { MillraceError } from "../base/errors.ts";
import { END_OF_ROWS, FORMAT, type Head, headSchema } from "./format.ts";

const LINE_FEED = 10;
const END = Buffer.from(END_OF_ROWS);

export class BackupReader implements AsyncDisposable {
  readonly #file: string;
  readonly #lines: AsyncGenerator<Buffer>;

  private constructor(file: string) {
    this.#file = file;
    this.#lines = linesOf(file);
  }

  /** Opens a file and reads what it says of itself. @throws MillraceError invalid_request when it is no backup, or one of a newer format. */
  static async open(file: string): Promise<{ reader: BackupReader; head: Head }> {
    const reader = new BackupReader(file);
    const parsed = headSchema.safeParse(asJson(await reader.#next().catch(() => undefined)));
    if (!parsed.success) {
      await reader[Symbol.asyncDispose]();
      throw noBackup(file);
    }
    if (parsed.data.format !== FORMAT) {
      await reader[Symbol.asyncDispose]();
      throw newerFormat(file, parsed.data.format);
    }
    return { reader, head: parsed.data };
  }

  /** The next line as one of the shapes. @throws MillraceError invalid_request when the file ends, or the line is another. */
  async line<Shape extends z.ZodType>(shape: Shape): Promise<z.output<Shape>> {
    const parsed = shape.safeParse(asJson(await this.#next()));
    if (!parsed.success) throw this.damaged("a line in it makes no sense");
    return parsed.data;
  }

  /** The rows of a table, up to its end. */
  async *rows(): AsyncGenerator<Buffer> {
    for (;;) {
      const row = await this.#next();
      if (row === undefined) throw this.damaged("it ends within a table");
      if (row.equals(END)) return;
      yield row;
    }
  }

  damaged(because: string): MillraceError {
    return new MillraceError("invalid_request", {
      saw: `${this.#file} is damaged: ${because}. Nothing was restored.`,
      next: "take another backup file; of a copy, copy it once more.",
      field: "file",
    });
  }

  async #next(): Promise<Buffer | undefined> {
    try {
      const { value, done } = await this.#lines.next();
      return done === true ? undefined : value;
    } catch (error) {
      throw this.damaged(error instanceof Error ? error.message : String(error));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lines.return(undefined).catch(() => {});
  }
}

async function* linesOf(file: string): AsyncGenerator<Buffer> {
  const source = createReadStream(file);
  const unpacked = createGunzip();
  source.on("error", (error) => unpacked.destroy(error));
  let rest: Buffer[] = [];
  try {
    for await (const chunk of source.pipe(unpacked)) {
      const piece = chunk as Buffer;
      let begin = 0;
      for (let end = piece.indexOf(LINE_FEED); end >= 0; end = piece.indexOf(LINE_FEED, begin)) {
        const line = piece.subarray(begin, end);
        yield rest.length === 0 ? line : Buffer.concat([...rest, line]);
        rest = [];
        begin = end + 1;
      }
      if (begin < piece.length) rest.push(piece.subarray(begin));
    }
  } finally {
    source.destroy();
    unpacked.destroy();
  }
}

function asJson(line: Buffer | undefined): unknown {
  if (line === undefined) return undefined;
  try {
    return JSON.parse(line.toString("utf8"));
  } catch {
    return undefined;
  }
}

function noBackup(file: string): MillraceError {
  return new MillraceError("invalid_request", {
    saw: `${file} is no backup of Millrace.`,
    expected: "a file that `millrace backup` has written",
    next: "name such a file; what pg_dump has written is restored by pg_restore.",
    field: "file",
  });
}

function newerFormat(file: string, format: number): MillraceError {
  return new MillraceError("invalid_request", {
    saw: `${file} has format ${format}, and this version reads format ${FORMAT}.`,
    next: "restore it with the version that has written it, or a newer one.",
    field: "file",
  });
}
