/**
 * What mentions a person without being about them: a failing agent's error, an e-mail that could not be read, a task for the
 * operator. It is found by text that names one person alone: addresses, the telephone number, first and last name
 * together, and the errors of their own tasks in which something of theirs stands. Rows about other contacts are left
 * alone: they are those people's.
 */
import { textColumn, uuidColumn } from "../db/columns.ts";
import type { Queryable, Tx } from "../db/database.ts";
import type { PropertyValue } from "../events/define-event.ts";
import type { Position } from "../events/event.ts";
import type { Mentioning } from "./history.ts";
import type { Person, Rows } from "./linked-rows.ts";

type Properties = Readonly<Record<string, PropertyValue>>;

/** Texts shorter than this are found in strangers' rows as well. */
const SHORTEST = 7;
const MIN_VALUE_LENGTH = 4;
/** As much of an error as the monitor copies; see monitor/measure.ts. */
const COPIED = 200;

/** The texts to look for, in lower case, each as it stands in a text, in JSON and in the address of a page. */
export async function namesOfPerson(db: Queryable, person: Person): Promise<readonly string[]> {
  const rows = await db.query<{ properties: Properties }>(
    "select properties from contacts where id = any($1::uuid[])",
    [uuidColumn(person.contacts)],
  );
  const all = rows.map(({ properties }) => properties);
  const telling = all.flatMap((values) => [
    textOf(values.phone),
    textOf(values.mobilephone),
    [values.firstname, values.lastname].every((part) => textOf(part) !== "")
      ? `${values.firstname} ${values.lastname}`
      : "",
  ]);
  const texts = [...person.addresses, ...telling, ...(await ownErrors(db, person, all))];
  const lower = texts.map((text) => text.trim().toLowerCase()).filter((text) => text.length >= SHORTEST);
  return [...new Set(lower.flatMap(spellingsOf))];
}

function spellingsOf(text: string): readonly string[] {
  const inUrl = encodeURIComponent(text.toWellFormed()).toLowerCase();
  return [text, JSON.stringify(text).slice(1, -1), inUrl, inUrl.replaceAll("%20", "+")];
}

/** Errors of their tasks that repeat something of theirs: the monitor copies errors into events about agents, digits as #. */
async function ownErrors(
  db: Queryable,
  { contacts, addresses }: Person,
  all: readonly Properties[],
): Promise<string[]> {
  const rows = await db.query<{ error: string }>(
    `select distinct left(data->>'error', ${COPIED}) as error from events
     where contact = any($1::uuid[]) and type = 'task_failed' and data->>'error' is not null`,
    [uuidColumn(contacts)],
  );
  const values = [...addresses, ...all.flatMap((properties) => Object.values(properties).map(textOf))]
    .map((value) => value.toLowerCase())
    .filter((value) => value.length >= MIN_VALUE_LENGTH);
  return rows
    .map(({ error }) => error)
    .filter((error) => values.some((value) => error.toLowerCase().includes(value)))
    .flatMap((error) => [error, error.replaceAll(/\d+/g, "#")]);
}

function textOf(value: PropertyValue | undefined): string {
  return typeof value === "string" ? value.trim() : "";
}

interface Mention {
  readonly table: string;
  /** The text it is looked for in. */
  readonly text: string;
  /** Left out: the rows are deleted. */
  readonly set?: string;
  readonly where?: string;
}

const NOBODY = "t.contact is null";
/** The person's own rows are no mentions: see linked-rows.ts. */
const NOT_THEIRS = "(t.contact is null or t.contact <> all(who.contacts))";
const ERASED = "'erased'";

const mentions: readonly Mention[] = [
  { table: "scheduled_events", text: "t.data::text", where: NOBODY },
  { table: "bulk_events", text: "concat_ws(' ', t.contact, t.data, t.error)" },
  { table: "crm_set_aside", text: "concat_ws(' ', t.error, t.raw)" },
  {
    table: "dead_letters",
    text: "concat_ws(' ', t.error, t.resolution)",
    set: `error = ${ERASED}, resolution = ${ERASED}`,
  },
  {
    table: "tasks",
    text: "concat_ws(' ', t.payload, t.error, t.merge_key)",
    where: NOBODY,
    set: `payload = '{"reason": "What this was about was erased."}', merge_key = 'erased:' || t.id, error = null`,
  },
  {
    // Whoever else it was about then: the address is theirs.
    table: "emails",
    where: NOT_THEIRS,
    text: "case when t.contact is null then concat_ws(' ', t.recipient, t.subject, t.body) else t.recipient end",
    set: `recipient = '', subject = '', body = '', reason = ${ERASED}`,
  },
  { table: "alerts", text: "concat_ws(' ', t.title, t.body)", where: NOBODY, set: `title = ${ERASED}, body = ''` },
  {
    table: "inbound_mail",
    where: NOT_THEIRS,
    text: "case when t.contact is null then concat_ws(' ', t.sender, t.subject, t.author, t.headers, t.reading, t.pieces) else concat_ws(' ', t.sender, t.author, t.headers, t.reading, t.pieces) end",
    set: `sender = '', subject = '', message_id = 'erased:' || t.id, why = ${ERASED}, digest = '', author = null, headers = null, reading = null, pieces = null`,
  },
  {
    table: "model_calls",
    where: NOT_THEIRS,
    text: "concat_ws(' ', t.request, t.answer, t.error)",
    set: "request = null, answer = null, error = null",
  },
  { table: "task_steps", where: NOT_THEIRS, text: "t.result::text" },
  { table: "health_alerts", text: "t.data::text", set: `data = '{}'` },
  { table: "component_health", text: "t.detail", set: `detail = ${ERASED}` },
  { table: "agent_circuits", text: "t.reason", set: `reason = ${ERASED}` },
  { table: "saved_views", text: "t.search || ' ' || t.name" },
  { table: "webhook_subscribers", text: "t.last_error", set: `last_error = ${ERASED}` },
];

const isIn = (text: string) =>
  `exists (select from unnest($1::text[]) as name where position(name in lower(${text})) > 0)`;
const WHO = "with who(contacts) as (values ($2::uuid[]))";
/** A table is read whole here; the usual limit is meant for what happens all the time. */
const TIMEOUT_MS = 600_000;

/** Empties or deletes what mentions these names beside the history. @returns how many rows, by table. */
export async function eraseTextMatches(tx: Tx, names: readonly string[], { contacts }: Person): Promise<Rows> {
  const erased: Record<string, number> = {};
  await tx.patient?.(TIMEOUT_MS);
  if (names.length === 0) return erased;
  for (const { table, text, where = "true", set } of mentions) {
    const change = set === undefined ? `delete from ${table} t using who` : `update ${table} t set ${set} from who`;
    const sql = `${WHO} ${change} where ${where} and ${isIn(text)} returning 1`;
    const rows = await tx.query(sql, [textColumn(names), uuidColumn(contacts)]);
    if (rows.length > 0) erased[table] = rows.length;
  }
  return erased;
}

export async function countTextMatches(tx: Tx, names: readonly string[], { contacts }: Person): Promise<Rows> {
  const found: Record<string, number> = {};
  if (names.length === 0) return found;
  await tx.patient?.(TIMEOUT_MS);
  for (const { table, text, where = "true" } of mentions) {
    const [row] = await tx.query<{ rows: number }>(
      `${WHO} select count(*) as rows from ${table} t, who where ${where} and ${isIn(text)}`,
      [textColumn(names), uuidColumn(contacts)],
    );
    if (row !== undefined && row.rows > 0) found[table] = row.rows;
  }
  return found;
}

/** Rows of the log looked through at a time, so that nothing is held for long. */
const A_LOOK = 20_000;

/** Events and finished tasks about no one that mention these names; only events behind `after` up to `until`. */
export async function findMentioning(
  db: Queryable,
  names: readonly string[],
  after: Position,
  until: Position,
): Promise<Mentioning> {
  if (names.length === 0) return { events: [], tasks: [] };
  const tasks = await db.query<{ id: number }>(
    `select t.id from single_finished_tasks t where t.contact is null and t.merge_key <> 'erased'
       and ${isIn("concat_ws(' ', t.payload, t.result, t.error, t.merge_key)")}`,
    [textColumn(names)],
  );
  return { events: await findEvents(db, names, after, until), tasks: tasks.map(({ id }) => id) };
}

async function findEvents(
  db: Queryable,
  names: readonly string[],
  after: Position,
  until: Position,
): Promise<Position[]> {
  const found: Position[] = [];
  for (let from = after; from < until; from += A_LOOK) {
    const rows = await db.query<{ position: Position }>(
      `select t.position from single_events t where t.position > $2 and t.position <= $3 and t.contact is null
         and t.type not in ('event_erased', 'contact_erased') and ${isIn("concat_ws(' ', t.actor, t.source, t.id, t.data)")}`,
      [textColumn(names), from, Math.min(from + A_LOOK, until)],
    );
    found.push(...rows.map(({ position }) => position));
  }
  return found;
}
