/**
 * Contacts from a table into the bulk lane, behind whatever is alive. Who is known here gets what the table says as a change
 * of another system, who is new comes in; who does not want e-mail says so first. A file that was taken once is recognised
 * row by row, so a run that was ended goes on. Called by `millrace contacts import`.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { textColumn } from "../../db/columns.ts";
import type { Queryable } from "../../db/database.ts";
import { MillraceError } from "../../errors.ts";
import type { NewEvent } from "../../events/event.ts";
import { type Column, columnsOf } from "./columns.ts";
import { readTable, type TableOptions, type TableRow } from "./read-table.ts";
import { type DateOrder, type ImportedContact, orderSeen, rowOf } from "./rows.ts";

export interface CsvWish extends TableOptions {
  readonly file: string;
  /** Looks, and takes nothing. */
  readonly isDry: boolean;
  /** Our names by the table's headers; "-" leaves a column out. */
  readonly columns?: ReadonlyMap<string, string>;
  /** Which number of 03/04/2026 is the day. Default: as a date of the table shows, else the month first. */
  readonly dates?: DateOrder;
  /** What becomes of contacts that are known here. Default: "update". */
  readonly known?: "update" | "skip";
  /** Puts events into the bulk lane. */
  readonly append: (events: readonly NewEvent[]) => Promise<number>;
  readonly onRefused: (row: TableRow, why: string) => Promise<void> | void;
  /** @param done 0 to 1. */
  readonly onProgress: (done: number, so: CsvCounts) => void;
}

export interface CsvCounts {
  readonly rows: number;
  readonly taken: number;
  /** Of these: known here before. */
  readonly known: number;
  readonly refused: number;
  /** Values that were left out of rows that were taken. */
  readonly leftOut: number;
}

export interface CsvResult extends CsvCounts {
  readonly encoding: string;
  readonly delimiter: string;
  readonly columns: readonly Column[];
  /** The first few, for a preview. */
  readonly examples: readonly ImportedContact[];
  /** The commonest reasons values were left out. */
  readonly notes: readonly string[];
}

const AT_ONCE = 1_000;
const EXAMPLES = 3;
const MOST_NOTES = 20;

export async function importCsv(db: Queryable, wish: CsvWish): Promise<CsvResult> {
  const table = await readTable(wish.file, wish);
  const source = `import:${(await digestOf(wish.file)).slice(0, 16)}`;
  const counts = { rows: 0, taken: 0, known: 0, refused: 0, leftOut: 0 };
  const lines = new Map<string, number>();
  const examples: ImportedContact[] = [];
  const notes = new Set<string>();
  let columns: readonly Column[] | undefined;
  let dates = wish.dates;
  let gathered: TableRow[] = [];

  const take = async (columnsNow: readonly Column[]): Promise<void> => {
    dates ??= seenIn(gathered, columnsNow);
    const contacts: ImportedContact[] = [];
    for (const row of gathered) {
      counts.rows += 1;
      const read = rowOf(columnsNow, row.cells, dates);
      const refused = "refused" in read ? read.refused : repeated(read.contact, row.line, lines);
      if (refused !== undefined) {
        counts.refused += 1;
        await wish.onRefused(row, refused);
      } else if ("contact" in read) contacts.push(read.contact);
    }
    gathered = [];
    const known = await knownAmong(db, contacts);
    const taken = contacts.filter((contact) => wish.known !== "skip" || !known.has(nameOf(contact)));
    counts.taken += taken.length;
    counts.known += taken.filter((contact) => known.has(nameOf(contact))).length;
    for (const contact of taken) {
      counts.leftOut += contact.leftOut.length;
      if (examples.length < EXAMPLES) examples.push(contact);
      for (const note of contact.leftOut) if (notes.size < MOST_NOTES) notes.add(note);
    }
    if (!wish.isDry)
      await wish.append(taken.flatMap((contact) => eventsOf(contact, known.has(nameOf(contact)), source)));
    wish.onProgress(table.size === 0 ? 1 : table.done() / table.size, counts);
  };

  for await (const row of table.rows) {
    if (columns === undefined) {
      columns = checkedColumns(
        columnsOf(
          row.cells.map((cell) => cell.trim()),
          wish.columns,
        ),
        wish,
      );
      continue;
    }
    gathered.push(row);
    if (gathered.length >= AT_ONCE) await take(columns);
  }
  if (columns === undefined) throw nothingIn(wish.file);
  await take(columns);
  const { encoding, delimiter } = table;
  return { ...counts, encoding, delimiter, columns, examples, notes: [...notes] };
}

function checkedColumns(columns: readonly Column[], { file, columns: own = new Map() }: CsvWish): readonly Column[] {
  const headers = new Set(columns.map(({ header }) => header));
  const strange = [...own.keys()].find((header) => !headers.has(header));
  if (strange !== undefined)
    throw new MillraceError("invalid_request", {
      saw: `${file} has no column "${strange}".`,
      expected: `one of ${[...headers].join(", ")}`,
      next: "correct --map.",
    });
  if (columns.some(({ kind }) => kind === "email" || kind === "id")) return columns;
  throw new MillraceError("invalid_request", {
    saw: `${file} has no column with e-mail addresses or ids: ${[...headers].slice(0, 30).join(", ")}.`,
    next: 'say which one it is: --map "Their header=email".',
  });
}

function nothingIn(file: string): MillraceError {
  return new MillraceError("invalid_request", {
    saw: `${file} is empty.`,
    next: "give a file with a line of headers and a line for each contact.",
  });
}

/** The first row of a person counts; a later one of the same address is refused with the line of the first. */
function repeated(contact: ImportedContact, line: number, lines: Map<string, number>): string | undefined {
  const name = nameOf(contact);
  const first = lines.get(name);
  if (first !== undefined) return `the same contact as line ${first}`;
  lines.set(name, line);
  return undefined;
}

function nameOf({ email, externalIds }: ImportedContact): string {
  if (email !== undefined) return `email:${email}`;
  const [[system, id] = ["", ""]] = Object.entries(externalIds);
  return `${system}:${id}`;
}

function seenIn(rows: readonly TableRow[], columns: readonly Column[]): DateOrder | undefined {
  const dated = columns.flatMap(({ kind, header }, i) =>
    kind === "created" || /date|datum|fecha/i.test(header) ? [i] : [],
  );
  for (const { cells } of rows) {
    for (const i of dated) {
      const order = orderSeen(cells[i] ?? "");
      if (order !== undefined) return order;
    }
  }
  return undefined;
}

async function knownAmong(db: Queryable, contacts: readonly ImportedContact[]): Promise<ReadonlySet<string>> {
  const names = contacts
    .map(nameOf)
    .map((name) => [name.slice(0, name.indexOf(":")), name.slice(name.indexOf(":") + 1)]);
  if (names.length === 0) return new Set();
  const rows = await db.query<{ kind: string; value: string }>(
    `select kind, value from contact_identities where (kind, value) in (select * from unnest($1::text[], $2::text[]))`,
    [textColumn(names.map(([kind = ""]) => kind)), textColumn(names.map(([, value = ""]) => value))],
    "known_among_imported",
  );
  return new Set(rows.map(({ kind, value }) => `${kind}:${value}`));
}

function eventsOf(contact: ImportedContact, isKnown: boolean, source: string): NewEvent[] {
  const { email, externalIds, properties, isOptedOut, createdAt } = contact;
  const ids = Object.keys(externalIds).length === 0 ? {} : { externalIds };
  const whom = { ...(email === undefined ? {} : { email }), ...ids };
  const id = nameOf(contact).slice(0, 180);
  const about = { source, actor: "import", contact: whom };
  const isPast = createdAt !== undefined && createdAt < Date.now();
  const comes: NewEvent[] = isKnown
    ? Object.keys(properties).length === 0
      ? []
      : [{ ...about, id, type: "contact_updated_external", data: { ...whom, system: "import", properties } }]
    : [
        {
          ...about,
          id,
          type: "contact_created",
          data: { ...whom, properties, origin: "import" },
          ...(isPast ? { occurredAt: createdAt } : {}),
        },
      ];
  // First: nothing the creation leads to can be quicker.
  return isOptedOut
    ? [{ ...about, id: `${id}:opt-out`, type: "opted_out", data: { ...whom, by: "import" } }, ...comes]
    : comes;
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
