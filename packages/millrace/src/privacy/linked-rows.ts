/**
 * Every place where something of a contact is kept beside the history (history.ts), and what becomes of it. Whoever adds
 * a table or a column that may hold something of a person adds a line here; test/privacy/everywhere.test.ts looks into
 * every column of every table and finds what was forgotten.
 *
 * Rows that explain what the engine did stay, empty; rows that only describe the person go.
 */
import { textColumn, uuidColumn } from "../db/columns.ts";
import type { Queryable, Tx } from "../db/database.ts";

/** Whom it is about, by every name: bound as `who` in the conditions below. */
export interface Person {
  /** The contact and those that became part of it. */
  readonly contacts: readonly string[];
  readonly hubspotIds: readonly string[];
  /** In lower case. */
  readonly addresses: readonly string[];
}

interface Trace {
  readonly table: string;
  /** True for rows that still hold something: emptied ones do not match again. */
  readonly where: string;
  /** Left out: the rows are deleted. */
  readonly set?: string;
  /** May be long, and is looked through whole: done before the log is locked. What is added meanwhile is a late row. */
  readonly isLong?: true;
}

/** In place of a text, and of a key that must stay unique. */
const ERASED = "'erased'";
const ownKey = (column: string) => `${column} = 'erased:' || t.id`;

const traces: readonly Trace[] = [
  { table: "scheduled_events", where: "t.contact = any(who.contacts)", isLong: true },
  { table: "contact_identities", where: "t.contact = any(who.contacts)" },
  { table: "tracked_links", where: "t.contact = any(who.contacts)" },
  { table: "contact_lines", where: "t.contact = any(who.contacts)" },
  { table: "analytics_leads", where: "t.contact = any(who.contacts)" },
  { table: "crm_records", where: "t.contact = any(who.contacts)" },
  { table: "crm_heard", where: "t.hubspot_id = any(who.hubspot_ids)" },
  { table: "crm_waiting", where: "t.hubspot_id = any(who.hubspot_ids)" },
  {
    table: "crm_set_aside",
    where: `substring(t.raw from '"objectId"\\s*:\\s*"?(\\d+)') = any(who.hubspot_ids)`,
  },
  {
    table: "bulk_events",
    where: `(t.contact->>'id' = any(who.contacts::text[]) or lower(t.contact->>'email') = any(who.addresses)
             or t.contact->'externalIds'->>'hubspot' = any(who.hubspot_ids))`,
    isLong: true,
  },
  {
    table: "emails",
    where: "t.contact = any(who.contacts) and t.once_key not like 'erased:%'",
    // One that was leaving may have left: its task is gone, so no one is to be asked about it any more.
    set: `${ownKey("once_key")}, recipient = '', subject = '', body = '', message_id = null, thread = null, reason = ${ERASED},
          state = case when state in ('sending', 'unknown') then 'suppressed' else state end`,
  },
  {
    table: "alerts",
    where: "t.contact = any(who.contacts) and t.once_key not like 'erased:%'",
    set: `${ownKey("once_key")}, title = 'About somebody whose data was erased', body = '', seen_at = coalesce(seen_at, clock_timestamp())`,
  },
  {
    table: "inbound_mail",
    where: "t.contact = any(who.contacts) and t.message_id not like 'erased:%'",
    set: `${ownKey("message_id")}, sender = '', subject = '', why = ${ERASED}, digest = '', author = null, headers = null, reading = null, pieces = null`,
  },
  { table: "task_steps", where: "t.contact = any(who.contacts)" },
  {
    // What was spent stays, what was asked and answered goes.
    table: "model_calls",
    where: "t.contact = any(who.contacts) and (t.request is not null or t.answer is not null or t.error is not null)",
    set: "request = null, answer = null, error = null",
  },
  {
    // The tasks of people are shown in HubSpot under their contacts' names: they are shown once more, without.
    table: "crm_tasks",
    where: `(t.refused is not null or t.shown <> '')
            and t.task in (select id from single_finished_tasks f where f.contact = any(who.contacts) and f.merge_key <> 'erased')`,
    set: "refused = null, shown = '', is_open = true",
  },
  {
    table: "dead_letters",
    where: `t.event = any(array(select position from events e where e.contact = any(who.contacts))) and t.error <> 'erased'`,
    set: `error = ${ERASED}, resolution = ${ERASED}, resolved_at = coalesce(resolved_at, clock_timestamp())`,
  },
];

const WHO = `with who(contacts, hubspot_ids, addresses) as (values ($1::uuid[], $2::text[], $3::text[]))`;

/** Rows by table, those without any left out. */
export type Rows = Readonly<Record<string, number>>;

/** Empties or deletes those in long tables; without the log's lock. @returns how many rows, by table. */
export function eraseLinkedHistory(tx: Tx, person: Person): Promise<Rows> {
  return eraseAmong(
    tx,
    person,
    traces.filter(({ isLong }) => isLong === true),
  );
}

/** Empties or deletes all others. Call it before the history is emptied, whose tasks tell which rows are the contact's. @returns how many rows, by table. */
export function eraseLinkedRows(tx: Tx, person: Person): Promise<Rows> {
  return eraseAmong(
    tx,
    person,
    traces.filter(({ isLong }) => isLong !== true),
  );
}

async function eraseAmong(tx: Tx, person: Person, among: readonly Trace[]): Promise<Rows> {
  const erased: Record<string, number> = {};
  for (const { table, where, set } of among) {
    const change = set === undefined ? `delete from ${table} t using who` : `update ${table} t set ${set} from who`;
    const rows = await tx.query(`${WHO} ${change} where ${where} returning 1`, columnsOf(person));
    if (rows.length > 0) erased[table] = rows.length;
  }
  return erased;
}

/** How many rows there are to erase, by table. */
export async function countLinkedRows(db: Queryable, person: Person): Promise<Rows> {
  const found: Record<string, number> = {};
  for (const { table, where } of traces) {
    const [row] = await db.query<{ rows: number }>(
      `${WHO} select count(*) as rows from ${table} t, who where ${where}`,
      columnsOf(person),
    );
    if (row !== undefined && row.rows > 0) found[table] = row.rows;
  }
  return found;
}

function columnsOf({ contacts, hubspotIds, addresses }: Person): unknown[] {
  return [uuidColumn(contacts), textColumn(hubspotIds), textColumn(addresses)];
}
