/**
 * Contacts from a CSV file into the bulk lane, behind whatever is alive. Read twice: first for what only the whole file can
 * say (the order of its dates, which addresses stand in it more than once), then to take the rows. Called by
 * `millrace contacts import`.
 *
 * A contact that is known here keeps what a person, the CRM or a form has said of it, unless the import is to overwrite;
 * what is empty or was only found by the enricher is taken. The same file again changes nothing: the ids of its events
 * are made of what they say.
 */
import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { MillraceError } from "../../base/errors.ts";
import { nameOf, type Suppressions } from "../../contacts/suppression.ts";
import { textColumn } from "../../db/columns.ts";
import type { Queryable } from "../../db/database.ts";
import type { PropertyValue } from "../../events/define-event.ts";
import type { NewEvent } from "../../events/event.ts";
import { type ColumnRequest, type CsvColumn, columnsOf } from "./csv-columns.ts";
import { type CsvContact, type CsvProblem, merged, readRow } from "./csv-contacts.ts";
import { type DateColumn, type DateOrder, isDates, look, newDateColumn, orderOf } from "./csv-dates.ts";
import { type CsvFormat, type CsvRow, formatOf, rowsOf } from "./read-csv.ts";

export interface CsvRequest {
  readonly path: string;
  readonly format?: Partial<CsvFormat>;
  readonly columns?: readonly ColumnRequest[];
  /** Of columns in which every date may be read both ways. */
  readonly dates?: DateOrder;
  /** Called with the share of the file that is read, from 0 to 1. */
  readonly onProgress?: (done: number, rows: number) => void;
}

export interface CsvSurvey {
  readonly path: string;
  readonly bytes: number;
  readonly format: CsvFormat;
  readonly columns: readonly CsvColumn[];
  /** Columns of dates that are taken, with their order, by index. */
  readonly dates: ReadonlyMap<number, DateOrder>;
  readonly rows: number;
  /** The last line of each address that stands in the file more than once. */
  readonly repeated: ReadonlyMap<string, number>;
  readonly contacts: number;
  readonly refused: number;
  /** The first contacts, as they would be taken. */
  readonly first: readonly CsvContact[];
}

export interface CsvLane {
  readonly db: Queryable;
  readonly suppressions: Suppressions;
  /** Resolves when they are durable. @returns how many were taken; those that wait already are not counted. */
  readonly appendBulk: (events: readonly NewEvent[]) => Promise<number>;
  /** Who imports, e.g. "import:ada". */
  readonly actor: string;
  /** Takes the file's value also where a person, the CRM or a form has said another one. */
  readonly overwrites: boolean;
}

export interface CsvResult {
  readonly rows: number;
  readonly created: number;
  readonly changed: number;
  /** Known here, and nothing new is said of them. */
  readonly same: number;
  /** Rows that were taken together with a later one of their address. */
  readonly merged: number;
  readonly refused: number;
  /** Values left out of rows that were taken. */
  readonly leftOut: number;
  /** Values that differ from what is known here, which stays. */
  readonly kept: number;
  /** Events that waited to enter the log already, from an earlier run. */
  readonly waiting: number;
}

/** Contacts that are looked up and put into the lane at once. */
const AT_ONCE = 1_000;
const SHOWN = 5;
export const CSV_SOURCE = "import:csv";

/** @throws MillraceError invalid_request: a file that is no CSV, no column of addresses, dates that may be read both ways. */
export async function survey(request: CsvRequest): Promise<CsvSurvey> {
  const { path } = request;
  let format = await formatOf(path, request.format);
  const { size: bytes } = await stat(path);
  const stats = new Map<number, DateColumn>();
  const lastLines = new Map<string, number>();
  const repeated = new Set<string>();
  const first: CsvContact[] = [];
  const beginning = [];
  const header = headerSearch(request.columns);
  let columns: readonly CsvColumn[] | undefined;
  let rows = 0;
  let refused = 0;
  for await (const row of rowsOf(path, format, (read) => request.onProgress?.(read / Math.max(1, bytes), rows))) {
    if (columns === undefined) {
      columns = header.columnsIn(row);
      if (columns !== undefined) format = { ...format, skip: row.line - 1 };
      continue;
    }
    rows += 1;
    if (beginning.length < SHOWN) beginning.push(row);
    for (const { index, property } of columns) {
      const text = row.cells[index]?.trim() ?? "";
      if (text === "" || property === undefined || NEVER_DATES.has(property)) continue;
      const known = stats.get(index) ?? newDateColumn();
      stats.set(index, known);
      look(known, text);
    }
    const email = readRow(row, columns, NO_DATES).contact?.email;
    if (email === undefined) refused += 1;
    else {
      if (lastLines.has(email)) repeated.add(email);
      lastLines.set(email, row.line);
    }
  }
  if (columns === undefined) throw header.refusal ?? emptyFile(path);
  const dates = datesOf(stats, columns, request.dates);
  for (const row of beginning) first.push(...[readRow(row, columns, dates).contact].filter((one) => one !== undefined));
  return {
    path,
    bytes,
    format,
    columns,
    dates,
    rows,
    repeated: new Map([...repeated].map((email) => [email, lastLines.get(email) ?? 0])),
    contacts: lastLines.size,
    refused,
    first,
  };
}

/** Rows in which a header is looked for: above it may stand a title, or notes of the program that wrote the file. */
const HEADER_WITHIN = 10;

/** @returns what says of row after row whether it is the header, and why the first was none. */
function headerSearch(wishes: CsvRequest["columns"]) {
  let looked = 0;
  let refusal: unknown;
  return {
    get refusal() {
      return refusal;
    },
    /** @throws MillraceError invalid_request why the first row was none, when none of the first rows is. */
    columnsIn(row: CsvRow): readonly CsvColumn[] | undefined {
      try {
        return columnsOf(row.cells, wishes);
      } catch (error) {
        refusal ??= error;
        looked += 1;
        if (looked >= HEADER_WITHIN) throw refusal;
        return undefined;
      }
    },
  };
}

const NEVER_DATES: ReadonlySet<string> = new Set([
  "email",
  "phone",
  "mobilephone",
  "zip",
  "numberofemployees",
  "lead_score",
]);
const NO_DATES: ReadonlyMap<number, DateOrder> = new Map();

/** @param onProblem called with each row and value that is not taken, in the order of the file. */
export async function importCsv(
  found: CsvSurvey,
  lane: CsvLane,
  onProblem: (problem: CsvProblem) => void,
  onProgress: (done: number, so: CsvResult) => void = () => {},
): Promise<CsvResult> {
  const { path, format, columns, dates, repeated, bytes } = found;
  const so = { rows: 0, created: 0, changed: 0, same: 0, merged: 0, refused: 0, leftOut: 0, kept: 0, waiting: 0 };
  const say = (problem: CsvProblem) => {
    if (problem.isWholeRow) so.refused += 1;
    else so.leftOut += 1;
    onProblem(problem);
  };
  const earlier = new Map<string, CsvContact>();
  let waiting: CsvContact[] = [];
  let isHeader = true;
  for await (const row of rowsOf(path, format, (read) => onProgress(read / Math.max(1, bytes), so))) {
    if (isHeader) {
      isHeader = false;
      continue;
    }
    so.rows += 1;
    const { contact, problems } = readRow(row, columns, dates);
    problems.forEach(say);
    if (contact === undefined) continue;
    const before = earlier.get(contact.email);
    const whole = before === undefined ? contact : merged(before, contact);
    if ((repeated.get(contact.email) ?? 0) > row.line) {
      earlier.set(contact.email, whole);
      so.merged += 1;
      continue;
    }
    earlier.delete(contact.email);
    waiting.push(whole);
    if (waiting.length >= AT_ONCE) {
      await take(waiting);
      waiting = [];
    }
  }
  if (waiting.length > 0) await take(waiting);
  return so;

  async function take(contacts: readonly CsvContact[]): Promise<void> {
    const names = contacts.map(({ email }) => ({ kind: "email", value: email }));
    const erased = await lane.suppressions.among(lane.db, names);
    const known = await loadKnown(lane.db, contacts);
    const events: NewEvent[] = [];
    for (const contact of contacts) {
      if (erased.has(nameOf({ kind: "email", value: contact.email }))) {
        say(askedToBeForgotten(contact));
        continue;
      }
      const one = eventsOf(contact, known.get(contact.email), lane);
      events.push(...one.events);
      so[one.is] += 1;
      so.kept += one.kept;
    }
    so.waiting += events.length - (await lane.appendBulk(events));
  }
}

interface Known {
  readonly email: string;
  readonly properties: Readonly<Record<string, PropertyValue>>;
  readonly owners: Readonly<Record<string, string>> | null;
  readonly sources: Readonly<Record<string, unknown>> | null;
  readonly isOptedOut: boolean;
}

/** Who of them is known here, by address. */
async function loadKnown(db: Queryable, contacts: readonly CsvContact[]): Promise<Map<string, Known>> {
  const rows = await db.query<Known>(
    `select i.value as email, c.properties, c.facts->'owners' as owners, c.facts->'sources' as sources,
            c.facts->'optedOut' is not null as "isOptedOut"
     from contact_identities i join contacts c on c.id = i.contact where i.kind = 'email' and i.value = any($1::text[])`,
    [textColumn(contacts.map(({ email }) => email))],
    "load_known_contacts",
  );
  return new Map(rows.map((row) => [row.email, row]));
}

interface ContactEvents {
  readonly is: "created" | "changed" | "same";
  readonly events: readonly NewEvent[];
  readonly kept: number;
}

/** Who wants no mail says so first: nothing that follows from the rest can be quicker. */
function eventsOf(contact: CsvContact, known: Known | undefined, { actor, overwrites }: CsvLane): ContactEvents {
  const { email, properties } = contact;
  const about = { contact: { email }, source: CSV_SOURCE, actor };
  const optOut: NewEvent[] =
    contact.wantsNoMail && known?.isOptedOut !== true
      ? [{ type: "opted_out", data: { email, by: "import" }, ...about, id: idOf(email, "opted out") }]
      : [];
  if (known === undefined) {
    const data = { email, properties, origin: "import" };
    return {
      is: "created",
      kept: 0,
      events: [...optOut, { type: "contact_created", data, ...about, id: idOf(email, properties) }],
    };
  }
  const changes: Record<string, { from: PropertyValue; to: PropertyValue }> = {};
  let kept = 0;
  for (const [name, to] of Object.entries(properties)) {
    const from = known.properties[name] ?? null;
    if (textOf(from) === textOf(to)) continue;
    if (overwrites || mayChange(name, from, known)) changes[name] = { from, to };
    else kept += 1;
  }
  if (Object.keys(changes).length === 0) return { is: optOut.length > 0 ? "changed" : "same", kept, events: optOut };
  const changed = { type: "contact_updated", data: { email, changes }, ...about, id: idOf(email, changes) };
  return { is: "changed", kept, events: [...optOut, changed] };
}

function mayChange(name: string, from: PropertyValue, { owners, sources }: Known): boolean {
  return textOf(from) === "" || sources?.[name] !== undefined || owners?.[name]?.startsWith("import:") === true;
}

function textOf(value: PropertyValue): string {
  return value === null ? "" : String(value).trim();
}

function idOf(email: string, what: unknown): string {
  return createHash("sha256")
    .update(`${email}\n${JSON.stringify(what)}`)
    .digest("base64url");
}

/** @throws MillraceError invalid_request for a column whose dates may be read both ways. */
function datesOf(
  stats: ReadonlyMap<number, DateColumn>,
  columns: readonly CsvColumn[],
  wished: DateOrder | undefined,
): ReadonlyMap<number, DateOrder> {
  const dates = new Map<number, DateOrder>();
  for (const [index, column] of stats) {
    if (!isDates(column)) continue;
    const order = orderOf(column);
    const { header = "" } = columns[index] ?? {};
    if (order === "dmy" || order === "mdy") dates.set(index, order);
    else if (wished !== undefined) dates.set(index, wished);
    else throw unclearDates(header, order, column.example ?? "");
  }
  return dates;
}

function unclearDates(header: string, order: "unknown" | "mixed", example: string): MillraceError {
  const saw =
    order === "mixed"
      ? `The dates in "${header}" are written both ways: in some the first number can only be a day, in some the second.`
      : `The dates in "${header}" may be read both ways, e.g. "${example}".`;
  return new MillraceError("invalid_request", {
    saw: `${saw} Nothing was imported.`,
    next: `say --dates dmy (day first) or --dates mdy (month first), or leave the column aside with --map "${header}=".`,
    field: "dates",
  });
}

function emptyFile(path: string): MillraceError {
  return new MillraceError("invalid_request", {
    saw: `"${path}" is empty.`,
    next: "export it again; its first line names the columns.",
    field: "file",
  });
}

function askedToBeForgotten({ line, email }: CsvContact): CsvProblem {
  return {
    line,
    column: "",
    value: email,
    because: "this person asked to be forgotten",
    next: "leave the row out: they come back only by their own doing.",
    isWholeRow: true,
  };
}
