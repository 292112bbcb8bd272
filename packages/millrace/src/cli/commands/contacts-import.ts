/** `millrace contacts import FILE`: a table of contacts into the bulk lane. Killed and run again it goes on; run twice it takes nothing twice. */
import { createWriteStream, type WriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { type CsvResult, importCsv } from "../../contacts/csv/import-csv.ts";
import type { DateOrder } from "../../contacts/csv/rows.ts";
import { openEngine } from "../../open-engine.ts";
import type { Call } from "../command.ts";
import { openDatabase } from "../database.ts";
import { CliError } from "../exit-codes.ts";
import { progressBar } from "../progress.ts";
import { openProject } from "../project.ts";
import { counted, table } from "../text.ts";

interface Options {
  readonly dryRun?: boolean;
  readonly delimiter?: string;
  readonly encoding?: string;
  readonly dates?: string;
  readonly map?: readonly string[];
  readonly skipKnown?: boolean;
  readonly report?: string;
}

export async function run(call: Call<Options>): Promise<void> {
  const { terminal, options } = call;
  const file = call.words[0] ?? "";
  const isDry = options.dryRun === true;
  const report = options.report ?? `${file}.refused.csv`;
  const settings = settingsOf(options);
  const loaded = await openProject(call, false);
  const bar = await progressBar(terminal, `Reading ${file}`);
  const refusals = new Refusals(isDry ? undefined : report);
  const startedAt = performance.now();
  const open = await openDatabase(loaded);
  let result: CsvResult;
  try {
    const engine = await openEngine({ ...loaded.config, databaseUrl: open.url }, { roles: [] });
    try {
      result = await importCsv(engine.db, {
        ...settings,
        file,
        isDry,
        append: (events) => engine.appendBulk(events),
        onRefused: ({ line, cells }, why) => refusals.add(line, why, cells),
        onProgress: (done, so) => bar.to(done, counted(so.rows, "row")),
      });
    } finally {
      await engine.stop();
    }
  } finally {
    await open.close();
    await refusals.end();
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  bar.end(summaryOf(result, isDry, seconds));
  if (terminal.isJson)
    return terminal.document({
      isDryRun: isDry,
      ...result,
      seconds,
      report: refusals.file ?? null,
      firstRefused: refusals.first,
    });
  if (isDry) preview(call, result);
  for (const { line, why } of refusals.first.slice(0, 10)) terminal.say(`line ${line}: ${why}`);
  if (refusals.file !== undefined) terminal.say(`Every refused row with its reason is in ${refusals.file}.`);
}

function preview({ terminal }: Call<Options>, { columns, examples, notes }: CsvResult): void {
  const rows = columns.map(({ header, kind, name }) => [
    header,
    kind === "property" ? name : kind,
    kind === "id" ? name : "",
  ]);
  terminal.data(table(["COLUMN", "BECOMES", ""], rows));
  for (const { email, properties } of examples) terminal.data(JSON.stringify({ email, ...properties }));
  for (const note of notes) terminal.say(`left out: ${note}`);
}

function summaryOf(so: CsvResult, isDry: boolean, seconds: number): string {
  const { rows, taken, known, refused, leftOut, encoding, delimiter } = so;
  const mark = delimiter === "\t" ? "tab" : delimiter;
  const will = isDry ? "would be taken" : "taken";
  const pace = isDry ? "" : ` in ${seconds.toFixed(1)} s`;
  return `${counted(rows, "row")} (${encoding}, delimiter ${mark}): ${taken} ${will}${pace}, ${known} of them known here, ${refused} refused, ${counted(leftOut, "value")} left out.`;
}

function settingsOf({ delimiter, encoding, dates, map = [], skipKnown }: Options) {
  if (dates !== undefined && dates !== "dmy" && dates !== "mdy")
    throw new CliError(
      "usage",
      `--dates "${dates}" is neither dmy nor mdy.`,
      "write dmy (31/12/2026) or mdy (12/31/2026).",
    );
  if (encoding !== undefined && !isEncoding(encoding))
    throw new CliError(
      "usage",
      `--encoding "${encoding}" is not known.`,
      "write e.g. utf-8, windows-1252, utf-16le or shift_jis.",
    );
  const columns = map.map((text): [string, string] => {
    const at = text.lastIndexOf("=");
    if (at < 1 || !/^([a-z][a-z0-9_]{0,99}|-)$/.test(text.slice(at + 1)))
      throw new CliError(
        "usage",
        `--map "${text}" says no column.`,
        'write "Their header=ourname", or "Their header=-" to leave it out.',
      );
    return [text.slice(0, at), text.slice(at + 1)];
  });
  return {
    ...(delimiter === undefined ? {} : { delimiter: delimiter === "tab" || delimiter === "\\t" ? "\t" : delimiter }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(dates === undefined ? {} : { dates: dates as DateOrder }),
    columns: new Map(columns),
    known: skipKnown === true ? ("skip" as const) : ("update" as const),
  };
}

function isEncoding(name: string): boolean {
  try {
    return new TextDecoder(name) !== undefined;
  } catch {
    return false;
  }
}

/** Rows that were not taken, in a file beside the table: corrected there, it can be imported itself. */
class Refusals {
  readonly first: { readonly line: number; readonly why: string }[] = [];
  readonly #path: string | undefined;
  #stream: WriteStream | undefined;

  constructor(path: string | undefined) {
    this.#path = path;
  }

  get file(): string | undefined {
    return this.#stream === undefined ? undefined : this.#path;
  }

  async add(line: number, why: string, cells: readonly string[]): Promise<void> {
    if (this.first.length < 100) this.first.push({ line, why });
    if (this.#path === undefined) return;
    this.#stream ??= createWriteStream(this.#path, { mode: 0o600 });
    const text = [String(line), why, ...cells].map(quoted).join(",");
    if (!this.#stream.write(`${text}\r\n`))
      await new Promise<void>((resolve) => this.#stream?.once("drain", () => resolve()));
  }

  async end(): Promise<void> {
    if (this.#stream === undefined) return;
    this.#stream.end();
    await finished(this.#stream);
  }
}

/** A cell that begins like a formula is none for the program that opens the report. */
function quoted(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return `"${safe.replaceAll('"', '""')}"`;
}
