/** `millrace contacts import FILE.csv`: a preview, then the rows into the bulk lane; each row that is not taken is in the report. */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { openEngine } from "../../engine/open-engine.ts";
import { columnRequest } from "../../intake/csv/csv-columns.ts";
import type { CsvContact, CsvProblem } from "../../intake/csv/csv-contacts.ts";
import type { DateOrder } from "../../intake/csv/csv-dates.ts";
import { type CsvResult, type CsvSurvey, importCsv, survey } from "../../intake/csv/import-csv.ts";
import { cliActor } from "../actor.ts";
import type { Call } from "../command.ts";
import { openDatabase } from "../database.ts";
import { CliError, EXIT, type ExitCode } from "../exit-codes.ts";
import { progressBar } from "../progress.ts";
import { openProject } from "../project.ts";
import type { Terminal } from "../terminal.ts";
import { counted, table } from "../text.ts";

interface Options {
  readonly map?: readonly string[];
  readonly dates?: DateOrder;
  readonly delimiter?: string;
  readonly encoding?: string;
  readonly overwrite?: boolean;
  readonly dryRun?: boolean;
  readonly report?: string;
  readonly as?: string;
}

/** Problems that are shown; the report has all of them. */
const SHOWN = 5;

export async function run(call: Call<Options>): Promise<ExitCode> {
  const { terminal, words, options } = call;
  const [path = ""] = words;
  const { delimiter, encoding, dates } = options;
  const reading = await progressBar(terminal, "Reading the file");
  const found = await survey({
    path,
    format: { ...(delimiter === undefined ? {} : { delimiter }), ...(encoding === undefined ? {} : { encoding }) },
    columns: (options.map ?? []).map(columnRequest),
    ...(dates === undefined ? {} : { dates }),
    onProgress: (done, rows) => reading.to(done, counted(rows, "row")),
  });
  reading.end(summaryOf(found));
  if (!terminal.isJson) showMapping(terminal, found);
  if (options.dryRun === true) {
    if (terminal.isJson) terminal.document({ isDryRun: true, ...documentOf(found) });
    else terminal.say("Nothing was imported. Next: run it without --dry-run.");
    return EXIT.ok;
  }
  const report = await openReport(options.report);
  const problems: CsvProblem[] = [];
  const { result, isRunning } = await take(call, found, (problem) => {
    if (problems.length < SHOWN) problems.push(problem);
    report?.add(problem);
  });
  await report?.end();
  if (terminal.isJson) terminal.document({ isDryRun: false, ...documentOf(found), ...result, problems });
  else showProblems(terminal, problems, result, options.report);
  if (!isRunning) terminal.say("No engine runs here; the next `millrace start` takes them up.");
  return result.rows > 0 && result.refused === result.rows ? EXIT.findings : EXIT.ok;
}

async function take(call: Call<Options>, found: CsvSurvey, onProblem: (problem: CsvProblem) => void) {
  const { terminal, options } = call;
  const loaded = await openProject(call, false);
  const open = await openDatabase(loaded);
  try {
    const engine = await openEngine({ ...loaded.config, databaseUrl: open.url, hubspot: false }, { roles: [] });
    try {
      const by = cliActor(options);
      const bar = await progressBar(terminal, "Importing");
      const lane = {
        db: engine.db,
        suppressions: engine.contextFor(by).erasure.suppressions,
        appendBulk: (events: Parameters<typeof engine.appendBulk>[0]) => engine.appendBulk(events),
        actor: `import:${by.name}`,
        overwrites: options.overwrite === true,
      };
      const result = await importCsv(found, lane, onProblem, (done, so) =>
        bar.to(done, `${numbered(so.rows)} of ${numbered(found.rows)}`),
      );
      bar.end(resultOf(result));
      return { result, isRunning: open.by !== "started for this" };
    } finally {
      await engine.stop();
    }
  } finally {
    await open.close();
  }
}

function numbered(count: number): string {
  return count.toLocaleString("en-US");
}

function summaryOf({ rows, contacts, refused, repeated, format }: CsvSurvey): string {
  const delimiter = format.delimiter === "\t" ? "tab" : `"${format.delimiter}"`;
  const again = repeated.size === 0 ? "" : `, ${repeated.size.toLocaleString("en-US")} of them more than once`;
  return `${counted(rows, "row")} with ${counted(contacts, "contact")}, ${refused} without an address${again}; ${format.encoding}, columns parted by ${delimiter}.`;
}

function resultOf({ created, changed, same, merged, refused, leftOut, kept, waiting }: CsvResult): string {
  const values = leftOut === 0 ? "" : ` ${counted(leftOut, "value")} left out.`;
  const stay = kept === 0 ? "" : ` ${counted(kept, "value")} of yours kept; --overwrite takes the file's.`;
  const before = waiting === 0 ? "" : ` ${counted(waiting, "event")} waited already, from an earlier import.`;
  return `${created} new, ${changed} changed, ${same} the same, ${merged} taken with a later row, ${counted(refused, "row")} refused.${values}${stay}${before}`;
}

function leftAside(header: string): string {
  return header === "" ? "(left aside: it has no name)" : `(left aside; --map "${header}=property")`;
}

function showMapping(terminal: Terminal, { columns, dates, first }: CsvSurvey): void {
  const rows = columns.map(({ header, index, property, isOptOut }) => {
    const becomes = isOptOut ? "opt-out, when it says yes" : (property ?? leftAside(header));
    return [header, dates.has(index) ? `${becomes}, a date (${dates.get(index)})` : becomes];
  });
  terminal.data(table(["COLUMN", "BECOMES"], rows));
  if (first.length > 0)
    terminal.data(
      `\n${previewOf(
        first,
        columns.flatMap(({ property }) => property ?? []),
      )}`,
    );
}

function previewOf(first: readonly CsvContact[], properties: readonly string[]): string {
  const names = [...new Set(properties.flatMap((name) => (name === "name" ? ["firstname", "lastname"] : [name])))];
  const rows = first.map(({ email, properties: values }) =>
    names.map((name) => (name === "email" ? email : String(values[name] ?? ""))),
  );
  return table(names, rows);
}

function showProblems(terminal: Terminal, problems: readonly CsvProblem[], result: CsvResult, report?: string): void {
  for (const { line, column, value, because, next } of problems)
    terminal.say(
      `line ${line}${column === "" ? "" : `, ${column}`}: ${value === "" ? "" : `"${value}": `}${because}. Next: ${next}`,
    );
  const more = result.refused + result.leftOut - problems.length;
  const where = report === undefined ? "`--report FILE.csv` writes all of them." : `All of them are in ${report}.`;
  if (more > 0) terminal.say(`… and ${more} more. ${where}`);
}

function documentOf({ format, columns, dates, rows, contacts, refused, repeated, first }: CsvSurvey) {
  return {
    format,
    columns: columns.map(({ header, index, property = null, isOptOut }) => ({
      header,
      property,
      isOptOut,
      dates: dates.get(index) ?? null,
    })),
    rows,
    contacts,
    withoutAddress: refused,
    repeated: repeated.size,
    first,
  };
}

async function openReport(path: string | undefined) {
  if (path === undefined) return undefined;
  const file = createWriteStream(path);
  await once(file, "open").catch((error: unknown) => Promise.reject(notWritable(path, error)));
  const row = (cells: readonly (string | number)[]) => file.write(`${cells.map(cell).join(",")}\r\n`);
  row(["line", "column", "value", "taken", "because", "next"]);
  return {
    add: ({ line, column, value, isWholeRow, because, next }: CsvProblem) =>
      row([line, column, value, isWholeRow ? "no" : "without this value", because, next]),
    end: () => new Promise<void>((resolve) => file.end(resolve)),
  };
}

/** In quotes, and never a formula for the program that opens it. */
function cell(value: string | number): string {
  const text = String(value);
  return `"${(/^[=+@\t-]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

function notWritable(path: string, error: unknown): CliError {
  return new CliError(
    "usage",
    `The report "${path}" cannot be written: ${String((error as Error).message)}.`,
    "name a file in a folder that you may write to.",
  );
}
